import type { Call } from '../next/call.ts';
import { certflow } from '../next/command-line.ts';
import { commandLineOf, type IdentityAim, identityAimOf, type SignInAim, signInAimOf } from '../proofs/aim.ts';
import { identityLinks } from '../proofs/links/identity.ts';
import type { Link, Proof } from '../proofs/proof.ts';
import { prove } from '../proofs/prove.ts';
import type { Sight } from '../proofs/sight.ts';
import { signInLinks } from '../proofs/sign-in-links.ts';
import { principalOf } from '../proofs/vault-access.ts';
import { hasCertificate } from '../spec/needs.ts';
import { operationsOf } from './operations/operations.ts';
import type { DeployTarget } from './targets/target-of.ts';

export interface ProofOptions {
  /** The cloud file that was named: commands that cure name it too. */
  readonly cloudFile?: string | undefined;
}

/** What a target signs in with: a certificate, its managed identity, or both. */
export interface Aims {
  readonly line: Call;
  readonly certificate?: SignInAim;
  readonly identity?: IdentityAim;
}

/** Whether a target can sign in and stays hidden, link by link. Throws an AzureError where nobody is signed in. */
export async function proofsOf(sight: Sight, target: DeployTarget, options: ProofOptions = {}): Promise<Proof[]> {
  const aims = aimsOf(target, options);
  return prove([...(aims.certificate ? signInLinks(sight, aims.certificate) : []), ...targetLinks(sight, target, aims)]);
}

export function aimsOf({ spec, environment, vault }: DeployTarget, { cloudFile }: ProofOptions): Aims {
  const identity = identityAimOf(spec, environment, cloudFile);
  return {
    line: commandLineOf(spec, environment.name, cloudFile),
    // A target without a vault has nothing of the certificate.
    ...(vault &&
      hasCertificate(environment) && { certificate: signInAimOf(spec, environment, { vaultId: vault.id, cloudFile }) }),
    ...(identity && { identity }),
  };
}

/** What of it is in the place that is deployed to: what runs comes first, then its identity. */
export function targetLinks(sight: Sight, target: DeployTarget, aims: Aims): Link[] {
  const operations = operationsOf(sight.azure, target);
  const [first, ...links] = operations.links(aims);
  if (!first || !aims.identity) return [...(first ? [first] : []), ...links];
  const { place, targetName } = target;
  const principalId = () =>
    sight.once(['identity of', target.deployment], async () =>
      principalOf(sight.azure, target, await operations.findIdentities()),
    );
  const identity = identityLinks(sight, aims.identity, {
    of: targetName === 'app-service' ? 'the app' : 'the Logic App',
    // One of its own comes with what runs.
    ...(place.userAssignedIdentity === undefined && { needs: [first.link] }),
    principalId,
    cure:
      place.userAssignedIdentity === undefined
        ? { cure: 'Deploy again: that switches it on.', command: certflow(aims.line, 'deploy', '--target', targetName) }
        : {
            cure: `Have the identity ${place.userAssignedIdentity} made; or name one that is there as targets.managedIdentity.`,
            command: certflow(aims.line, 'setup', '--only', 'identity'),
          },
  });
  return [first, ...identity, ...links];
}
