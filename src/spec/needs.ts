import { UsageError } from '../diagnostics/errors.ts';
import type { Request } from '../generated/spec-file.ts';
import type { CertificateEnvironment, Environment, Spec } from './spec.ts';

/** What has to be there so that the requests of a spec can sign in. Every room that makes, looks for or tells of such a thing asks this. */
export interface Needs {
  /** A certificate, and with it the vault or file that it is in. */
  readonly certificate: boolean;
  /** An app registration, as which the certificate signs in. Mutual TLS does without. */
  readonly registration: boolean;
  /** Application permissions of the managed identity, as which requests sign in. */
  readonly identity: boolean;
}

type Way = NonNullable<Request['signIn']>;

/** By how its requests sign in. A file whose requests are not known yet needs what most do. */
export function needsOf({ requests = [] }: { readonly requests?: readonly { readonly signIn?: Way }[] }): Needs {
  if (requests.length === 0) return { certificate: true, registration: false, identity: false };
  const ways = new Set(requests.map(({ signIn = 'entra' }) => signIn));
  return {
    certificate: ways.has('entra') || ways.has('clientCertificate'),
    registration: ways.has('entra'),
    identity: ways.has('managedIdentity'),
  };
}

/** Whether something in an environment signs in with a certificate; then the environment has it, and a vault. */
export function hasCertificate(environment: Environment): environment is CertificateEnvironment {
  return environment.certificate !== undefined && environment.vault !== undefined;
}

/** An environment with its certificate. Throws a UsageError where nothing signs in with one; `what` says what then is not there to do. */
export function needCertificate(spec: Spec, environment: Environment, what: string): CertificateEnvironment {
  if (hasCertificate(environment)) return environment;
  throw new UsageError(
    `all requests of ${spec.source.file} sign in with the managed identity, so there is ${what}. A request with signIn: entra would sign in with a certificate.`,
  );
}
