// Made by certflow from graph.certflow.yaml: change that file, not this one.
targetScope = 'resourceGroup'

@description('Name of the web app')
param siteName string

@description('Tenant of the app registration')
param tenantId string

@description('Application (client) id of the app registration')
param clientId string

@description('What App Service replaces by the certificate')
param certificateReference string

resource site 'Microsoft.Web/sites@2024-04-01' existing = {
  name: siteName
}

resource currentSettings 'Microsoft.Web/sites/config@2024-04-01' existing = {
  name: 'appsettings'
  parent: site
}

module appSettings 'modules/app-settings.bicep' = {
  name: take('${siteName}-app-settings', 64)
  params: {
    siteName: siteName
    currentAppSettings: currentSettings.list().properties
    appSettings: {
      TenantId: tenantId
      ClientId: clientId
      Certificate: certificateReference
      WEBSITE_LOAD_USER_PROFILE: '1'
    }
  }
}

output siteId string = site.id
output principalId string = site.identity.principalId
