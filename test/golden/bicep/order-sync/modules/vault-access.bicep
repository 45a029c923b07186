// Made by certflow: lets an identity read the secrets of a vault, and with them its certificates.
targetScope = 'resourceGroup'

@description('Name of the key vault')
param keyVaultName string

@description('Object id of the identity')
param principalId string

resource vault 'Microsoft.KeyVault/vaults@2026-02-01' existing = {
  name: keyVaultName
}

// Adds to the policies that are there. A certificate is read as a secret.
resource policy 'Microsoft.KeyVault/vaults/accessPolicies@2026-02-01' = {
  name: 'add'
  parent: vault
  properties: {
    accessPolicies: [
      {
        tenantId: subscription().tenantId
        objectId: principalId
        permissions: {
          secrets: [
            'get'
          ]
        }
      }
    ]
  }
}
