// Made by certflow from custom-api.certflow.yaml: change that file, not this one.
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

@description('Name of the Key Vault connection')
param connectionName string

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

@description('Sign-in host of the cloud')
param authority string

@description('Identifier of the API')
param audience string

@description('Address that "Read orders" calls')
param readOrdersUrl string

@description('Name of the certificate in the vault')
param certificateName string

@description('Tags of what is made')
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
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${userAssignedIdentity}': {}
    }
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

resource connection 'Microsoft.Web/connections@2016-06-01' = {
  name: connectionName
  location: location
  tags: tags
  #disable-next-line BCP187 // Microsoft's type lacks it.
  kind: 'V2'
  properties: {
    displayName: connectionName
    api: {
      id: subscriptionResourceId('Microsoft.Web/locations/managedApis', location, 'keyvault')
    }
    #disable-next-line BCP037 // Microsoft's type lacks it: this is how a connection signs in with a managed identity.
    parameterValueType: 'Alternative'
    #disable-next-line BCP037 // Microsoft's type lacks it.
    alternativeParameterValues: {
      vaultName: keyVaultName
    }
    customParameterValues: {}
  }
}

#disable-next-line BCP081 // Microsoft has no type for it.
resource connectionAccess 'Microsoft.Web/connections/accessPolicies@2016-06-01' = {
  name: siteName
  parent: connection
  location: location
  properties: {
    principal: {
      type: 'ActiveDirectory'
      identity: {
        tenantId: subscription().tenantId
        objectId: identity.properties.principalId
      }
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
      #disable-next-line BCP053 // Microsoft's type lacks it.
      keyVault_order_sync_connectionRuntimeUrl: connection.properties.connectionRuntimeUrl
      WEBSITE_LOAD_USER_PROFILE: '1'
      keyVault_order_sync_connectionName: connectionName
      keyVault_order_sync_identity: userAssignedIdentity
      order_sync_tenantId: tenantId
      order_sync_clientId: clientId
      order_sync_authority: authority
      order_sync_audience: audience
      order_sync_readOrdersUrl: readOrdersUrl
      order_sync_certificateName: certificateName
    }
  }
  // So that the workflow can read the vault as soon as it starts anew.
  dependsOn: [
    vaultAccess
  ]
}

output siteId string = site.id
output principalId string = identity.properties.principalId
#disable-next-line BCP053 // Microsoft's type lacks it.
output connectionRuntimeUrl string = connection.properties.connectionRuntimeUrl
