import { randomUUID } from 'node:crypto';
import { knownService } from '../../cloud/clouds.ts';
import type { Application, AppRole, KeyCredential, ServicePrincipal, State } from '../state.ts';

/** Microsoft's own applications that are in every tenant. Ids: Microsoft's "First-party application IDs" and "Permissions reference". */
export const graphAppId = '00000003-0000-0000-c000-000000000000';
export const sharePointAppId = '00000003-0000-0ff1-ce00-000000000000';

const firstParty: readonly Omit<ServicePrincipal, 'id' | 'servicePrincipalType' | 'accountEnabled' | 'alternativeNames'>[] = [
  {
    appId: graphAppId,
    displayName: 'Microsoft Graph',
    servicePrincipalNames: ['https://graph.microsoft.com'],
    appRoles: roles({
      'Application.ReadWrite.All': '1bfefb4e-e0b5-418b-a88f-73c46d2cc8e9',
      'Application.ReadWrite.OwnedBy': '18a4783c-866b-4cc7-a460-3d5e5662c884',
      'AppRoleAssignment.ReadWrite.All': '06b708a9-e830-4db3-a914-8e69da51d44f',
      'Directory.Read.All': '7ab1d382-f21e-4acd-a863-ba3e13f7da61',
      'Files.Read.All': '01d4889c-1287-42c6-ac1f-5d1e02578ef6',
      'Group.Read.All': '5b567255-7703-4780-807c-7be8301ae99b',
      'Mail.Read': '810c84a8-4a9e-49e6-bf7d-12d183f40d01',
      'Mail.Send': 'b633e1c5-b582-4048-a93e-9f11b44c7e96',
      'Sites.FullControl.All': 'a82116e5-55eb-4c41-a434-62fe8a61c773',
      'Sites.Read.All': '332a536c-c7ef-4017-ab91-336970924f0d',
      'Sites.Selected': '883ea226-0bf2-4a8f-9f9d-92c9162a727d',
      'User.Read.All': 'df021288-bdef-4463-88db-98f22de89214',
    }),
  },
  {
    appId: sharePointAppId,
    displayName: 'Office 365 SharePoint Online',
    servicePrincipalNames: [],
    appRoles: roles({
      'Sites.FullControl.All': '678536fe-1083-478a-9c59-b99265e6b0d3',
      'Sites.Manage.All': '9bff6588-13f2-4c48-bbf2-ddab62256b36',
      'Sites.Read.All': 'd13f72ca-a275-4b96-b789-48ebcc4da984',
      'Sites.ReadWrite.All': 'fbcd29d2-fcca-4405-aded-518d457caae4',
      'Sites.Selected': '20d37865-089c-4dee-8c41-6967602d4ac8',
    }),
  },
  {
    appId: '797f4846-ba00-4fd7-ba43-dac1f8f63013',
    displayName: 'Windows Azure Service Management API',
    servicePrincipalNames: ['https://management.azure.com', 'https://management.core.windows.net'],
    appRoles: [],
  },
  {
    appId: 'cfa8b339-82a2-471a-a3c9-0fc0be7a4093',
    displayName: 'Azure Key Vault',
    servicePrincipalNames: ['https://vault.azure.net'],
    appRoles: [],
  },
];

function roles(ids: Readonly<Record<string, string>>): AppRole[] {
  return Object.entries(ids).map(([value, id]) => appRole(value, id));
}

/** An application permission of an API. */
export function appRole(value: string, id: string): AppRole {
  return { id, value, displayName: value, description: value, allowedMemberTypes: ['Application'], isEnabled: true };
}

export function addFirstParty(state: State) {
  for (const principal of firstParty) {
    const id = randomUUID();
    state.servicePrincipals.set(id, {
      ...principal,
      id,
      servicePrincipalType: 'Application',
      accountEnabled: true,
      alternativeNames: [],
    });
  }
}

export function applicationByAppId({ applications }: State, appId: string): Application | undefined {
  return [...applications.values()].find((application) => same(application.appId, appId));
}

