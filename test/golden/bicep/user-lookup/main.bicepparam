// Made by certflow: the values of one environment.
using 'main.bicep'

param logicAppName = 'user-lookup'
param location = 'westeurope'
param connectionName = 'keyvault-kv-contoso-dev'
param keyVaultName = 'kv-contoso-dev'
param keyVaultResourceGroup = 'rg-flows'
param keyVaultSubscription = '33333333-3333-3333-3333-333333333333'
param tenantId = 'contoso.onmicrosoft.com'
param clientId = '22222222-2222-2222-2222-222222222222'
param audience = 'https://graph.microsoft.com'
param certificateName = 'graph-cert'
