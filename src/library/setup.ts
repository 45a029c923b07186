import { loadAzure } from '../azure/load.ts';
import type { SignIn } from '../azure/sign-in.ts';
import { type CloudProfile, cloudProfile } from '../cloud/profile.ts';
import { version } from '../generated/version.ts';
import type { SetupOptions as Options, SetupResult } from '../setup/setup.ts';
import { chooseEnvironment } from '../spec/choose-environment.ts';
import type { Spec } from '../spec/spec.ts';

export interface SetupOptions extends Options {
  /** Where Azure is; by default the cloud that the spec names. */
  readonly cloud?: CloudProfile;
  /** Who signs in; by default whoever is signed in to this machine. */
  readonly signIn?: SignIn;
  /** Ends requests and waits. What was given for the time of the run is taken back all the same. */
  readonly signal?: AbortSignal;
}

/**
 * Compares what a spec needs before its workflow can work with what there is, and makes what is missing: vault and certificate, app
 * registration with permissions, rights of those who read the vault. Nothing is made twice: a run that was broken off is completed by
 * the next. What it needs is loaded at the first call. Throws a SpecError for what the spec lacks, a UsageError for an unknown
 * environment, a RefusedError where Microsoft's packages are not installed, and an error named AzureError where Azure cannot be reached or
 * a request fails; what is refused for want of a right is told as the outcome of its item, and the rest goes on.
 */
export async function setup(spec: Spec, options: SetupOptions = {}): Promise<SetupResult> {
  const environment = chooseEnvironment(spec, options.environment);
  const { cloud = cloudProfile(environment.cloud), signIn, signal, progress = () => {} } = options;
  const { connect } = await loadAzure();
  const { setUp } = await import('../setup/setup.ts');
  const azure = connect(cloud, {
    application: `certflow/${version}`,
    notice: (state) => progress({ spec: spec.name, environment: environment.name, about: 'Azure', state }),
    ...(signIn ? { signIn } : {}),
    ...(signal ? { signal } : {}),
  });
  return setUp(azure, spec, options);
}