export function principalByAppId({ servicePrincipals }: State, appId: string): ServicePrincipal | undefined {
  return [...servicePrincipals.values()].find((principal) => same(principal.appId, appId));
}

/** The API that an audience means: by one of its names, its id, or, for SharePoint, the tenant's host. */
export function principalForAudience(state: State, audience: string): ServicePrincipal | undefined {
  const wanted = audience.replace(/\/$/, '');
  const host = URL.parse(wanted)?.host ?? '';
  if (knownService(host)?.service === 'sharepoint' && URL.parse(wanted)?.pathname === '/')
    return principalByAppId(state, sharePointAppId);
  return [...state.servicePrincipals.values()].find(({ appId, servicePrincipalNames }) => {
    const registered = applicationByAppId(state, appId)?.identifierUris ?? [];
    return [appId, ...servicePrincipalNames, ...registered].some((name) => same(name.replace(/\/$/, ''), wanted));
  });
}

/** Names of the application permissions that one principal was granted on another. */
export function rolesOf(state: State, principalId: string, resource: ServicePrincipal): string[] {
  const roles = [...resource.appRoles, ...(applicationByAppId(state, resource.appId)?.appRoles ?? [])];
  const granted = [...state.appRoleAssignments.values()]
    .filter((assignment) => assignment.principalId === principalId && assignment.resourceId === resource.id)
    .flatMap(({ appRoleId }) => roles.find(({ id }) => same(id, appRoleId))?.value ?? []);
  return [...new Set(granted)];
}

export interface NewApplication {
  readonly displayName: string;
  readonly appId?: string;
  readonly uniqueName?: string;
  readonly identifierUris?: readonly string[];
  readonly appRoles?: readonly AppRole[];
  readonly requiredResourceAccess?: readonly unknown[];
  readonly signInAudience?: string;
  readonly keyCredentials?: readonly KeyCredential[];
  readonly tags?: readonly string[];
}

export function addApplication({ applications }: State, given: NewApplication): Application {
  const application: Application = {
    id: randomUUID(),
    appId: given.appId ?? randomUUID(),
    displayName: given.displayName,
    uniqueName: given.uniqueName ?? null,
    signInAudience: given.signInAudience ?? 'AzureADandPersonalMicrosoftAccount',
    createdDateTime: new Date().toISOString(),
    identifierUris: given.identifierUris ?? [],
    appRoles: given.appRoles ?? [],
    requiredResourceAccess: given.requiredResourceAccess ?? [],
    keyCredentials: given.keyCredentials ?? [],
    tags: given.tags ?? [],
  };
  applications.set(application.id, application);
  return application;
}

export function addServicePrincipal({ servicePrincipals }: State, { appId, displayName }: Application): ServicePrincipal {
  const principal: ServicePrincipal = {
    id: randomUUID(),
    appId,
    displayName,
    servicePrincipalType: 'Application',
    accountEnabled: true,
    servicePrincipalNames: [],
    appRoles: [],
    alternativeNames: [],
  };
  servicePrincipals.set(principal.id, principal);
  return principal;
}

/** The identity that Azure makes for a resource and takes away with it. */
export function addManagedIdentity({ servicePrincipals }: State, resourceId: string, name: string): ServicePrincipal {
  const principal: ServicePrincipal = {
    id: randomUUID(),
    appId: randomUUID(),
    displayName: name,
    servicePrincipalType: 'ManagedIdentity',
    accountEnabled: true,
    servicePrincipalNames: [],
    appRoles: [],
    alternativeNames: [`isExplicit=${/userAssignedIdentities/i.test(resourceId) ? 'True' : 'False'}`, resourceId],
  };
  servicePrincipals.set(principal.id, principal);
  return principal;
}

/** Adds a person to the tenant, once. */
export function addUser({ users }: State, userPrincipalName: string) {
  if ([...users.values()].some((user) => same(user.userPrincipalName, userPrincipalName))) return;
  const id = randomUUID();
  users.set(id, { id, userPrincipalName, displayName: userPrincipalName.split('@')[0] ?? '' });
}

export function same(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}
