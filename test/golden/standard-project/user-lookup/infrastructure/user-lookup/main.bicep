// Made by certflow from graph.certflow.yaml: change that file, not this one.
targetScope = 'resourceGroup'

@description('Name of the Logic App')
param siteName string

@description('Address of the key vault with the certificate')
param keyVaultUri string

@description('Tenant of the app registration')
param tenantId string

@description('Application (client) id of the app registration')
param clientId string

@description('Identifier of the API')
param audience string

@description('Name of the certificate in the vault')
param certificateName string

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
      WEBSITE_LOAD_USER_PROFILE: '1'
      keyVault_user_lookup_VaultUri: keyVaultUri
      user_lookup_tenantId: tenantId
      user_lookup_clientId: clientId
      user_lookup_audience: audience
      user_lookup_certificateName: certificateName
    }
  }
}

output siteId string = site.id
output principalId string = site.identity.principalId
