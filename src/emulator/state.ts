/** All that the emulator remembers: tables of plain data, so that they can be kept in a file. */

export interface KeyCredential {
  readonly keyId: string;
  readonly customKeyIdentifier: string;
  readonly displayName: string;
  /** DER of the certificate, base64. */
  readonly key: string;
  readonly type: 'AsymmetricX509Cert';
  readonly usage: 'Verify';
  readonly startDateTime: string;
  readonly endDateTime: string;
}

export interface AppRole {
  readonly id: string;
  readonly value: string;
  readonly displayName: string;
  readonly description: string;
  readonly allowedMemberTypes: readonly string[];
  readonly isEnabled: boolean;
}

/** An application (app registration) as Graph shows it. */
export interface Application {
  readonly id: string;
  readonly appId: string;
  readonly displayName: string;
  /** Given once, by an upsert; never changed. */
  readonly uniqueName: string | null;
  readonly signInAudience: string;
  readonly createdDateTime: string;
  readonly identifierUris: readonly string[];
  readonly appRoles: readonly AppRole[];
  readonly requiredResourceAccess: readonly unknown[];
  readonly keyCredentials: readonly KeyCredential[];
  readonly tags: readonly string[];
}

/** An application that was deleted and can be restored, with its service principal. */
export interface DeletedApplication {
  readonly application: Application;
  readonly principal?: ServicePrincipal;
  readonly deletedDateTime: string;
}

export interface ServicePrincipal {
  readonly id: string;
  readonly appId: string;
  readonly displayName: string;
  readonly servicePrincipalType: 'Application' | 'ManagedIdentity';
  /** Whether it may sign in. */
  readonly accountEnabled: boolean;
  /** Audiences that tokens for it may be asked with, besides `appId`. */
  readonly servicePrincipalNames: readonly string[];
  readonly appRoles: readonly AppRole[];
  /** Resource ids of what has it as its managed identity. */
  readonly alternativeNames: readonly string[];
}

export interface AppRoleAssignment {
  readonly id: string;
  readonly principalId: string;
  readonly resourceId: string;
  readonly appRoleId: string;
  readonly createdDateTime: string;
}

export interface SitePermission {
  readonly id: string;
  readonly siteId: string;
  readonly roles: readonly string[];
  readonly application: { readonly id: string; readonly displayName: string };
}

export interface User {
  readonly id: string;
  readonly userPrincipalName: string;
  readonly displayName: string;
}

