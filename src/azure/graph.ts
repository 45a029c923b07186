import type {
  AppRoleAssignment,
  Application as GraphApplication,
  ServicePrincipal as GraphServicePrincipal,
  KeyCredential,
  RequiredResourceAccess,
  User,
} from '@microsoft/microsoft-graph-types';
import { mark } from '../cloud/marks.ts';
import { rights } from '../cloud/rights.ts';
import { ifThere } from './attempt.ts';
import type { Azure } from './azure.ts';
import { AzureError } from './azure-error.ts';
import { makeOnce } from './make-once.ts';
import { listPages } from './pages.ts';
import { type Call, callService, tellService } from './rest.ts';

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
  /** Whether `createApplication` made it. */
  readonly isMadeHere: boolean;
  /** What signs in besides certificates, or is asked for by others: secrets, and identifiers as an API. */
  readonly others: { readonly secrets: number; readonly identifiers: readonly string[] };
}

export interface ServicePrincipal {
  readonly id: string;
  readonly appId: string;
  readonly displayName: string;
  /** Whether it may sign in. */
  readonly isEnabled: boolean;
  /** Application permissions that it offers, by name. */
  readonly roles: ReadonlyMap<string, string>;
}

const applicationParts =
  '$select=id,appId,displayName,keyCredentials,requiredResourceAccess,tags,passwordCredentials,identifierUris';

/** Reads an application whole, with the public keys of its certificates, which Graph gives for a single one only. */
export async function readApplication(azure: Azure, id: string): Promise<Application> {
  const call = {
    tried: `reading the app registration ${id}`,
    right: rights.readApplications,
    path: `/v1.0/applications/${encodeURIComponent(id)}?${applicationParts}`,
  };
  return callService(azure, azure.profile.graph, call, toApplication);
}

/** The same by its client id; undefined where the tenant has none. */
export async function findApplication(azure: Azure, appId: string): Promise<Application | undefined> {
  const call = {
    tried: `looking for the app registration "${appId}"`,
    right: rights.readApplications,
    path: `/v1.0/applications(appId=${encodeURIComponent(quoted(appId))})?${applicationParts}`,
  };
  return ifThere(callService(azure, azure.profile.graph, call, toApplication));
}

/** The applications with a client id (at most one) or a name (any number; case does not count to Graph). */
export async function findApplications(
  azure: Azure,
  by: { readonly appId: string } | { readonly displayName: string },
): Promise<{ readonly id: string; readonly appId: string; readonly displayName: string }[]> {
  const [[key, value] = ['', '']] = Object.entries(by);
  const call = {
    tried: `looking for the app registration "${value}"`,
    right: rights.readApplications,
    path: `/v1.0/applications?$filter=${filter(key, value)}&$select=id,appId,displayName`,
  };
  return listAll(azure, call, ({ id, appId, displayName }: GraphApplication) => ({
    id: id ?? '',
    appId: appId ?? '',
    displayName: displayName ?? '',
  }));
}

/**
 * Clouds whose Graph knows no `uniqueName` of applications. Source: Microsoft's Graph reference, "Upsert application", national cloud
 * deployments.
 */
const cloudsWithoutUniqueNames = ['usGovernment', 'china'];

/**
 * Registers an application for this tenant alone, without redirect address or secret. `uniqueName` is kept with it for good: however
 * often this is asked, and whatever answers were lost, there is one of the name (docs/facts/certificates.md#microsoft-graph).
 */
export async function createApplication(
  azure: Azure,
  { displayName, uniqueName }: { readonly displayName: string; readonly uniqueName: string },
): Promise<Application> {
  const call = { tried: `registering the application "${displayName}"`, right: rights.register };
  const body = { displayName, signInAudience: 'AzureADMyOrg', tags: [mark] };
  if (cloudsWithoutUniqueNames.includes(azure.profile.name)) {
    const request = { ...call, method: 'POST', path: '/v1.0/applications', body } as const;
    const make = () => callService(azure, azure.profile.graph, request, toApplication);
    const find = async () => {
      const [found] = await findApplications(azure, { displayName });
      return found && readApplication(azure, found.id);
    };
    return makeOnce(azure, { make, find });
  }
  const path = addressOf(uniqueName);
  const headers = { prefer: 'create-if-missing' };
  const request = { ...call, method: 'PATCH', path, body, headers } as const;
  const made = await callService(azure, azure.profile.graph, request, toApplication);
  // One that was there already is answered without anything.
  if (made.appId !== '') return made;
  return callService(azure, azure.profile.graph, { ...call, path: `${path}?${applicationParts}` }, toApplication);
}

/** The application of a unique name, where the cloud knows such names; undefined where there is none. */
export async function findByUniqueName(azure: Azure, uniqueName: string): Promise<Application | undefined> {
  if (cloudsWithoutUniqueNames.includes(azure.profile.name)) return undefined;
  const call = {
    tried: `looking for the app registration of the unique name ${uniqueName}`,
    right: rights.readApplications,
    path: `${addressOf(uniqueName)}?${applicationParts}`,
  };
  return ifThere(callService(azure, azure.profile.graph, call, toApplication));
}

