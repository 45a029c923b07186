import { refuse } from '../http/answer.ts';
import type { Call, Routes } from '../http/router.ts';
import type { Service } from '../http/service.ts';
import { identifyBy } from '../identify.ts';
import { workflowRoutes } from '../runs/routes.ts';
import { standardRunRoutes } from '../runs/standard.ts';
import type { World } from '../world.ts';
import { deploymentRoutes } from './deployments/routes.ts';
import { resourceGroupRoutes } from './resource-groups.ts';
import { resourceRoutes } from './resource-routes.ts';
import { roleRoutes } from './role-routes.ts';
import { projectRoutes } from './sites/projects.ts';
import { siteRoutes } from './sites/routes.ts';
import { vaultRoutes } from './vault-routes.ts';

/** Azure Resource Manager. */
export function armService(world: World): Service {
  return {
    name: 'arm',
    identify: identifyBy(
      world,
      'arm',
      {
        missing: ['AuthenticationFailed', "Authentication failed. The 'Authorization' header is missing."],
        expired: ['ExpiredAuthenticationToken', 'The access token expiry UTC time is earlier than current UTC time.'],
        audience: [
          'InvalidAuthenticationTokenAudience',
          "The access token has been obtained for wrong audience or resource. It should exactly match with one of the allowed audiences 'https://management.core.windows.net/','https://management.core.windows.net','https://management.azure.com/','https://management.azure.com'.",
        ],
        invalid: ['InvalidAuthenticationToken', 'The access token is invalid.'],
      },
      `Bearer authorization_uri="${world.authority}/${world.tenantId}", error="invalid_token"`,
    ),
    // The first that matches counts: every resource has an id, so that comes last.
    routes: {
      ...projectRoutes(world),
      ...withApiVersion({
        ...resourceGroupRoutes(world),
        ...deploymentRoutes(world),
        ...roleRoutes(world),
        ...vaultRoutes(world),
        ...workflowRoutes(world),
        ...standardRunRoutes(world),
        ...siteRoutes(world),
        ...resourceRoutes(world),
      }),
    },
  };
}

function withApiVersion(routes: Routes): Routes {
  return Object.fromEntries(
    Object.entries(routes).map(([line, handler]) => [
      line,
      (call: Call) => {
        if (!/^\d{4}-\d\d-\d\d(-preview)?$/.test(call.url.searchParams.get('api-version') ?? ''))
          refuse(
            400,
            'MissingApiVersionParameter',
            'The api-version query parameter (?api-version=) is required for all requests.',
          );
        return handler(call);
      },
    ]),
  );
}
