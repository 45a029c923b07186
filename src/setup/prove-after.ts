import type { Azure } from '../azure/azure.ts';
import { signInAimOf } from '../proofs/aim.ts';
import type { Proof } from '../proofs/proof.ts';
import { prove } from '../proofs/prove.ts';
import { Sight } from '../proofs/sight.ts';
import { signInLinks } from '../proofs/sign-in-links.ts';
import type { WantedToSignIn } from './wanted.ts';

/** What still keeps a workflow from signing in, once everything is as setting up has it. `clientId` is that of the app registration. */
export async function leftToMend(
  azure: Azure,
  { spec, environment, vault }: WantedToSignIn,
  { clientId, cloudFile }: { readonly clientId: string | undefined; readonly cloudFile: string | undefined },
): Promise<Proof[]> {
  // A developer's machine has no vault to look at.
  if (!vault) return [];
  const aim = signInAimOf(spec, environment, { vaultId: vault.id, cloudFile });
  const proofs = await prove(signInLinks(new Sight(azure), { ...aim, ...(clientId === undefined ? {} : { clientId }) }));
  return proofs.filter(({ result }) => result === 'wrong');
}
