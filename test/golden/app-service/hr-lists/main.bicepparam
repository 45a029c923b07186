// Made by certflow: the values of one environment.
using 'main.bicep'

param siteName = 'app-contoso-dev'
param keyVaultName = 'kv-contoso-dev'
param keyVaultResourceGroup = 'rg-shared'
param keyVaultSubscription = '33333333-3333-3333-3333-333333333333'
param tenantId = '11111111-1111-1111-1111-111111111111'
param clientId = '22222222-2222-2222-2222-222222222222'
param certificateReference = '@Microsoft.KeyVault(SecretUri=https://kv-contoso-dev.vault.azure.net/secrets/sharepoint-cert)'
