import type { Infrastructure } from '../../infrastructure/model.ts';
import type { ResourceType } from '../../infrastructure/resource-types.ts';

/** What making a resource of a type takes in its resource group. Sources: Microsoft's lists of operations of the resource providers. */
const rightsOfType: Readonly<Partial<Record<ResourceType, readonly string[]>>> = {
  'Microsoft.Logic/workflows': [
    'Microsoft.Logic/workflows/write',
    'Microsoft.Logic/workflows/read',
    'Microsoft.Web/connections/join/action',
  ],
  'Microsoft.Web/connections': ['Microsoft.Web/connections/write', 'Microsoft.Web/connections/read'],
  'Microsoft.Web/sites/config': [
    'Microsoft.Web/sites/read',
    'Microsoft.Web/sites/write',
    'Microsoft.Web/sites/config/read',
    'Microsoft.Web/sites/config/write',
    'Microsoft.Web/sites/config/list/action',
  ],
  'Microsoft.Web/serverfarms': [
    'Microsoft.Web/serverfarms/read',
    'Microsoft.Web/serverfarms/write',
    'Microsoft.Web/serverfarms/join/action',
  ],
  'Microsoft.Storage/storageAccounts': [
    'Microsoft.Storage/storageAccounts/write',
    'Microsoft.Storage/storageAccounts/listKeys/action',
  ],
  'Microsoft.OperationalInsights/workspaces': ['Microsoft.OperationalInsights/workspaces/write'],
  'Microsoft.Insights/components': ['Microsoft.Insights/components/write'],
};

/** The rights that making all resources of the group takes. What goes into another group has rights of its own. */
export function rightsFor({ deployed }: Infrastructure): string[] {
  const here = deployed.flatMap((one) => (one.kind === 'resource' ? [one] : one.group ? [] : one.deployed));
  return [...new Set(here.flatMap(({ type }) => rightsOfType[type] ?? []))];
}
