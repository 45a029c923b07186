import type { Azure } from '../azure/azure.ts';
import { AzureError } from '../azure/azure-error.ts';
import { waitFor } from '../azure/wait.ts';
import { longestReplication, lookAtAccess } from '../proofs/vault-access.ts';
import { operationsOf } from './operations/operations.ts';
import type { DeployTarget } from './targets/target-of.ts';

/**
 * Waits until the identity of a target is seen to hold its access to the vault, where it reads one. Gives false where others see to the
 * access and have not yet. Where Azure does not let one look, what the deployment has just made is believed.
 */
export async function awaitAccess(
  azure: Azure,
  target: DeployTarget,
  tell: (about: string, state: string) => void,
): Promise<boolean> {
  const { vault } = target;
  if (!vault) return true;
  const operations = operationsOf(azure, target);
  const about = `access to the key vault ${vault.name}`;
  const look = async (): Promise<boolean | undefined> => {
    // Roles are no part of the vault; policies are.
    azure.memory?.forget(vault.access === 'policy' ? vault.id : `${vault.id} roles`);
    const access = await lookAtAccess(azure, { ...target, vault }, await operations.findIdentities());
    if (access.state === 'held') {
      tell(about, `held (${access.by})`);
      return true;
    }
    if (target.vaultAccess === undefined) {
      tell(about, 'not there yet, and left to others (assignVaultRole: false)');
      return false;
    }
    if (access.state === 'cannot tell') {
      tell(about, 'was given; you may not look whether it is known everywhere');
      return true;
    }
    tell(about, 'was given, and is not known everywhere yet: waiting, up to 10 minutes');
    return undefined;
  };
  try {
    return await waitFor(
      azure,
      { waitingFor: about, limit: longestReplication, whenOver: 'Run the same command again in some minutes.' },
      look,
    );
  } catch (error) {
    if (error instanceof AzureError && error.kind === 'refused' && error.status === 404) return false;
    throw error;
  }
}
