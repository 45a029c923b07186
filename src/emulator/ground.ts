import { randomUUID } from 'node:crypto';
import { createCertificate } from '../certificate/index.ts';
import { vaultNamed, vaultType } from './arm/providers/vaults.ts';
import { groupId } from './arm/resource-groups.ts';
import { putResource } from './arm/resources.ts';
import { addRoleAssignment, roleAssignments } from './arm/role-assignments.ts';
import { deployerAppId } from './deployer.ts';
import {
  addApplication,
  addServicePrincipal,
  applicationByAppId,
  appRole,
  principalByAppId,
  principalForAudience,
  rolesOf,
} from './entra/directory.ts';
import { keyCredential } from './graph/key-credentials.ts';
import { siteIdOf } from './graph/sites.ts';
import type { ArmResource, ServicePrincipal } from './state.ts';
import { keepCertificate } from './vault/keep-certificate.ts';
import { objectKey } from './vault/objects.ts';
import { completePolicy } from './vault/policy.ts';
import type { World } from './world.ts';

/** What has to be there before a workflow is deployed, and is otherwise an admin's work. */
export interface Ground {
  /** Where the workflow itself will be. */
  readonly subscription: string;
  readonly location: string;
  /** The tenant as the spec names it, where that is a domain. */
  readonly domain?: string;
  /** Hosts of SharePoint that the spec asks. */
  readonly hosts: readonly string[];
  /** The identity of what runs. */
  readonly identity: Rights & {
    /** Resource id of a user-assigned one; absent where what runs has its own, which comes with it. */
    readonly id?: string;
  };
  /** Resource id of an app that is there before it gets its settings. */
  readonly site?: string;
  /** Absent where nothing signs in with a certificate. */
  readonly vault?: {
    readonly subscription: string;
    readonly resourceGroup: string;
    readonly name: string;
    readonly usesRoles: boolean;
  };
  /** Name of the certificate in the vault; absent where there is none. */
  readonly certificate?: string;
  /** The app registration that signs in with it; absent where no request signs in to Entra. */
  readonly application?: Rights & { readonly clientId: string; readonly displayName: string };
}

/** What somebody may do. */
interface Rights {
  /** The APIs that are asked, and the permissions there, with consent. */
  readonly apis: readonly Api[];
  /** What may be done on single sites, by their addresses. */
  readonly sites: readonly { readonly url: string; readonly role: string }[];
}

interface Api {
  /** An audience, or the id of the application that the API is. */
  readonly audience: string;
  readonly roles: readonly string[];
}

/** Makes what is missing of it: identity, app, vault, certificate, app registration with the certificate, permissions with consent, rights on sites. */
export async function layGround(
  world: World,
  { location, identity, site, vault, certificate, application }: Ground,
): Promise<void> {
  const { state } = world;
  if (identity.id !== undefined) {
    const made = state.resources.get(identity.id.toLowerCase()) ?? put(world, location, identity.id, {});
    const principal = state.servicePrincipals.get(String(made.properties.principalId));
    if (principal) giveRights(world, principal, identity);
  } else for (const { audience, roles } of identity.apis) offered(world, audience, roles);
  if (site !== undefined && !state.resources.has(site.toLowerCase())) put(world, location, site, {});
  if (!vault || certificate === undefined) return;
  const stored = vaultNamed(state, vault.name) ?? putVault(world, location, vault);
  seeVault(world, stored);
  const der = await certificateIn(world, stored, certificate);
  if (!application) return;
  const { clientId: appId, displayName } = application;
  const registered = applicationByAppId(state, appId) ?? addApplication(state, { appId, displayName });
  const credential = keyCredential(der, certificate);
  // Beside those of other environments.
  if (!registered.keyCredentials.some(({ key }) => key === credential.key))
    state.applications.set(registered.id, { ...registered, keyCredentials: [...registered.keyCredentials, credential] });
  const principal = principalByAppId(state, appId) ?? addServicePrincipal(state, registered);
  giveRights(world, principal, application);
}

function giveRights(world: World, principal: ServicePrincipal, { apis, sites }: Rights) {
  for (const api of apis) consent(world, principal, api);
  for (const site of sites) grantSite(world, principal, site);
}

