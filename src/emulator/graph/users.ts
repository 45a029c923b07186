import { createHash } from 'node:crypto';
import { same } from '../entra/directory.ts';
import type { Routes } from '../http/router.ts';
import type { User } from '../state.ts';
import type { World } from '../world.ts';
import { entity, needs, notFound } from './odata.ts';

/** Domains of the tenant: every name in them is somebody, so that a spec can be tried as it is. */
const otherDomain = 'contoso.com';

export function userRoutes({ state, domain }: World): Routes {
  return {
    'GET /v1.0/users/{name}': (call) => {
      needs(call, 'User.Read.All', 'User.ReadBasic.All', 'Directory.Read.All');
      const name = call.params.name ?? '';
      const known = [...state.users.values()].find(({ id, userPrincipalName }) => id === name || same(userPrincipalName, name));
      if (known) return entity(call, 'users', known);
      if (![domain, otherDomain].some((one) => name.toLowerCase().endsWith(`@${one}`))) notFound(name);
      const user: User = { id: idOf(name.toLowerCase()), userPrincipalName: name, displayName: name.split('@')[0] ?? name };
      state.users.set(user.id, user);
      return entity(call, 'users', user);
    },
  };
}

function idOf(name: string): string {
  return createHash('sha256')
    .update(name)
    .digest('hex')
    .replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*/, '$1-$2-4$3-8$4-$5');
}
