import { type Cloud, clouds } from '../cloud/clouds.ts';
import { isDeveloperMachine } from '../spec/developer-machine.ts';
import { hasCertificate } from '../spec/needs.ts';
import type { Environment, Spec } from '../spec/spec.ts';
import { type WantedIdentity, wantedIdentity } from './identity/wanted-identity.ts';
import { aimOf, type WantedToSignIn } from './wanted.ts';

/** All that setting up an environment aims at, by how its requests sign in. */
export interface SetupAims {
  readonly spec: Spec;
  readonly environment: Environment;
  readonly cloud: Cloud;
  /** Absent where nothing signs in with a certificate. */
  readonly certificate?: WantedToSignIn;
  /** Absent where nothing signs in with a managed identity, as on a developer's machine. */
  readonly identity?: WantedIdentity;
}

/** Throws a SpecError that names what the spec has to say for it, and a RefusedError where a developer's machine would share a registration. */
export function aimsOf(spec: Spec, environment: Environment): SetupAims {
  const identity = isDeveloperMachine(environment) ? undefined : wantedIdentity(spec, environment);
  return {
    spec,
    environment,
    cloud: clouds[environment.cloud],
    ...(hasCertificate(environment) && { certificate: aimOf(spec, environment) }),
    ...(identity && { identity }),
  };
}