function grantSite({ state }: World, { appId, displayName }: ServicePrincipal, { url, role }: { url: string; role: string }) {
  const siteId = siteIdOf(url);
  const isHeld = [...state.sitePermissions.values()].some((one) => one.siteId === siteId && one.application.id === appId);
  if (isHeld) return;
  const id = randomUUID();
  state.sitePermissions.set(id, { id, siteId, roles: [role], application: { id: appId, displayName } });
}

/** The certificate in the vault, DER; made where there is none of the name. */
async function certificateIn(world: World, vault: ArmResource, name: string): Promise<Buffer> {
  const before = world.state.certificates.get(objectKey(vault, name))?.versions.at(-1);
  if (before) return Buffer.from(before.cer, 'base64');
  const made = await createCertificate({ subject: `CN=${name}` });
  keepCertificate(world, vault, name, made, { policy: completePolicy(undefined, made.certificate), enabled: true });
  return made.certificate.raw;
}

/** An API that offers these permissions. One that nobody knows is registered, and a permission that it does not offer yet is one from then on. */
function offered({ state }: World, audience: string, roles: readonly string[]): ServicePrincipal {
  const known =
    principalForAudience(state, audience) ??
    addServicePrincipal(state, addApplication(state, { displayName: audience, identifierUris: [audience] }));
  const names = known.appRoles.map(({ value }) => value);
  const more = roles.filter((role) => !names.includes(role)).map((role) => appRole(role, randomUUID()));
  const api = { ...known, appRoles: [...known.appRoles, ...more] };
  state.servicePrincipals.set(api.id, api);
  return api;
}

/** Grants the permissions of an API. */
function consent(world: World, principal: ServicePrincipal, { audience, roles }: Api) {
  const { state } = world;
  const api = offered(world, audience, roles);
  const granted = rolesOf(state, principal.id, api);
  for (const { id: appRoleId, value } of api.appRoles) {
    if (!roles.includes(value) || granted.includes(value)) continue;
    const id = randomUUID();
    const createdDateTime = new Date().toISOString();
    state.appRoleAssignments.set(id, { id, principalId: principal.id, resourceId: api.id, appRoleId, createdDateTime });
  }
}

/** Makes a resource as its owner would, with its resource group. */
function put(world: World, location: string, id: string, properties: Readonly<Record<string, unknown>>): ArmResource {
  const { state, tenantId } = world;
  const [, subscription = '', resourceGroup = ''] = /^\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\//i.exec(id) ?? [];
  const group = groupId(`/subscriptions/${subscription}`, resourceGroup);
  if (!state.groups.has(group.toLowerCase()))
    state.groups.set(group.toLowerCase(), {
      id: group,
      name: resourceGroup,
      type: 'Microsoft.Resources/resourceGroups',
      location,
      properties: { provisioningState: 'Succeeded' },
    });
  const owner = { objectId: principalByAppId(state, deployerAppId)?.id ?? '', appId: deployerAppId, tenantId, roles: [] };
  return putResource(world, owner, id, { location, properties }).resource;
}

/** Lets whoever tries certflow see the certificates of a vault, without their keys, as somebody may who looks after it. */
function seeVault({ state }: World, vault: ArmResource) {
  const principalId = principalByAppId(state, deployerAppId)?.id ?? '';
  const isHeld = roleAssignments(state).some(
    ({ properties }) => properties.principalId === principalId && properties.scope === vault.id,
  );
  if (!isHeld) addRoleAssignment(state, { scope: vault.id, role: 'keyVaultReader', principalId });
}

function putVault(
  world: World,
  location: string,
  { subscription, resourceGroup, name, usesRoles }: NonNullable<Ground['vault']>,
): ArmResource {
  const id = `/subscriptions/${subscription}/resourceGroups/${resourceGroup}/providers/${vaultType}/${name}`;
  const { state, tenantId } = world;
  const objectId = principalByAppId(state, deployerAppId)?.id ?? '';
  const accessPolicies = usesRoles ? [] : [{ tenantId, objectId, permissions: { certificates: ['get', 'list'] } }];
  const sku = { family: 'A', name: 'standard' };
  return put(world, location, id, { tenantId, sku, accessPolicies, enableRbacAuthorization: usesRoles });
}
