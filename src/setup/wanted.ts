import { knownApis } from '../cloud/apis.ts';
import { type Cloud, clouds } from '../cloud/clouds.ts';
import { toPointer } from '../json/pointer.ts';
import { type Site, siteOf } from '../proofs/sites.ts';
import {
  environmentsInAzure,
  isDeveloperMachine,
  refuseDeveloperMachine,
  refuseSharedApplication,
} from '../spec/developer-machine.ts';
import { needCertificate, needsOf } from '../spec/needs.ts';
import { lacking, type Requirement } from '../spec/required.ts';
import type { CertificateEnvironment, Environment, Permission, Spec } from '../spec/spec.ts';
import { type Reader, readersOf } from './readers.ts';

/** What has to be there before somebody can sign in, with every default filled in. On a developer's machine it is all. */
export interface WantedToSignIn {
  readonly spec: Spec;
  readonly environment: CertificateEnvironment;
  readonly cloud: Cloud;
  /** Absent where no request signs in to Entra. */
  readonly application?: WantedApplication;
  /** Absent where the certificate is a file. */
  readonly vault?: WantedVault;
  /** Its subject is used where it is made new. */
  readonly certificate: { readonly name: string; readonly subject: string };
}

/** What has to be there before a workflow can work in one environment. */
export interface Wanted extends WantedToSignIn {
  readonly vault: WantedVault;
  /** Who reads the certificate from the vault. */
  readonly readers: readonly Reader[];
}

export interface WantedApplication {
  /** A GUID or a domain. */
  readonly tenant: string;
  readonly clientId?: string;
  readonly displayName: string;
  readonly permissions: readonly WantedPermission[];
}

/** Application permissions on one API, by name. */
export interface WantedPermission {
  /** Name for people. */
  readonly name: string;
  /** Application id or identifier URI. */
  readonly api: string;
  readonly roles: readonly string[];
  readonly sites: readonly Site[];
}

export interface WantedVault {
  readonly name: string;
  readonly url: string;
  readonly access: 'rbac' | 'policy';
  readonly subscription: string;
  readonly resourceGroup: string;
  /** Where a new one would be made. */
  readonly location?: string;
  readonly tags?: Readonly<Record<string, string>>;
  /** Whether a new one keeps what was deleted, for good. */
  readonly purgeProtection: boolean;
  /** Resource id. */
  readonly id: string;
}

/**
 * What setting up the certificate of a spec for an environment in Azure aims at. Throws a SpecError that names what the spec has to say for
 * it, and a UsageError for a developer's machine, and where nothing signs in with a certificate.
 */
export function wanted(spec: Spec, environment: Environment): Wanted {
  refuseDeveloperMachine(spec, environment, 'its certificate is a file: move it away, and setup makes another');
  const withCertificate = needCertificate(spec, environment, noCertificate);
  const problems: Requirement[] = [];
  const vault = wantedVault(withCertificate, problems);
  return { ...wantedToSignIn(spec, withCertificate, problems), vault, readers: readersOf(spec, environment) };
}

const noCertificate = 'no certificate to look after';

/** What setting up any environment aims at, for those who do it by hand. Throws what `wanted` throws, but for a developer's machine. */
export function aimOf(spec: Spec, environment: Environment): WantedToSignIn {
  return isDeveloperMachine(environment) ? wantedLocally(spec, environment) : wanted(spec, environment);
}

/**
 * What setting up a developer's machine aims at. Throws a SpecError that names what the spec has to say for it, and a RefusedError where
 * its app registration is that of another environment.
 */
export function wantedLocally(spec: Spec, environment: Environment): WantedToSignIn {
  refuseSharedApplication(spec, environment, environment.appRegistration.clientId ?? '');
  return wantedToSignIn(spec, needCertificate(spec, environment, noCertificate), []);
}

function wantedToSignIn(spec: Spec, environment: CertificateEnvironment, problems: Requirement[]): WantedToSignIn {
  const { cloud, appRegistration } = environment;
  const displayName = appRegistration.displayName ?? defaultName(spec, environment);
  const application = needsOf(spec).registration ? wantedApplication(environment, displayName, problems) : undefined;
  if (problems.length > 0) throw lacking(spec, environment, problems);
  return {
    spec,
    environment,
    cloud: clouds[cloud],
    ...(application && { application }),
    certificate: { name: environment.certificate.name, subject: `CN=${displayName.replaceAll(/[,+"\\<>;=#\r\n]/g, ' ').trim()}` },
  };
}

/** Registrations of several environments need several names, or the second run would take the first one's. */
function defaultName(spec: Spec, { name }: Environment): string {
  return hasOwnRegistration(spec, name) ? `${spec.name} (${name})` : spec.name;
}

/** Whether an environment has an app registration of its own: as soon as one says something about it, all have; a developer's machine always. */
export function hasOwnRegistration(spec: Spec, environment: string): boolean {
  return (
    isDeveloperMachine({ name: environment }) ||
    environmentsInAzure(spec).some(
      ({ name }) => name !== '' && spec.source.has(toPointer(['environments', name, 'appRegistration'])),
    )
  );
}

function wantedVault({ vault, targets }: CertificateEnvironment, problems: Requirement[]): WantedVault {
  const target = targets.consumption ?? targets.standard ?? targets.appService;
  const subscription = vault.subscription ?? target?.subscription ?? '';
  const resourceGroup = vault.resourceGroup ?? target?.resourceGroup ?? '';
  for (const [key, value, what] of [
    ['subscription', subscription, 'the id of the Azure subscription of the vault, or of a target'],
    ['resourceGroup', resourceGroup, 'the resource group of the vault, or of a target'],
  ] as const) {
    if (value === '')
      problems.push({ path: ['vault', key], message: `vault.${key} is missing, and no target has one`, help: `write ${what}` });
  }
  const location = vault.location ?? targets.consumption?.location ?? targets.standard?.location ?? targets.appService?.location;
  return {
    name: vault.name,
    url: vault.url,
    access: vault.access,
    subscription,
    resourceGroup,
    ...(location && { location }),
    ...(vault.tags && { tags: vault.tags }),
    purgeProtection: vault.purgeProtection ?? true,
    id: `/subscriptions/${subscription}/resourceGroups/${resourceGroup}/providers/Microsoft.KeyVault/vaults/${vault.name}`,
  };
}

function wantedApplication({ appRegistration }: Environment, displayName: string, problems: Requirement[]): WantedApplication {
  const { tenantId = '', clientId, permissions = [] } = appRegistration;
  return {
    tenant: tenantId,
    ...(clientId && { clientId }),
    displayName,
    permissions: wantedPermissions(permissions, 'appRegistration', problems),
  };
}

/** Permissions as they are set up. `holder`: the key of the spec under which they stand. */
export function wantedPermissions(
  permissions: readonly Permission[],
  holder: 'appRegistration' | 'managedIdentity',
  problems: Requirement[],
): WantedPermission[] {
  return permissions.map(({ api, roles, sites = [] }, index) => {
    const known = api === 'graph' || api === 'sharepoint' ? knownApis[api] : undefined;
    return {
      name: known?.name ?? api,
      api: known?.appId ?? api,
      roles,
      sites: sites.flatMap(({ url, role }, at) => {
        const site = siteOf(url, role);
        if (site) return [site];
        problems.push({
          path: [holder, 'permissions', String(index), 'sites', String(at), 'url'],
          message: `"${url}" is not the address of a SharePoint site`,
          help: 'write https://<tenant>.sharepoint.com/sites/<site>',
        });
        return [];
      }),
    };
  });
}
