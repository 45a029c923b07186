// Made by certflow from custom-api.certflow.yaml: change that file, not this one.
targetScope = 'resourceGroup'

@description('Name of the web app')
param siteName string

@description('Region of the web app and its plan')
param location string

@description('Name of the App Service plan')
param planName string

@description('Size of the plan: Basic or higher')
param planSku string

@description('Name of the key vault with the certificate')
param keyVaultName string

@description('Resource group of the key vault')
param keyVaultResourceGroup string

@description('Id of the subscription of the key vault')
param keyVaultSubscription string

@description('Resource id of the identity that reads the vault')
param userAssignedIdentity string

@description('Tenant of the app registration')
param tenantId string

@description('Application (client) id of the app registration')
param clientId string

@description('What App Service replaces by the certificate')
param certificateReference string

@description('Tags of the web app and its plan')
param tags object = {}

var identitySegments = split(userAssignedIdentity, '/')

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' existing = {
  name: identitySegments[8]
  scope: resourceGroup(identitySegments[2], identitySegments[4])
}

resource currentSettings 'Microsoft.Web/sites/config@2024-04-01' existing = {
  name: 'appsettings'
  parent: site
}

resource plan 'Microsoft.Web/serverfarms@2024-04-01' = {
  name: planName
  location: location
  tags: tags
  kind: 'app'
  sku: {
    name: planSku
  }
  properties: {}
}

resource site 'Microsoft.Web/sites@2024-04-01' = {
  name: siteName
  location: location
  tags: tags
  kind: 'app'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${userAssignedIdentity}': {}
    }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    keyVaultReferenceIdentity: userAssignedIdentity
    siteConfig: {
      ftpsState: 'Disabled'
      minTlsVersion: '1.2'
    }
  }
}

module vaultAccess 'modules/vault-access.bicep' = {
  name: take('${siteName}-vault-access', 64)
  scope: resourceGroup(keyVaultSubscription, keyVaultResourceGroup)
  params: {
    keyVaultName: keyVaultName
    principalId: identity.properties.principalId
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
output principalId string = identity.properties.principalId
