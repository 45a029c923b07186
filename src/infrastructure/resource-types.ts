/**
 * The types of resources, each with the version of its description that is used.
 * Versions: Microsoft's template reference. Those of Key Vault before 2026-02-01 retire on 2027-02-27: docs/facts/key-vault.md#roles.
 */
export const apiVersions = {
  'Microsoft.Authorization/roleAssignments': '2022-04-01',
  'Microsoft.Insights/components': '2020-02-02',
  'Microsoft.KeyVault/vaults': '2026-02-01',
  'Microsoft.KeyVault/vaults/accessPolicies': '2026-02-01',
  'Microsoft.Logic/workflows': '2019-05-01',
  'Microsoft.ManagedIdentity/userAssignedIdentities': '2023-01-31',
  'Microsoft.OperationalInsights/workspaces': '2023-09-01',
  'Microsoft.Storage/storageAccounts': '2023-05-01',
  'Microsoft.Web/connections': '2016-06-01',
  'Microsoft.Web/connections/accessPolicies': '2016-06-01',
  'Microsoft.Web/serverfarms': '2024-04-01',
  'Microsoft.Web/sites': '2024-04-01',
  'Microsoft.Web/sites/config': '2024-04-01',
} as const;

export type ResourceType = keyof typeof apiVersions;
