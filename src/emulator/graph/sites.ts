import { createHash, randomUUID } from 'node:crypto';
import { noContent, refuse } from '../http/answer.ts';
import type { Call, Routes } from '../http/router.ts';
import type { SitePermission } from '../state.ts';
import type { World } from '../world.ts';
import { collection, entity, needs } from './odata.ts';

/** The tenant's SharePoint. Every site of it is there, but those whose path ends in `missing`. */
const host = 'contoso.sharepoint.com';
const roles = ['read', 'write', 'manage', 'fullcontrol'];
const permissionsPath = '/v1.0/sites/{site}/permissions';

export function siteRoutes({ state }: World): Routes {
  const may = (call: Call) => needs(call, 'Sites.FullControl.All');
  const found = ({ params }: Call): SitePermission => {
    const permission = state.sitePermissions.get(params.permission ?? '');
    if (permission === undefined || permission.siteId !== params.site) noItem();
    return permission;
  };
  return {
    [`GET ${permissionsPath}`]: (call) => {
      may(call);
      const here = [...state.sitePermissions.values()].filter(({ siteId }) => siteId === call.params.site);
      // As in Graph: who has something, and not what.
      return collection(
        call,
        `sites('${call.params.site}')/permissions`,
        here.map((permission) => shown(permission, false)),
      );
    },
    [`POST ${permissionsPath}`]: (call) => {
      may(call);
      const { grantedToIdentities, roles: given } = call.json();
      const [identity] = Array.isArray(grantedToIdentities) ? grantedToIdentities : [];
      const application = identity?.application as { id?: string; displayName?: string } | undefined;
      if (!application?.id) refuse(400, 'invalidRequest', 'grantedToIdentities names no application.');
      const permission: SitePermission = {
        id: Buffer.from(randomUUID()).toString('base64url'),
        siteId: call.params.site ?? '',
        roles: rolesIn(given),
        application: { id: application.id, displayName: application.displayName ?? '' },
      };
      state.sitePermissions.set(permission.id, permission);
      return entity(call, 'permissions', shown(permission, true), 201);
    },
    [`GET ${permissionsPath}/{permission}`]: (call) => {
      may(call);
      return entity(call, 'permissions', shown(found(call), true));
    },
    [`PATCH ${permissionsPath}/{permission}`]: (call) => {
      may(call);
      const permission = { ...found(call), roles: rolesIn(call.json().roles) };
      state.sitePermissions.set(permission.id, permission);
      return entity(call, 'permissions', shown(permission, true));
    },
    [`DELETE ${permissionsPath}/{permission}`]: (call) => {
      may(call);
      state.sitePermissions.delete(found(call).id);
      return noContent;
    },
    'GET /v1.0/sites/{site*}': (call) => {
      needs(call, 'Sites.FullControl.All', 'Sites.Read.All');
      const [name = '', path = ''] = (call.params.site ?? '').split(':');
      if (name.toLowerCase() !== host || /missing\/?$/.test(path)) noItem();
      return entity(call, 'sites', { id: siteId(path), webUrl: `https://${host}${path}`, name: path.split('/').at(-1) ?? '' });
    },
  };
}

/** `<host>,<site collection>,<web>`, the same for the same path. */
function siteId(path: string): string {
  const hash = createHash('sha256').update(path.toLowerCase().replace(/\/$/, '')).digest('hex');
  const guid = (text: string) => text.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return `${host},${guid(hash.slice(0, 32))},${guid(hash.slice(32))}`;
}

function rolesIn(value: unknown): string[] {
  const given = Array.isArray(value) ? value.map(String) : [];
  if (given.length === 0 || given.some((role) => !roles.includes(role)))
    refuse(400, 'invalidRequest', `The roles of a permission are among ${roles.join(', ')}.`);
  return given;
}

function shown({ id, roles: given, application }: SitePermission, withRoles: boolean): object {
  const identity = [{ application }];
  return { id, ...(withRoles ? { roles: given } : {}), grantedToIdentitiesV2: identity, grantedToIdentities: identity };
}

function noItem(): never {
  refuse(404, 'itemNotFound', 'Requested site could not be found');
}
