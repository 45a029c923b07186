import { type SignInAim, signInAimOf } from '../proofs/aim.ts';
import type { Link, Proof } from '../proofs/proof.ts';
import { prove } from '../proofs/prove.ts';
import type { Sight } from '../proofs/sight.ts';
import { signInLinks } from '../proofs/sign-in-links.ts';
import { operationsOf } from './operations/operations.ts';
import type { DeployTarget } from './targets/target-of.ts';

export interface ProofOptions {
  /** The cloud file that was named: commands that cure name it too. */
  readonly cloudFile?: string | undefined;
}

/** Whether a target can sign in and stays hidden, link by link. Throws an AzureError where nobody is signed in. */
export async function proofsOf(sight: Sight, target: DeployTarget, options: ProofOptions = {}): Promise<Proof[]> {
  const aim = aimOf(target, options);
  return prove([...signInLinks(sight, aim), ...targetLinks(sight, target, aim)]);
}

export function aimOf({ spec, environment, vaultId }: DeployTarget, { cloudFile }: ProofOptions): SignInAim {
  return signInAimOf(spec, environment, { vaultId, cloudFile });
}

/** What of it is in the place that is deployed to. */
export function targetLinks(sight: Sight, target: DeployTarget, aim: SignInAim): Link[] {
  return operationsOf(sight.azure, target).links(aim);
}
