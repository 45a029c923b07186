import type { Azure } from '../../azure/azure.ts';
import { deleteResource, findResource } from '../../azure/resources.ts';
import { findVault, placeOfVault } from '../../azure/vaults.ts';
import { deleteWorkflow, findWorkflow, workflowId } from '../../azure/workflows.ts';
import { apiVersions } from '../../infrastructure/resource-types.ts';
import { usersOfConnection } from '../connection-users.ts';
import { connectionApiVersion } from '../operations/consumption-links.ts';
import { checkGroup } from '../resource-group.ts';
import type { ConsumptionTarget } from '../targets/target.ts';
import type { DeployTarget } from '../targets/target-of.ts';
import { accessRemovals } from './access.ts';
import type { Removal, RemovalOptions } from './removal.ts';
import { siteRemovals } from './site.ts';

/**
 * Looks what a target has in Azure, first what goes first. The vault stays, and so does a connection that other workflows use, unless
 * they are named. Throws a RefusedError where the resource group is not there.
 */
export async function removalsOf(azure: Azure, target: DeployTarget, options: RemovalOptions): Promise<Removal[]> {
  await checkGroup(azure, target);
  const own =
    target.targetName === 'consumption' ? await consumptionRemovals(azure, target, options) : await siteRemovals(azure, target);
  return [...own, ...(await vaultRemovals(azure, target, options))];
}

/** Resource ids of the Logic Apps that are removed together: they keep nothing from each other. */
export function leavingOf(targets: readonly DeployTarget[]): string[] {
  return targets.flatMap((one) => (one.targetName === 'consumption' ? [workflowId(one.workflow).toLowerCase()] : []));
}

/** Removes things one after the other, so that what is left after a failure is found by the next call. */
export async function remove(
  azure: Azure,
  removals: readonly Removal[],
  tell: (about: string, state: string) => void,
): Promise<void> {
  for (const { what, name, remove } of removals) {
    tell(`${what} ${name}`, 'is being removed');
    await remove(azure);
    tell(`${what} ${name}`, 'is gone');
  }
}

async function consumptionRemovals(azure: Azure, target: ConsumptionTarget, options: RemovalOptions): Promise<Removal[]> {
  const { workflow } = target;
  const found = await findWorkflow(azure, workflow);
  return [
    ...(await accessRemovals(azure, target, found?.principalId)),
    ...(found ? [{ what: 'Logic App', name: workflow.name, remove: (azure: Azure) => deleteWorkflow(azure, workflow) }] : []),
    ...(await connectionRemovals(azure, target, options)),
  ];
}

async function connectionRemovals(
  azure: Azure,
  target: ConsumptionTarget,
  { included, leaving }: RemovalOptions,
): Promise<Removal[]> {
  const { connection } = target;
  if (!connection) return [];
  const { id: connectionId, name } = connection;
  const what = `the connection ${name}`;
  if (!(await findResource(azure, connectionId, connectionApiVersion, what))) return [];
  const removal: Removal = {
    what: 'connection',
    name,
    sharedId: connectionId.toLowerCase(),
    remove: (azure) => deleteResource(azure, connectionId, connectionApiVersion, what),
  };
  if (included.includes('connection')) return [removal];
  const users = await usersOfConnection(azure, target, connectionId);
  if (users === undefined)
    return [{ ...removal, staysBecause: 'you may not look who else uses it; --include connection removes it' }];
  const others = users.filter((id) => !leaving.includes(id.toLowerCase())).map((id) => id.slice(id.lastIndexOf('/') + 1));
  if (others.length === 0) return [removal];
  const verb = others.length === 1 ? 'uses' : 'use';
  return [{ ...removal, staysBecause: `${others.join(', ')} also ${verb} it; --include connection removes it` }];
}

async function vaultRemovals(azure: Azure, { vault }: DeployTarget, { included }: RemovalOptions): Promise<Removal[]> {
  if (!vault) return [];
  const { name, id: vaultId } = vault;
  const removal: Removal = {
    what: 'key vault',
    name,
    sharedId: vaultId.toLowerCase(),
    remove: (azure) => deleteResource(azure, vaultId, apiVersions['Microsoft.KeyVault/vaults'], `the key vault ${name}`),
  };
  if (!included.includes('vault')) return [{ ...removal, staysBecause: 'it holds the certificate; --include vault removes it' }];
  return (await findVault(azure, placeOfVault(vaultId))) ? [removal] : [];
}
