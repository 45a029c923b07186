import type { Azure } from '../azure/azure.ts';
import { AzureError } from '../azure/azure-error.ts';
import { findDeployment, foreseeDeployment, validateDeployment } from '../azure/deployments.ts';
import { findVault, placeOfVault } from '../azure/vaults.ts';
import { identityAimOf } from '../proofs/aim.ts';
import { type IdentityPermissions, lookAtPermissions } from '../proofs/identity-permissions.ts';
import { lookAtAccess, type VaultAccess } from '../proofs/vault-access.ts';
import { type Change, changesOfTemplate, toChanges } from './changes.ts';
import { follow, isUnderWay } from './follow.ts';
import { operationsOf } from './operations/operations.ts';
import { givesAccess, type Plan, staysDisabled } from './plan.ts';
import { located, refuse } from './refuse.ts';
import { groupOf } from './resource-group.ts';
import { lookAtRights, neededRights, type RightHeld } from './rights.ts';
import { type DeployTarget, nameOf } from './targets/target-of.ts';
import { together } from './together.ts';

/**
 * Looks what deploying would do, and changes nothing: rights, validation, forecast. A deployment that is under way is followed to its
 * end first, unless only the plan is wanted. Throws an AzureError or a RefusedError where Azure would refuse it.
 */
export async function planOf(
  azure: Azure,
  target: DeployTarget,
  { tell, followRunning }: { readonly tell: (about: string, state: string) => void; readonly followRunning: boolean },
): Promise<Plan> {
  const { place, deployment } = target;
  const [group, , deployed] = await together([
    groupOf(azure, target),
    checkVault(azure, target),
    findDeployment(azure, deployment),
  ]);
  if (group?.state === 'Deleting')
    throw refuse(
      target,
      ['target', 'resourceGroup'],
      `The resource group ${place.resourceGroup} is being deleted.`,
      'Wait until it is gone, then run the same command again.',
    );
  const running = isUnderWay(deployed);
  if (running && followRunning) {
    tell('plan', 'a deployment is under way already, and is followed to its end');
    await follow(azure, target, tell).catch(failedBefore);
  }
  const operations = operationsOf(azure, target);
  const [looked, identities] = await together([
    operations.look(),
    group ? operations.findIdentities() : Promise.resolve(undefined),
  ]);
  const { vault } = target;
  const identityAim = identityAimOf(target.spec, target.environment, undefined);
  const access = vault && (await lookAtAccess(azure, { ...target, vault }, identities));
  const permissions = identityAim && (await lookAtPermissions(azure, identityAim, target, identities));
  for (const one of [access, permissions]) if (one) checkIdentity(target, one);
  const seen = { ...(access && { access }), ...(permissions && { permissions }) };
  const common = { target, ...seen, groupExists: group !== undefined, isUnderWay: running && !followRunning };
  const checking = checkedRights(azure, target, givesAccess({ target, ...seen }));
  if (!group)
    return {
      ...common,
      rights: await checking,
      source: 'template',
      why: `the resource group ${place.resourceGroup} is not there yet`,
      changes: [...changesOfTemplate(target), ...looked],
    };
  const [rights, , foreseen] = await together([checking, validate(azure, common), foresee(azure, common)]);
  // What was looked at is known better than what is foreseen of it.
  const isLookedAt = (one: Change) => looked.some(({ what, name }) => what === one.what && name === one.name);
  return { ...common, rights, ...foreseen, changes: [...foreseen.changes.filter((one) => !isLookedAt(one)), ...looked] };
}

/** Lets both services look at what would be deployed. The resource group must be there. Errors name the place in the spec. */
export async function validate(azure: Azure, plan: Pick<Plan, 'access' | 'target'>): Promise<void> {
  const { target } = plan;
  const template = target.template({ state: 'Enabled', givesAccess: givesAccess(plan) });
  try {
    await together([validateDeployment(azure, target.deployment, template), operationsOf(azure, target).validate()]);
  } catch (error) {
    throw located(target, error);
  }
}

