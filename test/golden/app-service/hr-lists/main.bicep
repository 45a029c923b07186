// Made by certflow from sharepoint.certflow.yaml: change that file, not this one.
targetScope = 'resourceGroup'

@description('Name of the web app')
param siteName string

@description('Name of the key vault with the certificate')
param keyVaultName string

@description('Resource group of the key vault')
param keyVaultResourceGroup string

@description('Id of the subscription of the key vault')
param keyVaultSubscription string

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

module vaultAccess 'modules/vault-access.bicep' = {
  name: take('${siteName}-vault-access', 64)
  scope: resourceGroup(keyVaultSubscription, keyVaultResourceGroup)
  params: {
    keyVaultName: keyVaultName
    principalId: site.identity.principalId
  }
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
  // So that the reference to the vault resolves as soon as the app reads it.
  dependsOn: [
    vaultAccess
  ]
}

output siteId string = site.id
output principalId string = site.identity.principalId