function addressOf(uniqueName: string): string {
  return `/v1.0/applications(uniqueName=${encodeURIComponent(quoted(uniqueName))})`;
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
  await tellService(azure, azure.profile.graph, {
    tried: `changing the app registration "${displayName}"`,
    right: rights.changeApplication,
    method: 'PATCH',
    path: `/v1.0/applications/${encodeURIComponent(id)}`,
    body: changes,
  });
}

/**
 * The service principal of an application, by its client id or by one of its identifiers (`api://…`); that of a managed identity by its own
 * id, which Graph does not know in the first minutes.
 */
export async function findServicePrincipal(
  azure: Azure,
  by: { readonly appId: string } | { readonly identifier: string } | { readonly id: string },
): Promise<ServicePrincipal | undefined> {
  const [value = ''] = Object.values(by);
  const [key = ''] = Object.keys(by);
  const where =
    key === 'identifier' ? encodeURIComponent(`servicePrincipalNames/any(n:n eq ${quoted(value)})`) : filter(key, value);
  const call = {
    tried: `looking for the service principal of ${value}`,
    right: rights.readApplications,
    path: `/v1.0/servicePrincipals?$filter=${where}&$select=id,appId,displayName,accountEnabled,appRoles`,
  };
  const [found] = await listAll(azure, call, toServicePrincipal);
  return found;
}

export async function createServicePrincipal(azure: Azure, appId: string): Promise<ServicePrincipal> {
  const request = {
    tried: `making the service principal of ${appId}`,
    right: rights.register,
    method: 'POST',
    path: '/v1.0/servicePrincipals',
    body: { appId },
  } as const;
  return makeOnce(azure, {
    make: () => callService(azure, azure.profile.graph, request, toServicePrincipal),
    find: () => findServicePrincipal(azure, { appId }),
  });
}

/** The permissions that were consented to for a service principal: which role of which API. */
export async function listGrantedRoles(azure: Azure, principalId: string): Promise<{ resourceId: string; appRoleId: string }[]> {
  const call = {
    tried: 'reading which permissions are consented to',
    right: rights.readApplications,
    path: `/v1.0/servicePrincipals/${encodeURIComponent(principalId)}/appRoleAssignments`,
  };
  return listAll(azure, call, ({ resourceId, appRoleId }: AppRoleAssignment) => ({
    resourceId: resourceId ?? '',
    appRoleId: appRoleId ?? '',
  }));
}

/**
 * Consents to one application permission for the whole tenant. Microsoft recommends the API's side (`appRoleAssignedTo`). Where somebody
 * else has consented in the meantime, Graph answers with 400: then what was asked for is there.
 */
export async function grantRole(
  azure: Azure,
  role: { readonly name: string; readonly principalId: string; readonly resourceId: string; readonly appRoleId: string },
): Promise<void> {
  const { name, principalId, resourceId, appRoleId } = role;
  const find = async () =>
    (await listGrantedRoles(azure, principalId)).find((one) => one.resourceId === resourceId && one.appRoleId === appRoleId);
  try {
    await makeOnce<unknown>(azure, {
      make: () =>
        tellService(azure, azure.profile.graph, {
          tried: `consenting to the permission ${name}`,
          right: rights.consent,
          method: 'POST',
          path: `/v1.0/servicePrincipals/${encodeURIComponent(resourceId)}/appRoleAssignedTo`,
          body: { principalId, resourceId, appRoleId },
        }),
      find,
    });
  } catch (error) {
    if (!(error instanceof AzureError) || error.status !== 400 || (await find()) === undefined) throw error;
  }
}

/** The object id of a user, by the name that they sign in with. */
export async function findUser(azure: Azure, name: string): Promise<string | undefined> {
  const call = {
    tried: `looking for the user ${name}`,
    right: rights.readUsers,
    path: `/v1.0/users/${encodeURIComponent(name)}?$select=id`,
  };
  return ifThere(callService(azure, azure.profile.graph, call, ({ id }: User) => id));
}

/** What `read` makes of the items of a list, of all its pages. */
export async function listAll<Item, Result>(azure: Azure, call: Call, read: (item: Item) => Result): Promise<Result[]> {
  return listPages(azure, azure.profile.graph, call, '@odata.nextLink', read);
}

function filter(key: string, value: string): string {
  return encodeURIComponent(`${key} eq ${quoted(value)}`);
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function toApplication(found: GraphApplication): Application {
  const { id, appId, displayName, keyCredentials, requiredResourceAccess, tags } = found;
  return {
    id: id ?? '',
    appId: appId ?? '',
    displayName: displayName ?? '',
    keyCredentials: keyCredentials ?? [],
    requiredResourceAccess: requiredResourceAccess ?? [],
    isMadeHere: tags?.includes(mark) === true,
    others: { secrets: found.passwordCredentials?.length ?? 0, identifiers: found.identifierUris ?? [] },
  };
}

function toServicePrincipal(found: GraphServicePrincipal): ServicePrincipal {
  const { id, appId, displayName, accountEnabled, appRoles } = found;
  const roles = (appRoles ?? [])
    .filter(({ allowedMemberTypes, isEnabled }) => isEnabled !== false && allowedMemberTypes?.includes('Application'))
    .map(({ value, id: roleId }): [string, string] => [value ?? '', roleId ?? '']);
  return {
    id: id ?? '',
    appId: appId ?? '',
    displayName: displayName ?? '',
    isEnabled: accountEnabled !== false,
    roles: new Map(roles),
  };
}
