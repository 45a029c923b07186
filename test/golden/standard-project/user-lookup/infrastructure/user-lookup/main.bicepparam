// Made by certflow: the values of one environment.
using 'main.bicep'

param siteName = 'logic-contoso-shared'
param keyVaultUri = 'https://kv-contoso-dev.vault.azure.net/'
param tenantId = 'contoso.onmicrosoft.com'
param clientId = '22222222-2222-2222-2222-222222222222'
param audience = 'https://graph.microsoft.com'
param certificateName = 'graph-cert'
