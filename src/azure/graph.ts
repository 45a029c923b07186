import type {
  AppRoleAssignment,
  Application as GraphApplication,
  ServicePrincipal as GraphServicePrincipal,
  KeyCredential,
  RequiredResourceAccess,
} from '@microsoft/microsoft-graph-types';
import { rights } from '../cloud/rights.ts';
import { ifThere } from './attempt.ts';
import type { Azure } from './azure.ts';
import { listPages } from './pages.ts';
import { type Call, callService } from './rest.ts';

/**
 * Applications and service principals in Microsoft Graph v1.0. Shapes: docs/facts/certificates.md#microsoft-graph, and
 * Microsoft's own types.
 */

export interface Application {
  /** Object id, by which Graph addresses it. */
  readonly id: string;
  /** Application (client) id. */
  readonly appId: string;
  readonly displayName: string;
  readonly keyCredentials: readonly KeyCredential[];
  readonly requiredResourceAccess: readonly RequiredResourceAccess[];
}

export interface ServicePrincipal {
  readonly id: string;
  readonly appId: string;
  readonly displayName: string;
  /** Application permissions that it offers, by name. */
  readonly roles: ReadonlyMap<string, string>;
}

const applicationParts = '$select=id,appId,displayName,keyCredentials,requiredResourceAccess';

/** Reads an application whole, with the public keys of its certificates, which Graph gives for a single one only. */
export async function readApplication(azure: Azure, id: string): Promise<Application> {
  const found = await callService<GraphApplication>(azure, azure.profile.graph, {
    tried: `reading the app registration ${id}`,
    right: rights.readApplications,
    path: `/v1.0/applications/${encodeURIComponent(id)}?${applicationParts}`,
  });
  return toApplication(found);
}

/** The applications with a client id (at most one) or a name (any number; case does not count to Graph). */
export async function findApplications(
  azure: Azure,
  by: { readonly appId: string } | { readonly displayName: string },
): Promise<{ readonly id: string; readonly appId: string; readonly displayName: string }[]> {
  const [[key, value] = ['', '']] = Object.entries(by);
  const found = await listAll<GraphApplication>(azure, {
    tried: `looking for the app registration "${value}"`,
    right: rights.readApplications,
    path: `/v1.0/applications?$filter=${filter(key, value)}&$select=id,appId,displayName`,
  });
  return found.map(({ id, appId, displayName }) => ({ id: id ?? '', appId: appId ?? '', displayName: displayName ?? '' }));
}

/** Registers an application for this tenant alone, without redirect address or secret. */
export async function createApplication(azure: Azure, displayName: string): Promise<Application> {
  const made = await callService<GraphApplication>(azure, azure.profile.graph, {
    tried: `registering the application "${displayName}"`,
    right: rights.register,
    method: 'POST',
    path: '/v1.0/applications',
    body: { displayName, signInAudience: 'AzureADMyOrg' },
  });
  return toApplication(made);
}

/**
 * Replaces parts of an application. A list that is given replaces the one there: send what is there along. Certificates have a way of
 * their own (key-credentials.ts).
 */
export async function updateApplication(
  azure: Azure,
  { id, displayName }: Pick<Application, 'id' | 'displayName'>,
  changes: { readonly requiredResourceAccess: readonly RequiredResourceAccess[] },
): Promise<void> {
  await callService(azure, azure.profile.graph, {
    tried: `changing the app registration "${displayName}"`,
    right: rights.changeApplication,
    method: 'PATCH',
    path: `/v1.0/applications/${encodeURIComponent(id)}`,
    body: changes,
  });
}

/** The service principal of an application, by its client id or by one of its identifiers (`api://…`). */
export async function findServicePrincipal(
  azure: Azure,
  by: { readonly appId: string } | { readonly identifier: string },
): Promise<ServicePrincipal | undefined> {
  const [value] = Object.values(by);
  const where =
    'appId' in by ? filter('appId', by.appId) : encodeURIComponent(`servicePrincipalNames/any(n:n eq ${quoted(by.identifier)})`);
  const [found] = await listAll<GraphServicePrincipal>(azure, {
    tried: `looking for the service principal of ${value}`,
    right: rights.readApplications,
    path: `/v1.0/servicePrincipals?$filter=${where}&$select=id,appId,displayName,appRoles`,
  });
  return found && toServicePrincipal(found);
}

export async function createServicePrincipal(azure: Azure, appId: string): Promise<ServicePrincipal> {
  const made = await callService<GraphServicePrincipal>(azure, azure.profile.graph, {
    tried: `making the service principal of ${appId}`,
    right: rights.register,
    method: 'POST',
    path: '/v1.0/servicePrincipals',
    body: { appId },
  });
  return toServicePrincipal(made);
}

/** The permissions that were consented to for a service principal: which role of which API. */
export async function listGrantedRoles(azure: Azure, principalId: string): Promise<{ resourceId: string; appRoleId: string }[]> {
  const found = await listAll<AppRoleAssignment>(azure, {
    tried: 'reading which permissions are consented to',
    right: rights.readApplications,
    path: `/v1.0/servicePrincipals/${encodeURIComponent(principalId)}/appRoleAssignments`,
  });
  return found.map(({ resourceId, appRoleId }) => ({ resourceId: resourceId ?? '', appRoleId: appRoleId ?? '' }));
}

/** Consents to one application permission for the whole tenant. Microsoft recommends the API's side (`appRoleAssignedTo`). */
export async function grantRole(
  azure: Azure,
  role: { readonly name: string; readonly principalId: string; readonly resourceId: string; readonly appRoleId: string },
): Promise<void> {
  const { name, principalId, resourceId, appRoleId } = role;
  await callService(azure, azure.profile.graph, {
    tried: `consenting to the permission ${name}`,
    right: rights.consent,
    method: 'POST',
    path: `/v1.0/servicePrincipals/${encodeURIComponent(resourceId)}/appRoleAssignedTo`,
    body: { principalId, resourceId, appRoleId },
  });
}

/** The object id of a user, by the name that they sign in with. */
export async function findUser(azure: Azure, name: string): Promise<string | undefined> {
  const found = await ifThere(
    callService<{ id: string }>(azure, azure.profile.graph, {
      tried: `looking for the user ${name}`,
      right: rights.readUsers,
      path: `/v1.0/users/${encodeURIComponent(name)}?$select=id`,
    }),
  );
  return found?.id;
}

/** All pages of a list. */
export async function listAll<Item>(azure: Azure, call: Call): Promise<Item[]> {
  return listPages(azure, azure.profile.graph, call, '@odata.nextLink');
}

function filter(key: string, value: string): string {
  return encodeURIComponent(`${key} eq ${quoted(value)}`);
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function toApplication({ id, appId, displayName, keyCredentials, requiredResourceAccess }: GraphApplication): Application {
  return {
    id: id ?? '',
    appId: appId ?? '',
    displayName: displayName ?? '',
    keyCredentials: keyCredentials ?? [],
    requiredResourceAccess: requiredResourceAccess ?? [],
  };
}

function toServicePrincipal({ id, appId, displayName, appRoles }: GraphServicePrincipal): ServicePrincipal {
  const roles = (appRoles ?? [])
    .filter(({ allowedMemberTypes, isEnabled }) => isEnabled !== false && allowedMemberTypes?.includes('Application'))
    .map(({ value, id: roleId }): [string, string] => [value ?? '', roleId ?? '']);
  return { id: id ?? '', appId: appId ?? '', displayName: displayName ?? '', roles: new Map(roles) };
}
