import type { Azure } from '../azure/azure.ts';
import { AzureError } from '../azure/azure-error.ts';
import { listPermissions, type Permission } from '../azure/role-assignments.ts';
import type { DeployTarget } from './targets/target-of.ts';
import { together } from './together.ts';

/** What whoever deploys must be allowed to do, and where. */
export interface Right {
  readonly action: string;
  readonly resourceGroup: string;
  readonly subscription: string;
}

/** How it stands with a right: `cannot tell` where Azure does not say. */
export interface RightHeld extends Right {
  readonly held: 'yes' | 'no' | 'cannot tell';
}

/** Sources: Microsoft's lists of operations of the resource providers; "Deploy with what-if", section on permissions. */
const inGroup = [
  'Microsoft.Resources/deployments/validate/action',
  'Microsoft.Resources/deployments/whatIf/action',
  'Microsoft.Resources/deployments/write',
  'Microsoft.Resources/deployments/read',
  'Microsoft.Resources/deployments/operations/read',
];

const vaultRights = {
  role: ['Microsoft.Authorization/roleAssignments/write', 'Microsoft.Authorization/roleAssignments/read'],
  policy: ['Microsoft.KeyVault/vaults/accessPolicies/write', 'Microsoft.KeyVault/vaults/read'],
} as const;

/** The rights that deploying a target takes; those on the vault only where it gives access to it. */
export function neededRights({ place, vaultAccess, vault, rights }: DeployTarget, givesAccess: boolean): Right[] {
  const { subscription, resourceGroup } = place;
  const [, vaultSubscription = '', vaultGroup = ''] =
    /^\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\//.exec(vault?.id ?? '') ?? [];
  const onVault = !givesAccess || !vaultAccess ? [] : vaultRights[vaultAccess.kind];
  return [
    ...[...inGroup, ...rights].map((action) => ({
      action,
      subscription,
      resourceGroup,
    })),
    ...(onVault.length > 0 ? [...onVault, 'Microsoft.Resources/deployments/write'] : []).map((action) => ({
      action,
      subscription: vaultSubscription,
      resourceGroup: vaultGroup,
    })),
  ];
}

/** Looks which of them whoever is signed in has. A resource group that is not there yet has nothing to look at. */
export async function lookAtRights(azure: Azure, rights: readonly Right[]): Promise<RightHeld[]> {
  const groups = new Map(rights.map((right) => [keyOf(right), right]));
  const looked = [...groups].map(
    async ([key, { subscription, resourceGroup }]) => [key, await look(azure, subscription, resourceGroup)] as const,
  );
  const permissions = new Map(await together(looked));
  return rights.map((right) => {
    const found = permissions.get(keyOf(right));
    return { ...right, held: found === undefined ? 'cannot tell' : allows(found, right.action) ? 'yes' : 'no' };
  });
}

async function look(azure: Azure, subscription: string, resourceGroup: string): Promise<readonly Permission[] | undefined> {
  try {
    return await listPermissions(azure, subscription, resourceGroup);
  } catch (error) {
    // Whoever may not even look may still be allowed to deploy; and a group that is not there has no permissions.
    if (error instanceof AzureError && (error.status === 403 || error.status === 404)) return undefined;
    throw error;
  }
}

/** Whether permissions together allow an action: one of them has it in its actions, and not among those taken out again. */
export function allows(permissions: readonly Permission[], action: string): boolean {
  return permissions.some(
    ({ actions, notActions }) =>
      actions.some((pattern) => matches(pattern, action)) && !notActions.some((pattern) => matches(pattern, action)),
  );
}

/** `*` stands for any text; case does not count. */
function matches(pattern: string, action: string): boolean {
  const expression = pattern.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
  return new RegExp(`^${expression}$`, 'i').test(action);
}

function keyOf({ subscription, resourceGroup }: Right): string {
  return `${subscription}/${resourceGroup}`.toLowerCase();
}
