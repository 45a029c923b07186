// Made by certflow: the values of one environment.
using 'main.bicep'

param siteName = 'app-user-lookup'
param tenantId = 'contoso.onmicrosoft.com'
param clientId = '22222222-2222-2222-2222-222222222222'
param certificateReference = '@Microsoft.KeyVault(SecretUri=https://kv-contoso-dev.vault.azure.net/secrets/graph-cert)'
