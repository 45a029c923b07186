import type { Azure } from '../azure/azure.ts';
import { certflow } from '../next/command-line.ts';
import { identityAimOf, signInAimOf } from '../proofs/aim.ts';
import { identityLinks } from '../proofs/links/identity.ts';
import type { Link, Proof } from '../proofs/proof.ts';
import { prove } from '../proofs/prove.ts';
import { Sight } from '../proofs/sight.ts';
import { signInLinks } from '../proofs/sign-in-links.ts';
import type { IdentityScene } from './identity/identity-scene.ts';
import type { WantedToSignIn } from './wanted.ts';

/** What was set up. */
interface SetUp {
  readonly certificate: WantedToSignIn | undefined;
  readonly identities: IdentityScene | undefined;
}

interface Around {
  /** That of the app registration. */
  readonly clientId: string | undefined;
  readonly cloudFile: string | undefined;
}

/** What still keeps a workflow from signing in, once everything is as setting up has it. */
export async function leftToMend(azure: Azure, { certificate, identities }: SetUp, around: Around): Promise<Proof[]> {
  const sight = new Sight(azure);
  const ofIdentities = identities ? await linksOfIdentities(sight, identities, around) : [];
  const chains = [...(certificate ? [linksOfCertificate(sight, certificate, around)] : []), ...ofIdentities];
  const proofs = await Promise.all(chains.map(prove));
  return proofs.flat().filter(({ result }) => result === 'wrong');
}

function linksOfCertificate(sight: Sight, { spec, environment, vault }: WantedToSignIn, { clientId, cloudFile }: Around): Link[] {
  // A developer's machine has no vault to look at.
  if (!vault) return [];
  const aim = signInAimOf(spec, environment, { vaultId: vault.id, cloudFile });
  return signInLinks(sight, { ...aim, ...(clientId === undefined ? {} : { clientId }) });
}

/** The chains of the identities that are there: what has none yet is told as left to the deployment. */
async function linksOfIdentities(sight: Sight, scene: IdentityScene, { cloudFile }: Around): Promise<Link[][]> {
  const { spec, environment, identities } = scene.wanted;
  const aim = identityAimOf(spec, environment, cloudFile);
  if (!aim) return [];
  const there = await Promise.all(
    identities.map(async (holder) => ({ holder, id: (await scene.identity(holder))?.principalId })),
  );
  return there.flatMap(({ holder, id }) =>
    id === undefined
      ? []
      : [
          identityLinks(sight, aim, {
            of: holder.name,
            principalId: async () => id,
            cure: { cure: 'Set it up again.', command: certflow(aim.line, 'setup', '--only', 'identity') },
          }),
        ],
  );
}
