import type { Azure } from '../azure/azure.ts';
import { AzureError } from '../azure/azure-error.ts';
import { findDeployment, foreseeDeployment, validateDeployment } from '../azure/deployments.ts';
import { findResourceGroup } from '../azure/resource-groups.ts';
import { changesOfTemplate, toChanges } from './changes.ts';
import { follow, isUnderWay } from './follow.ts';
import { hostOf } from './hosts/host.ts';
import { type Job, nameOf } from './job.ts';
import { givesAccess, type Plan } from './plan.ts';
import { located, refuse } from './refuse.ts';
import { lookAtRights, neededRights, type RightHeld } from './rights.ts';
import { findVault, lookAtAccess, type VaultAccess } from './vault-access.ts';

/**
 * Looks what deploying would do, and changes nothing: rights, validation, forecast. A deployment that is under way is followed to its
 * end first, unless only the plan is wanted. Throws an AzureError or a RefusedError where Azure would refuse it.
 */
export async function planOf(
  azure: Azure,
  job: Job,
  { tell, followRunning }: { readonly tell: (about: string, state: string) => void; readonly followRunning: boolean },
): Promise<Plan> {
  const { target, deployment } = job;
  const group = await findResourceGroup(azure, target.subscription, target.resourceGroup);
  if (group?.state === 'Deleting')
    throw refuse(
      job,
      ['target', 'resourceGroup'],
      `The resource group ${target.resourceGroup} is being deleted.`,
      'Wait until it is gone, then run the same command again.',
    );
  await checkVault(azure, job);
  const running = group && isUnderWay(await findDeployment(azure, deployment));
  if (running && followRunning) {
    tell('plan', 'a deployment is under way already, and is followed to its end');
    await follow(azure, job, tell).catch(failedBefore);
  }
  const host = hostOf(azure, job);
  const looked = await host.look();
  const access = await lookAtAccess(azure, job, group && (await host.findIdentities()));
  checkIdentity(job, access);
  const rights = await checkedRights(azure, job, givesAccess({ job, access }));
  const common = { job, access, rights, groupExists: group !== undefined, isUnderWay: running === true && !followRunning };
  if (!group)
    return {
      ...common,
      source: 'template',
      why: `the resource group ${target.resourceGroup} is not there yet`,
      changes: [...changesOfTemplate(job), ...looked],
    };
  await validate(azure, common);
  const foreseen = await foresee(azure, common);
  return { ...common, ...foreseen, changes: [...foreseen.changes, ...looked] };
}

/** Lets both services look at what would be deployed. The resource group must be there. Errors name the place in the spec. */
export async function validate(azure: Azure, { job, access }: Pick<Plan, 'job' | 'access'>): Promise<void> {
  const template = job.template({ state: 'Enabled', givesAccess: givesAccess({ job, access }) });
  try {
    await validateDeployment(azure, job.deployment, template);
    await hostOf(azure, job).validate();
  } catch (error) {
    throw located(job, error);
  }
}

async function checkedRights(azure: Azure, job: Job, withAccess: boolean): Promise<RightHeld[]> {
  const rights = await lookAtRights(azure, neededRights(job, withAccess));
  // Without whatIf the plan is made from the template.
  const missing = rights.filter(({ held, action }) => held === 'no' && !action.includes('/whatIf/'));
  if (missing.length === 0) return rights;
  const lines = missing.map(({ action, resourceGroup }) => `  ${action} in ${resourceGroup}`);
  throw refuse(
    job,
    undefined,
    `Whoever is signed in lacks rights that deploying ${nameOf(job)} takes:\n${lines.join('\n')}`,
    `Ask an owner: "${job.role}" and a role that may deploy, such as Contributor, on the resource group; "Role Based Access Control Administrator" (or assignVaultRole: false) on the vault.`,
  );
}

/** A vault that is not there, or lets people in in another way, fails late and half-way otherwise. */
async function checkVault(azure: Azure, job: Job) {
  const { vault } = job.environment;
  const found = await findVault(azure, job).catch((error: unknown) => {
    // Whoever may not read it may still be allowed to deploy.
    if (error instanceof AzureError && error.status === 403) return 'hidden' as const;
    throw error;
  });
  if (found === 'hidden' || job.vaultAccess === undefined) return;
  if (!found)
    throw refuse(
      job,
      ['vault', 'name'],
      `There is no key vault ${vault.name} in ${/resourceGroups\/([^/]+)/.exec(job.vaultId)?.[1]}.`,
      'Check vault.name, vault.resourceGroup and vault.subscription; "certflow setup" makes a vault.',
    );
  const usesRoles = found.properties.enableRbacAuthorization !== false;
  if (usesRoles === (vault.access === 'policy'))
    throw refuse(
      job,
      ['vault'],
      `The key vault ${vault.name} lets people in by ${usesRoles ? 'roles' : 'access policies'}, but the spec says ${usesRoles ? 'access: policy' : 'access: rbac'}.`,
      usesRoles ? 'Leave access out of vault in the spec.' : 'Write access: policy under vault in the spec.',
    );
}

/** Its own identity comes with what is deployed; another one must be there. */
function checkIdentity(job: Job, access: VaultAccess) {
  const id = job.target.userAssignedIdentity;
  if (id === undefined || access.state !== 'missing' || access.principalId !== undefined) return;
  throw refuse(
    job,
    ['target', 'managedIdentity'],
    `There is no managed identity ${id}.`,
    `Check its resource id (portal, JSON view of the identity), make it with "az identity create", or leave managedIdentity out: then ${job.targetName === 'app-service' ? 'the app' : 'the Logic App'} has its own.`,
  );
}

async function foresee(
  azure: Azure,
  { job, access }: Pick<Plan, 'job' | 'access'>,
): Promise<Pick<Plan, 'source' | 'why' | 'changes'>> {
  const template = job.template({ state: 'Enabled', givesAccess: givesAccess({ job, access }) });
  try {
    return { source: 'azure', changes: toChanges(await foreseeDeployment(azure, job.deployment, template)) };
  } catch (error) {
    if (!(error instanceof AzureError) || error.kind === 'stopped' || error.kind === 'sign-in') throw error;
    const changes = changesOfTemplate(job).map((change) => ({ ...change, action: 'unknown' as const }));
    return { source: 'template', why: `Azure cannot foresee it: ${error.message.split('\n')[0]}`, changes };
  }
}

/** How an earlier deployment ended is no obstacle to the next one. */
function failedBefore(error: unknown) {
  if (error instanceof Error && error.name === 'DeploymentFailed') return;
  throw error;
}
