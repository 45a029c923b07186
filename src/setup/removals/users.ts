import type { Azure } from '../../azure/azure.ts';
import { isForbidden } from '../../azure/needing.ts';
import type { SignedIn } from '../../azure/signed-in.ts';
import type { Vault } from '../../azure/vaults.ts';
import { listMentioning } from '../../azure/workflows.ts';
import { stillThere } from '../../deploy/still-there.ts';
import { certflow } from '../../next/command-line.ts';
import { commandLineOf } from '../../proofs/aim.ts';
import { environmentsInAzure } from '../../spec/developer-machine.ts';
import type { SetupPlace } from './removal.ts';

/** Who keeps what setting up has made, and is not removed with it. */
export interface Users {
  /** Why nothing of the sign-in may go, where it is still used by what was deployed. */
  readonly deployed: string | undefined;
  /** Other environments of the spec that stay. */
  readonly staying: readonly SetupPlace['environment'][];
}

/** What is known before the things in a vault are looked at. */
export interface Seen {
  readonly vault: Vault;
  /** Whoever looks. */
  readonly me: SignedIn;
  readonly users: Users;
}

/** Looks who else uses what was set up for a place. `leaving` are all places whose set-up goes together. */
export async function usersOf(
  azure: Azure,
  { spec, environment }: SetupPlace,
  leaving: readonly SetupPlace[],
  cloudFile: string | undefined,
): Promise<Users> {
  const [there] = await stillThere(azure, spec, environment);
  const destroy = certflow(commandLineOf(spec, environment.name, cloudFile), 'destroy');
  const isLeaving = (name: string) =>
    leaving.some((one) => one.spec.source.file === spec.source.file && one.environment.name === name);
  return {
    deployed: there === undefined ? undefined : `${there} signs in with it; first: ${destroy}`,
    staying: environmentsInAzure(spec).filter(({ name }) => name !== environment.name && !isLeaving(name)),
  };
}

/** Names of the Logic Apps of a subscription that sign in with an app registration; undefined where nobody may look. */
export async function logicAppsOf(azure: Azure, subscription: string, clientId: string): Promise<string[] | undefined> {
  try {
    const found = await listMentioning(azure, subscription, clientId);
    return found.map((id) => id.slice(id.lastIndexOf('/') + 1));
  } catch (error) {
    if (isForbidden(error)) return undefined;
    throw error;
  }
}
