import type { Service } from '../http/service.ts';
import { identifyBy } from '../identify.ts';
import type { World } from '../world.ts';
import { applicationRoutes } from './applications.ts';
import { servicePrincipalRoutes } from './service-principals.ts';
import { siteRoutes } from './sites.ts';
import { userRoutes } from './users.ts';

/** Microsoft Graph v1.0: what setting up a workflow asks of it. */
export function graphService(world: World): Service {
  const text = 'Access token validation failure.';
  return {
    name: 'graph',
    identify: identifyBy(world, 'graph', {
      missing: ['InvalidAuthenticationToken', 'Access token is empty.'],
      expired: ['InvalidAuthenticationToken', 'Lifetime validation failed, the token is expired.'],
      audience: ['InvalidAuthenticationToken', `${text} Invalid audience.`],
      invalid: ['InvalidAuthenticationToken', text],
    }),
    routes: {
      ...applicationRoutes(world),
      ...servicePrincipalRoutes(world),
      ...siteRoutes(world),
      ...userRoutes(world),
    },
  };
}
