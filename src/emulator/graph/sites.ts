import { createHash, randomBytes } from 'node:crypto';
import { knownService } from '../../cloud/clouds.ts';
import { member } from '../../json/member.ts';
import { applicationByAppId, principalByAppId } from '../entra/directory.ts';
import { noContent, ok, refuse } from '../http/answer.ts';
import type { Call, Routes } from '../http/router.ts';
import type { SitePermission } from '../state.ts';
import type { World } from '../world.ts';
import { allow } from './permissions.ts';
import { collection } from './query.ts';

const siteRoles = ['read', 'write', 'manage', 'fullcontrol', 'owner'];

/** SharePoint sites, all that are asked for in the tenant's own host, and what applications may do in them (Sites.Selected). */
export function siteRoutes(world: World): Routes {
  const { state } = world;
  const find = (call: Call) => {
    allow(call.caller, 'readSites');
    const { host = '', path = '' } = call.params;
    return ok(siteAt(world, host, path));
  };
  const permissionsOf = ({ params }: Call) => [...state.sitePermissions.values()].filter(({ siteId }) => siteId === params.site);
  const found = (call: Call): SitePermission =>
    permissionsOf(call).find(({ id }) => id === call.params.permission) ?? refuse(404, 'itemNotFound', 'Item not found');
  return {
    'GET /v1.0/sites/{host}:/{path*}:': find,
    'GET /v1.0/sites/{host}:/{path*}': find,
    'GET /v1.0/sites/{site}/permissions': (call) => {
      allow(call.caller, 'grantSites');
      return ok(collection(call, 'permissions', permissionsOf(call).map(shown)));
    },
    'POST /v1.0/sites/{site}/permissions': (call) => {
      allow(call.caller, 'grantSites');
      const body = call.json();
      const identities = body.grantedToIdentities ?? body.grantedToIdentitiesV2;
      const appId = member(Array.isArray(identities) ? identities[0] : undefined, 'application', 'id');
      // An identity has a service principal, and no application object.
      const known = typeof appId === 'string' ? (applicationByAppId(state, appId) ?? principalByAppId(state, appId)) : undefined;
      if (typeof appId !== 'string' || known === undefined)
        refuse(
          400,
          'invalidRequest',
          'One of the provided arguments is not acceptable: grantedToIdentities names no application of the tenant.',
        );
      const permission: SitePermission = {
        id: randomBytes(24).toString('base64url'),
        siteId: call.params.site ?? '',
        roles: rolesIn(body),
        application: { id: appId, displayName: known.displayName },
      };
      state.sitePermissions.set(permission.id, permission);
      return { status: 201, body: shown(permission) };
    },
    'GET /v1.0/sites/{site}/permissions/{permission}': (call) => {
      allow(call.caller, 'grantSites');
      return ok(shown(found(call)));
    },
    'PATCH /v1.0/sites/{site}/permissions/{permission}': (call) => {
      allow(call.caller, 'grantSites');
      const changed = { ...found(call), roles: rolesIn(call.json()) };
      state.sitePermissions.set(changed.id, changed);
      return ok(shown(changed));
    },
    'DELETE /v1.0/sites/{site}/permissions/{permission}': (call) => {
      allow(call.caller, 'grantSites');
      state.sitePermissions.delete(found(call).id);
      return noContent;
    },
    'GET /v1.0/sites/{host}': (call) => {
      allow(call.caller, 'readSites');
      return ok(siteAt(world, call.params.host ?? '', ''));
    },
  };
}

function rolesIn({ roles }: Readonly<Record<string, unknown>>): string[] {
  if (!Array.isArray(roles) || roles.length === 0 || !roles.every((role) => siteRoles.includes(String(role).toLowerCase())))
    refuse(400, 'invalidRequest', `One of the provided arguments is not acceptable: roles must be of ${siteRoles.join(', ')}.`);
  return roles.map(String);
}

function shown({ id, roles, application }: SitePermission) {
  const identities = [{ application }];
  return { id, roles, grantedToIdentitiesV2: identities, grantedToIdentities: identities };
}

/** The name of the tenant in a host: that of personal sites and of the admin center differ by an ending. */
export function sharePointName(host: string): string {
  return (host.toLowerCase().split('.')[0] ?? '').replace(/-(my|admin)$/, '');
}

function siteAt({ sharePointNames }: World, host: string, path: string) {
  if (!sharePointNames.includes(sharePointName(host)) || knownService(host)?.service !== 'sharepoint')
    refuse(400, 'invalidRequest', 'Invalid hostname for this tenancy');
  const webUrl = `https://${host.toLowerCase()}${path === '' ? '' : `/${path.replace(/[:/]+$/, '')}`}`;
  const name = path.split('/').at(-1) ?? '';
  return { id: siteIdOf(webUrl), name, displayName: name, webUrl };
}

/** The id of the site at an address, without final slash. */
export function siteIdOf(webUrl: string): string {
  const hex = createHash('sha256').update(webUrl.toLowerCase()).digest('hex');
  const guid = (at: number) => hex.slice(at, at + 32).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  return `${new URL(webUrl).host},${guid(0)},${guid(32)}`;
}