/** A resource of ARM, or a resource group. */
export interface ArmResource {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly location?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly kind?: string;
  readonly sku?: unknown;
  readonly identity?: Readonly<Record<string, unknown>>;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** One version of a secret, also the secret of a certificate. */
export interface SecretVersion {
  readonly version: string;
  readonly value: string;
  readonly contentType?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly enabled: boolean;
  /** Seconds since 1970. */
  readonly created: number;
  readonly updated: number;
  readonly nbf?: number;
  readonly exp?: number;
  /** Whether a certificate keeps it. */
  readonly managed: boolean;
}

export interface CertificateVersion {
  readonly version: string;
  /** DER, base64. */
  readonly cer: string;
  readonly enabled: boolean;
  readonly created: number;
  readonly updated: number;
  readonly tags?: Readonly<Record<string, string>>;
}

/** An object of a vault with all its versions, oldest first. */
export interface VaultObject<Version> {
  readonly name: string;
  readonly versions: readonly Version[];
  readonly deleted?: { readonly deletedDate: number; readonly scheduledPurgeDate: number };
}

export interface VaultCertificate extends VaultObject<CertificateVersion> {
  readonly policy: Readonly<Record<string, unknown>>;
  readonly operation?: CertificateOperation;
}

/** The making of a certificate inside the vault. */
export interface CertificateOperation {
  readonly requestId: string;
  readonly status: 'inProgress' | 'completed' | 'failed';
  /** Signing request (PKCS#10), base64. */
  readonly csr: string;
  readonly error?: { readonly code: string; readonly message: string };
}

export interface DeletedVault {
  readonly resource: ArmResource;
  readonly deletionDate: string;
  readonly scheduledPurgeDate: string;
}

export interface DeploymentOperation {
  readonly operationId: string;
  readonly resourceId: string;
  readonly resourceName: string;
  readonly resourceType: string;
  readonly state: string;
  readonly statusCode: string;
  readonly statusMessage?: unknown;
  readonly timestamp: string;
  readonly started: string;
}

export interface Deployment {
  readonly id: string;
  readonly name: string;
  readonly group: string;
  readonly subscription: string;
  /** `provisioningState` and what else ARM shows. */
  readonly properties: Readonly<Record<string, unknown>> & { readonly provisioningState: string };
  readonly operations: readonly DeploymentOperation[];
  readonly statusId: string;
}

export interface ActionRecord {
  readonly name: string;
  readonly status: string;
  readonly code: string;
  readonly startTime: string;
  readonly endTime: string;
  readonly trackingId: string;
  readonly inputs?: unknown;
  readonly outputs?: unknown;
  /** Kept out of the history. */
  readonly isInputSecured: boolean;
  readonly isOutputSecured: boolean;
  /** Whether what uses the outputs keeps its inputs out of the history too: only where its own setting says so. */
  readonly isSecretHandedOn: boolean;
  readonly error?: { readonly code: string; readonly message: string };
}

export interface Run {
  readonly name: string;
  readonly workflowId: string;
  readonly status: string;
  readonly code?: string;
  readonly startTime: string;
  readonly endTime?: string;
  readonly correlationId: string;
  readonly error?: { readonly code: string; readonly message: string };
  readonly trigger: ActionRecord;
  readonly actions: readonly ActionRecord[];
  readonly outputs?: Readonly<Record<string, unknown>>;
  readonly response?: { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body?: unknown };
  /** The trigger's real outputs, for running it again. */
  readonly triggerOutputs: unknown;
}

/** What was sent to an app as a zip, and how its deployment stands. */
export interface Project {
  readonly deployment: string;
  /** 2 while it is under way, 3 failed, 4 succeeded. */
  readonly status: number;
  readonly message: string;
  /** Texts by path. */
  readonly files: Readonly<Record<string, string>>;
}

const tableNames = [
  'applications',
  'deletedApplications',
  'servicePrincipals',
  'appRoleAssignments',
  'sitePermissions',
  'users',
  'groups',
  'resources',
  'deletedVaults',
  'deployments',
  'secrets',
  'certificates',
  'runs',
  'projects',
] as const;

/** Keys are ids, in lower case where Azure ignores their case. */
export class State {
  /** By object id. */
  readonly applications = new Map<string, Application>();
  readonly deletedApplications = new Map<string, DeletedApplication>();
  readonly servicePrincipals = new Map<string, ServicePrincipal>();
  readonly appRoleAssignments = new Map<string, AppRoleAssignment>();
  readonly sitePermissions = new Map<string, SitePermission>();
  readonly users = new Map<string, User>();
  /** By resource id. */
  readonly groups = new Map<string, ArmResource>();
  readonly resources = new Map<string, ArmResource>();
  /** By name: it is taken in the whole cloud. */
  readonly deletedVaults = new Map<string, DeletedVault>();
  readonly deployments = new Map<string, Deployment>();
  /** By `<vault>/<name>`. */
  readonly secrets = new Map<string, VaultObject<SecretVersion>>();
  readonly certificates = new Map<string, VaultCertificate>();
  /** By `<workflow id>/<run>`. */
  readonly runs = new Map<string, Run>();
  /** By the id of their app. */
  readonly projects = new Map<string, Project>();

  toJSON(): unknown {
    return Object.fromEntries(tableNames.map((name) => [name, [...this[name]]]));
  }

  /** Throws where the value is not what `toJSON` gave. */
  static from(value: Readonly<Record<string, Iterable<readonly [string, never]>>>): State {
    const state = new State();
    for (const name of tableNames) for (const [key, entry] of value[name] ?? []) state[name].set(key, entry);
    return state;
  }
}

/** Ends what was under way when the emulator was killed: nobody goes on with it. */
export function breakOff({ deployments, runs, certificates, projects }: State) {
  const error = { code: 'InternalServerError', message: 'The emulator was ended in the middle of it.' };
  for (const [id, { properties, ...deployment }] of deployments)
    if (/^(Accepted|Running)$/.test(properties.provisioningState))
      deployments.set(id, { ...deployment, properties: { ...properties, provisioningState: 'Failed', error } });
  for (const [key, project] of projects)
    if (project.status < 3) projects.set(key, { ...project, status: 3, message: error.message });
  for (const [key, run] of runs)
    if (run.status === 'Running') runs.set(key, { ...run, status: 'Cancelled', code: error.code, error, endTime: now() });
  for (const [key, { operation, ...certificate }] of certificates)
    if (operation?.status === 'inProgress')
      certificates.set(key, { ...certificate, operation: { ...operation, status: 'failed', error } });
}

/** Time as ARM writes it. */
export function now(): string {
  return new Date().toISOString();
}
