import type { Azure } from '../azure/azure.ts';
import { AzureError } from '../azure/azure-error.ts';
import { deleteResource, findResource, writeResource } from '../azure/resources.ts';
import { deleteRoleAssignment, listRoleAssignments, type RoleAssignment } from '../azure/role-assignments.ts';
import { deleteWorkflow, findWorkflow, listUsersOf } from '../azure/workflows.ts';
import { findVault, vaultApiVersion } from '../proofs/vault-access.ts';
import { connectionApiVersion } from './operations/consumption-links.ts';
import { checkGroup } from './resource-group.ts';
import type { ConsumptionTarget } from './targets/target.ts';

/** What a workflow has in Azure, and what is to become of it. */
export interface Removal {
  readonly what: 'access to the vault' | 'Logic App' | 'connection' | 'key vault';
  readonly name: string;
  /** Why it stays; absent for what goes. */
  readonly staysBecause?: string;
  readonly remove: (azure: Azure) => Promise<void>;
}

/** What is kept unless it is named. */
export type Included = 'connection' | 'vault';

/**
 * Looks what a workflow has in Azure. The vault stays, and so does a connection that other workflows use, unless they are named; and
 * a user-assigned identity keeps its access, as it may read the vault for others. Throws a RefusedError where the resource group is not
 * there.
 */
export async function removalsOf(azure: Azure, target: ConsumptionTarget, included: readonly Included[]): Promise<Removal[]> {
  await checkGroup(azure, target);
  const workflow = await findWorkflow(azure, target.workflow);
  const own = workflow?.principalId;
  return [
    ...(own === undefined || target.place.userAssignedIdentity !== undefined ? [] : await accessRemovals(azure, target, own)),
    ...(workflow ? [workflowRemoval(target)] : []),
    ...(await connectionRemovals(azure, target, included)),
    ...(await vaultRemovals(azure, target, included)),
  ];
}

/** Removes what does not stay, one after the other, so that what is left after a failure is found by the next call. */
export async function destroy(
  azure: Azure,
  removals: readonly Removal[],
  tell: (about: string, state: string) => void,
): Promise<void> {
  for (const { what, name, staysBecause, remove } of removals) {
    if (staysBecause !== undefined) continue;
    tell(`${what} ${name}`, 'is being removed');
    await remove(azure);
    tell(`${what} ${name}`, 'is gone');
  }
}

function workflowRemoval({ workflow }: ConsumptionTarget): Removal {
  return { what: 'Logic App', name: workflow.name, remove: (azure) => deleteWorkflow(azure, workflow) };
}

/** First of all: the identity goes with the workflow, and would leave its role behind as that of an unknown. */
async function accessRemovals(azure: Azure, target: ConsumptionTarget, principalId: string): Promise<Removal[]> {
  const name = target.environment.vault.name;
  if (target.vaultAccess === undefined) return [];
  if (target.vaultAccess.kind === 'policy')
    return [
      {
        what: 'access to the vault',
        name,
        remove: (azure) => removePolicy(azure, target, principalId),
      },
    ];
  const roles = await listRoleAssignments(azure, target.vaultId, principalId);
  const given = roles.filter((role) => isGivenByTemplate(target, role));
  return given.map((role) => ({ what: 'access to the vault', name, remove: (azure) => deleteRoleAssignment(azure, role) }));
}

function isGivenByTemplate({ vaultId, vaultAccess }: ConsumptionTarget, { scope, roleId }: RoleAssignment): boolean {
  return (
    vaultAccess?.kind === 'role' && scope.toLowerCase() === vaultId.toLowerCase() && roleId.toLowerCase() === vaultAccess.roleId
  );
}

async function removePolicy(azure: Azure, target: ConsumptionTarget, objectId: string) {
  const vault = await findVault(azure, target);
  const accessPolicies = [{ tenantId: vault?.properties.tenantId, objectId, permissions: { secrets: ['get'] } }];
  const what = `taking back the access to ${target.environment.vault.name}`;
  await writeResource(azure, `${target.vaultId}/accessPolicies/remove`, vaultApiVersion, { accessPolicies }, what);
}

async function connectionRemovals(azure: Azure, target: ConsumptionTarget, included: readonly Included[]): Promise<Removal[]> {
  const { connectionId, place, workflow } = target;
  const what = `the connection ${place.connectionName}`;
  if (!(await findResource(azure, connectionId, connectionApiVersion, what))) return [];
  const removal: Removal = {
    what: 'connection',
    name: place.connectionName,
    remove: (azure) => deleteResource(azure, connectionId, connectionApiVersion, what),
  };
  if (included.includes('connection')) return [removal];
  const users = await listUsersOf(azure, place.subscription, connectionId).catch((error: unknown) => {
    if (error instanceof AzureError && error.status === 403) return undefined;
    throw error;
  });
  if (users === undefined)
    return [{ ...removal, staysBecause: 'you may not look who else uses it; --include connection removes it' }];
  const others = users
    .map((id) => id.slice(id.lastIndexOf('/') + 1))
    .filter((name) => name.toLowerCase() !== workflow.name.toLowerCase());
  return [
    others.length === 0
      ? removal
      : {
          ...removal,
          staysBecause: `${others.join(', ')} also ${others.length === 1 ? 'uses' : 'use'} it; --include connection removes it`,
        },
  ];
}

async function vaultRemovals(azure: Azure, target: ConsumptionTarget, included: readonly Included[]): Promise<Removal[]> {
  const { name } = target.environment.vault;
  const removal: Removal = {
    what: 'key vault',
    name,
    remove: (azure) => deleteResource(azure, target.vaultId, vaultApiVersion, `the key vault ${name}`),
  };
  if (!included.includes('vault')) return [{ ...removal, staysBecause: 'it holds the certificate; --include vault removes it' }];
  return (await findVault(azure, target)) ? [removal] : [];
}