async function checkedRights(azure: Azure, target: DeployTarget, withAccess: boolean): Promise<RightHeld[]> {
  const rights = await lookAtRights(azure, neededRights(target, withAccess));
  // Without whatIf the plan is made from the template.
  const missing = rights.filter(({ held, action }) => held === 'no' && !action.includes('/whatIf/'));
  if (missing.length === 0) return rights;
  const lines = missing.map(({ action, resourceGroup }) => `  ${action} in ${resourceGroup}`);
  throw refuse(
    target,
    undefined,
    `Whoever is signed in lacks rights that deploying ${nameOf(target)} takes:\n${lines.join('\n')}`,
    `Ask an owner: "${target.role}" and a role that may deploy, such as Contributor, on the resource group; "Role Based Access Control Administrator" (or assignVaultRole: false) on the vault.`,
  );
}

/** A vault that is not there, or lets people in in another way, fails late and half-way otherwise. */
async function checkVault(azure: Azure, target: DeployTarget) {
  const { vault } = target;
  if (!vault) return;
  const found = await findVault(azure, placeOfVault(vault.id)).catch((error: unknown) => {
    // Whoever may not read it may still be allowed to deploy.
    if (error instanceof AzureError && error.status === 403) return 'hidden' as const;
    throw error;
  });
  if (found === 'hidden' || target.vaultAccess === undefined) return;
  if (!found)
    throw refuse(
      target,
      ['vault', 'name'],
      `There is no key vault ${vault.name} in ${/resourceGroups\/([^/]+)/.exec(vault.id)?.[1]}.`,
      'Check vault.name, vault.resourceGroup and vault.subscription; "certflow setup" makes a vault.',
    );
  const usesRoles = found.access === 'rbac';
  if (usesRoles === (vault.access === 'policy'))
    throw refuse(
      target,
      ['vault'],
      `The key vault ${vault.name} lets people in by ${usesRoles ? 'roles' : 'access policies'}, but the spec says ${usesRoles ? 'access: policy' : 'access: rbac'}.`,
      usesRoles ? 'Leave access out of vault in the spec.' : 'Write access: policy under vault in the spec.',
    );
}

/** Its own identity comes with what is deployed, and so does one that is made; another one must be there. */
function checkIdentity(target: DeployTarget, seen: VaultAccess | IdentityPermissions) {
  const { userAssignedIdentity: id, makesIdentity } = target.place;
  if (id === undefined || makesIdentity || seen.state !== 'missing' || seen.principalId !== undefined) return;
  throw refuse(
    target,
    ['target', 'managedIdentity'],
    `There is no managed identity ${id}.`,
    `Check its resource id (portal, JSON view of the identity), make it with "az identity create", or leave managedIdentity out: then ${target.targetName === 'app-service' ? 'the app' : 'the Logic App'} has its own.`,
  );
}

async function foresee(
  azure: Azure,
  plan: Pick<Plan, 'access' | 'permissions' | 'target'>,
): Promise<Pick<Plan, 'source' | 'why' | 'changes'>> {
  const { target } = plan;
  const template = target.template({ state: staysDisabled(plan) ? 'Disabled' : 'Enabled', givesAccess: givesAccess(plan) });
  try {
    return { source: 'azure', changes: toChanges(await foreseeDeployment(azure, target.deployment, template)) };
  } catch (error) {
    if (!(error instanceof AzureError) || error.kind === 'stopped' || error.kind === 'sign-in') throw error;
    const changes = changesOfTemplate(target).map((change) => ({ ...change, action: 'unknown' as const }));
    return { source: 'template', why: `Azure cannot foresee it: ${error.message.split('\n')[0]}`, changes };
  }
}

/** How an earlier deployment ended is no obstacle to the next one. */
function failedBefore(error: unknown) {
  if (error instanceof Error && error.name === 'DeploymentFailed') return;
  throw error;
}
