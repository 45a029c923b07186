import { AzureError } from '../../azure/azure-error.ts';
import { isForbidden, needing } from '../../azure/needing.ts';
import { createResourceGroup, findResourceGroup } from '../../azure/resource-groups.ts';
import { createVault, nameProblem } from '../../azure/vaults.ts';
import { rights } from '../../cloud/rights.ts';
import { RefusedError } from '../../diagnostics/errors.ts';
import { type Finding, present, type Step } from '../plan.ts';
import type { Scene } from '../scene.ts';
import { leftBehind, takeBack } from '../vault-right.ts';
import type { WantedVault } from '../wanted.ts';

/** The resource group and the vault in it. */
export function groupStep({ azure, wanted: { vault } }: Scene): Step {
  const { subscription, resourceGroup, location } = vault;
  return {
    part: 'vault',
    name: `resource group ${resourceGroup}`,
    look: async () => {
      const found = await needing(rights.readResources, () => findResourceGroup(azure, subscription, resourceGroup));
      if (found) return present(found.location);
      if (location === undefined) return withoutPlace('group');
      return {
        state: 'to create',
        detail: `in ${location}`,
        apply: () =>
          needing(rights.makeGroup, async () => {
            await createResourceGroup(azure, subscription, { name: resourceGroup, location });
            return undefined;
          }),
      };
    },
  };
}

export function vaultStep(scene: Scene): Step {
  const { azure, wanted, me } = scene;
  const { name, access, location, tags, purgeProtection } = wanted.vault;
  return {
    part: 'vault',
    name: `vault ${name}`,
    links: [{ link: 'vault' }, { link: 'firewall' }],
    look: async () => {
      const found = await scene.vault();
      if (found) {
        if (found.access !== access) return wrongAccess(found.access);
        return present(
          [
            access === 'rbac' ? 'with roles' : 'with access policies',
            ...(found.isPurgeProtected ? [] : ['without purge protection: a deleted certificate may be gone for good']),
            ...(found.isClosed ? ['behind a firewall: what asks it has to come from an address that it admits'] : []),
          ].join('; '),
        );
      }
      if (location === undefined) return withoutPlace('vault');
      const problem = await nameProblem(azure, wanted.vault, location);
      if (problem !== undefined) return { state: 'blocked', detail: problem };
      return {
        state: 'to create',
        detail: [
          `in ${location}`,
          access === 'rbac' ? 'with roles' : 'with access policies',
          // Nobody can take it back, so that whoever agrees to the plan has to know of it.
          purgeProtection
            ? 'with purge protection (for good: for 90 days after a deletion nobody can use its name)'
            : 'without purge protection',
        ].join(', '),
        apply: async () => {
          scene.setVault(
            await inGroup(wanted.vault, () =>
              createVault(azure, wanted.vault, {
                location,
                access,
                tenantId: me.tenantId,
                purgeProtection,
                ...(tags && { tags }),
              }),
            ),
          );
          return undefined;
        },
      };
    },
  };
}

/** Without its group the vault waits: why that is not there has been told. */
async function inGroup<Result>({ name, resourceGroup }: WantedVault, make: () => Promise<Result>): Promise<Result> {
  try {
    return await make();
  } catch (error) {
    if (!(error instanceof AzureError) || error.code !== 'ResourceGroupNotFound') throw error;
    throw new RefusedError(`The vault ${name} waits for the resource group ${resourceGroup}, which is not there.`);
  }
}

/** What a run that was killed has left behind. */
export function ownRightStep(scene: Scene): Step {
  const { azure, me, wanted } = scene;
  const { name } = wanted.vault;
  return {
    part: 'vault',
    name: `your own role on the vault ${name}`,
    look: async () => {
      // Whoever may not see the vault was never given a role on it.
      const vault = await scene.vault().catch(unlessForbidden);
      const left = vault ? await leftBehind({ azure, vault, place: wanted.vault, me }) : [];
      if (left.length === 0) return undefined;
      return {
        state: 'to change',
        detail: 'an interrupted run left it behind; it is taken back',
        apply: async () => {
          await takeBack(azure, left);
          return undefined;
        },
      };
    },
  };
}

function unlessForbidden(error: unknown): undefined {
  if (!isForbidden(error)) throw error;
}

function wrongAccess(found: 'rbac' | 'policy'): Finding {
  return {
    state: 'blocked',
    detail:
      found === 'policy'
        ? 'it works with access policies, and the spec says roles: write vault.access: policy, or switch the vault over'
        : 'it works with roles, and the spec says access policies: remove vault.access: policy',
  };
}

function withoutPlace(what: string): Finding {
  return {
    state: 'blocked',
    detail: `a new ${what} needs a region: write vault.location, such as location: westeurope`,
  };
}
