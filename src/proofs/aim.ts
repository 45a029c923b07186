import { knownApis } from '../cloud/apis.ts';
import { type Call, inCloud } from '../next/call.ts';
import { fixedAddress } from '../spec/addresses.ts';
import { needsOf } from '../spec/needs.ts';
import type { CertificateEnvironment, Environment, Permission, Request, Spec } from '../spec/spec.ts';
import { type Site, siteOf } from './sites.ts';

/** Who signs in with which certificate, and at which APIs: of a spec in one environment, or of a workflow that somebody else has made. */
export interface SignInAim {
  /** A GUID or a domain. */
  readonly tenant: string;
  /** Absent until setup has made the app registration. */
  readonly clientId?: string;
  readonly vault: {
    readonly name: string;
    /** Resource id, where it is known. */
    readonly id?: string;
    /** How the spec says that it lets people in. */
    readonly access?: 'rbac' | 'policy';
  };
  readonly certificate: { readonly name: string; readonly version?: string };
  readonly requests: readonly AimedRequest[];
  readonly permissions: readonly AimedPermission[];
  readonly line: Call;
}

/** What a managed identity calls, and what it may do there. */
export type IdentityAim = Pick<SignInAim, 'requests' | 'permissions' | 'line'>;

export interface AimedRequest {
  readonly name: string;
  readonly method: string;
  /** What of the address is the same at every run, where there is such a part. */
  readonly url?: string;
  readonly audience: string;
}

/** Application permissions on one API, by name. */
export interface AimedPermission {
  /** An audience, or the id of the application that the API is. */
  readonly api: string;
  readonly roles: readonly string[];
  readonly sites: readonly Site[];
}

/** What a spec aims at with its certificate in an environment. `vaultId` is the resource id of its vault. Without requests where none signs in to Entra. */
export function signInAimOf(
  spec: Spec,
  environment: CertificateEnvironment,
  { vaultId, cloudFile }: { readonly vaultId?: string | undefined; readonly cloudFile?: string | undefined },
): SignInAim {
  const { appRegistration, vault, certificate, name } = environment;
  const { tenantId = '', clientId, permissions = [] } = appRegistration;
  return {
    tenant: tenantId,
    ...(clientId === undefined ? {} : { clientId }),
    vault: { name: vault.name, access: vault.access, ...(vaultId === undefined ? {} : { id: vaultId }) },
    certificate: { name: certificate.name, ...(certificate.version === undefined ? {} : { version: certificate.version }) },
    requests: aimedRequests(spec, environment, 'entra'),
    permissions: permissions.map(aimedPermission),
    line: commandLineOf(spec, name, cloudFile),
  };
}

/** What is called by requests that sign in with the managed identity, and what that may do; undefined where none does. */
export function identityAimOf(spec: Spec, environment: Environment, cloudFile: string | undefined): IdentityAim | undefined {
  if (!needsOf(spec).identity) return undefined;
  return {
    requests: aimedRequests(spec, environment, 'managedIdentity'),
    permissions: environment.identityPermissions.map(aimedPermission),
    line: commandLineOf(spec, environment.name, cloudFile),
  };
}

function aimedRequests({ requests }: Spec, { addresses }: Environment, way: Request['signIn']): AimedRequest[] {
  return requests.flatMap(({ name, method, signIn }, index): AimedRequest[] => {
    const { url: written = '', audience } = addresses[index] ?? {};
    const url = fixedAddress(written);
    return signIn === way && audience !== undefined ? [{ name, method, audience, ...(url === undefined ? {} : { url }) }] : [];
  });
}

function aimedPermission({ api, roles, sites = [] }: Permission): AimedPermission {
  return {
    api: api === 'graph' || api === 'sharepoint' ? knownApis[api].appId : api,
    roles,
    sites: sites.flatMap(({ url, role }) => siteOf(url, role) ?? []),
  };
}

export function commandLineOf(spec: Spec, environment: string, cloudFile: string | undefined): Call {
  return {
    specs: [spec.source.file],
    environments: environment === '' ? [] : [environment],
    ...inCloud(cloudFile),
  };
}
