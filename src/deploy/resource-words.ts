import type { ResourceType } from '../infrastructure/resource-types.ts';

/** What people call the resources that certflow deploys. Others are parts of these, and are not told of. */
const words: Readonly<Partial<Record<ResourceType, string>>> = {
  'Microsoft.Logic/workflows': 'Logic App',
  'Microsoft.Web/connections': 'Key Vault connection',
  'Microsoft.Web/serverfarms': 'App Service plan',
  'Microsoft.Web/sites': 'app',
  'Microsoft.Storage/storageAccounts': 'storage account',
  'Microsoft.OperationalInsights/workspaces': 'log workspace',
  'Microsoft.Insights/components': 'Application Insights',
};

const byWord = new Map(Object.entries(words).map(([type, word]) => [type.toLowerCase(), word]));

/** What people call a resource of a type, which is written in any case; undefined for one that is not told of. */
export function wordsOf(type: string): string | undefined {
  return byWord.get(type.toLowerCase());
}
