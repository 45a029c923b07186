import type { CloudName } from '../cloud/clouds.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type {
  AppRegistration as AppRegistrationInFile,
  Permissions,
  Request as RequestInFile,
  SpecFile,
  Targets,
  Value,
} from '../generated/spec-file.ts';
import type { Source } from './source.ts';
import type { WorkflowFile } from './workflow-file.ts';

export type Ignore = NonNullable<SpecFile['ignore']>[number];

export type { Recurrence, RequestTrigger, Targets, Value } from '../generated/spec-file.ts';

/** A certflow.yaml, read and found right: what is the same everywhere, and each environment with its overrides merged in. */
export interface Spec {
  readonly name: string;
  /** Takes the name's place in the ids of packages. */
  readonly id?: string;
  readonly description?: string;
  readonly trigger: NonNullable<SpecFile['trigger']>;
  readonly requests: readonly Request[];
  /** The workflow, where it has a file of its own: trigger and requests are those of that. */
  readonly workflowFile?: WorkflowFile;
  /** More actions in raw WDL, by action name. */
  readonly actions: Readonly<Record<string, object>>;
  /** Findings that are not to be reported. `action` is the name of a request or an action. */
  readonly ignore: readonly Ignore[];
  /** By name. A spec without environments has a single one, whose name is the empty string. */
  readonly environments: ReadonlyMap<string, Environment>;
  /** What environments override, and so what the definition has to take from parameters. */
  readonly overrides: { readonly cloud: boolean; readonly urls: ReadonlySet<string> };
  /** What was mended or deserves a look. None of them is an error. */
  readonly notes: readonly Diagnostic[];
  readonly source: Source;
}

/** What the requests have in common in all environments. */
export interface Request extends Pick<RequestInFile, 'queries' | 'headers' | 'body' | 'retryPolicy' | 'timeout' | 'runAfter'> {
  readonly name: string;
  readonly method: NonNullable<RequestInFile['method']>;
  readonly signIn: NonNullable<RequestInFile['signIn']>;
}

/** One environment, whole. */
export interface Environment {
  /** Empty where the spec has no environments. */
  readonly name: string;
  readonly cloud: CloudName;
  /** Absent where no request signs in with a certificate. Its name is empty where the environment is a developer's machine, which has none. */
  readonly vault?: Vault;
  /** Absent where no request signs in with one. On a developer's machine its name is that of a file, without extension. */
  readonly certificate?: Certificate;
  readonly appRegistration: AppRegistration;
  /** Application permissions of the managed identity. Empty where no request signs in with it. */
  readonly identityPermissions: readonly Permission[];
  /** Address and audience of each request, in the order of the spec's requests. */
  readonly addresses: readonly Address[];
  readonly targets: Targets;
}

/** An environment in which something signs in with a certificate. */
export interface CertificateEnvironment extends Environment {
  readonly vault: Vault;
  readonly certificate: Certificate;
}

/** Application permissions on one API. */
export type Permission = Permissions[number];

export interface Vault {
  /** The short name, as connections want it. */
  readonly name: string;
  /** `https://<name>.<suffix of the cloud>`, without final slash. */
  readonly url: string;
  readonly resourceGroup?: string;
  readonly subscription?: string;
  readonly access: 'rbac' | 'policy';
  /** Of a vault that is not there yet. */
  readonly location?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly purgeProtection?: boolean;
}

export interface Certificate {
  readonly name: string;
  readonly version?: string;
  /** The address that it was read from, where it was pasted as one. */
  readonly identifier?: string;
}

/** Tenant and client are absent where no request signs in to Entra; the client also until setup has made the registration. */
export type AppRegistration = Readonly<AppRegistrationInFile>;

export interface Address {
  readonly url: Value;
  /** Absent for `signIn: clientCertificate`. */
  readonly audience?: string;
}
