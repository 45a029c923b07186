// Made by certflow from graph.certflow.yaml: change that file, not this one.
targetScope = 'resourceGroup'

@description('Name of the Logic App')
param logicAppName string

@description('Region of the Logic App and its connection')
param location string

@description('Whether the workflow runs. Deploy it as Disabled first where it must not run before its identity may read the vault')
@allowed([
  'Enabled'
  'Disabled'
])
param state string = 'Enabled'

@description('Name of the Key Vault connection')
param connectionName string

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

@description('Tags of the Logic App and its connection')
param tags object = {}

resource connection 'Microsoft.Web/connections@2016-06-01' = {
  name: connectionName
  location: location
  #disable-next-line BCP187 // Microsoft's type lacks it.
  kind: 'V1'
  tags: tags
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

resource workflow 'Microsoft.Logic/workflows@2019-05-01' = {
  name: logicAppName
  location: location
  tags: tags
  identity: {
    type: 'SystemAssigned'
  }
  properties: {
    state: state
    definition: loadJsonContent('definition.json')
    parameters: {
      '$connections': {
        value: {
          keyvault: {
            id: subscriptionResourceId('Microsoft.Web/locations/managedApis', location, 'keyvault')
            connectionId: connection.id
            connectionName: connectionName
            connectionProperties: {
              authentication: {
                type: 'ManagedServiceIdentity'
              }
            }
          }
        }
      }
      tenantId: {
        value: tenantId
      }
      clientId: {
        value: clientId
      }
      audience: {
        value: audience
      }
      certificateName: {
        value: certificateName
      }
    }
    accessControl: {
      triggers: {
        allowedCallerIpAddresses: [
          {
            addressRange: '203.0.113.0/24'
          }
        ]
      }
    }
  }
}

module vaultAccess 'modules/vault-access.bicep' = {
  name: take('${logicAppName}-vault-access', 64)
  scope: resourceGroup(keyVaultSubscription, keyVaultResourceGroup)
  params: {
    keyVaultName: keyVaultName
    principalId: workflow.identity.principalId
  }
}

output workflowId string = workflow.id
output connectionId string = connection.id
output principalId string = workflow.identity.principalId
