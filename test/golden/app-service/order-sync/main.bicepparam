// Made by certflow: the values of one environment.
using 'main.bicep'

param siteName = 'app-contoso-orders'
param location = 'westeurope'
param planName = 'plan-app-contoso-orders'
param planSku = 'B1'
param keyVaultName = 'kv-contoso-orders'
param keyVaultResourceGroup = 'rg-shared'
param keyVaultSubscription = '33333333-3333-3333-3333-333333333333'
param userAssignedIdentity = '/subscriptions/33333333-3333-3333-3333-333333333333/resourceGroups/rg-shared/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-flows'
param tenantId = '11111111-1111-1111-1111-111111111111'
param clientId = '22222222-2222-2222-2222-222222222222'
param certificateReference = '@Microsoft.KeyVault(SecretUri=https://kv-contoso-orders.vault.azure.net/secrets/orders-cert)'
