import { ok } from '../http/answer.ts';
import type { Routes } from '../http/router.ts';
import type { Service } from '../http/service.ts';
import { identifyBy } from '../identify.ts';
import type { World } from '../world.ts';
import { applicationRoutes } from './applications.ts';
import { batchRoutes } from './batch.ts';
import { deletedItemRoutes } from './deleted-items.ts';
import { allow } from './permissions.ts';
import { collection, filtered, notFound, selected } from './query.ts';
import { servicePrincipalRoutes } from './service-principals.ts';
import { siteRoutes } from './sites.ts';

/** Microsoft Graph v1.0, as far as signing in with a certificate needs it. */
export function graphService(world: World): Service {
  const routes = routesOf(world);
  return {
    name: 'graph',
    identify: identifyBy(world, 'graph', {
      missing: ['InvalidAuthenticationToken', 'Access token is empty.'],
      expired: ['InvalidAuthenticationToken', 'Lifetime validation failed, the token is expired.'],
      audience: ['InvalidAuthenticationToken', 'Access token validation failure. Invalid audience.'],
      invalid: ['InvalidAuthenticationToken', 'Access token validation failure.'],
    }),
    routes: { ...routes, ...batchRoutes(routes) },
  };
}

function routesOf(world: World): Routes {
  const { state, tenantId, domain, domains } = world;
  return {
    ...applicationRoutes(world),
    ...deletedItemRoutes(world),
    ...servicePrincipalRoutes(world),
    ...siteRoutes(world),
    'GET /v1.0/users': (call) => {
      allow(call.caller, 'readUsers');
      return ok(collection(call, 'users', filtered(call, [...state.users.values()])));
    },
    'GET /v1.0/users/{user}': (call) => {
      allow(call.caller, 'readUsers');
      const wanted = (call.params.user ?? '').toLowerCase();
      const user = [...state.users.values()].find((one) => one.id === wanted || one.userPrincipalName.toLowerCase() === wanted);
      return ok(selected(call, user ?? notFound(call.params.user)));
    },
    'GET /v1.0/organization': (call) =>
      ok(
        collection(call, 'organization', [
          {
            id: tenantId,
            displayName: 'Contoso',
            verifiedDomains: domains.map((name) => ({ name, isDefault: name === domain, isInitial: name === domain })),
          },
        ]),
      ),
  };
}
