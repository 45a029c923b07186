// Made by certflow from sharepoint.certflow.yaml: change that file, not this one.
targetScope = 'resourceGroup'

@description('Name of the Logic App')
param siteName string

@description('Region of the Logic App')
param location string

@description('Name of the plan')
param planName string

@description('Size of the plan: WS1, WS2 or WS3')
param planSku string

@description('Name of the storage account, of which there is one in the world')
param storageAccountName string

@description('Name of Application Insights')
param applicationInsightsName string

@description('Name of the workspace in which its data is')
param logWorkspaceName string

@description('Address of the key vault with the certificate')
param keyVaultUri string

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

@description('Identifier of the API')
param audience string

@description('Name of the certificate in the vault')
param certificateName string

@description('Tags of what is made')
param tags object = {}

resource currentSettings 'Microsoft.Web/sites/config@2024-04-01' existing = {
  name: 'appsettings'
  parent: site
}

resource storage 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: storageAccountName
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: {
    name: 'Standard_LRS'
  }
  properties: {
    allowBlobPublicAccess: false
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
  }
}

resource logWorkspace 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: logWorkspaceName
  location: location
  tags: tags
  properties: {
    sku: {
      name: 'PerGB2018'
    }
  }
}

resource applicationInsights 'Microsoft.Insights/components@2020-02-02' = {
  name: applicationInsightsName
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: logWorkspace.id
  }
}

resource plan 'Microsoft.Web/serverfarms@2024-04-01' = {
  name: planName
  location: location
  tags: tags
  kind: 'elastic'
  sku: {
    name: planSku
    tier: 'WorkflowStandard'
  }
  properties: {}
}

resource site 'Microsoft.Web/sites@2024-04-01' = {
  name: siteName
  location: location
  tags: tags
  kind: 'functionapp,workflowapp'
  identity: {
    type: 'SystemAssigned'
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    siteConfig: {
      ftpsState: 'Disabled'
      minTlsVersion: '1.2'
      netFrameworkVersion: 'v8.0'
      use32BitWorkerProcess: false
    }
  }
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
      APP_KIND: 'workflowApp'
      FUNCTIONS_EXTENSION_VERSION: '~4'
      FUNCTIONS_WORKER_RUNTIME: 'dotnet'
      FUNCTIONS_INPROC_NET8_ENABLED: '1'
      AzureFunctionsJobHost__extensionBundle__id: 'Microsoft.Azure.Functions.ExtensionBundle.Workflows'
      AzureFunctionsJobHost__extensionBundle__version: '[1.*, 2.0.0)'
      WEBSITE_NODE_DEFAULT_VERSION: '~22'
      APPLICATIONINSIGHTS_CONNECTION_STRING: applicationInsights.properties.ConnectionString
      AzureWebJobsStorage: 'DefaultEndpointsProtocol=https;AccountName=${storageAccountName};AccountKey=${storage.listKeys().keys[0].value};EndpointSuffix=${environment().suffixes.storage}'
      WEBSITE_CONTENTAZUREFILECONNECTIONSTRING: 'DefaultEndpointsProtocol=https;AccountName=${storageAccountName};AccountKey=${storage.listKeys().keys[0].value};EndpointSuffix=${environment().suffixes.storage}'
      WEBSITE_CONTENTSHARE: toLower(siteName)
      WORKFLOWS_TENANT_ID: subscription().tenantId
      WORKFLOWS_SUBSCRIPTION_ID: subscription().subscriptionId
      WORKFLOWS_RESOURCE_GROUP_NAME: resourceGroup().name
      WORKFLOWS_LOCATION_NAME: location
      WORKFLOWS_MANAGEMENT_BASE_URI: environment().resourceManager
      WEBSITE_LOAD_USER_PROFILE: '1'
      keyVault_hr_lists_VaultUri: keyVaultUri
      hr_lists_tenantId: tenantId
      hr_lists_clientId: clientId
      hr_lists_audience: audience
      hr_lists_certificateName: certificateName
    }
  }
  // So that the workflow can read the vault as soon as it starts anew.
  dependsOn: [
    vaultAccess
  ]
}

output siteId string = site.id
output principalId string = site.identity.principalId
