import type { Service } from '../http/service.ts';
import { identifyBy } from '../identify.ts';
import type { World } from '../world.ts';
import { resourceGroupRoutes } from './resource-groups.ts';

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
      () => `Bearer authorization_uri="${world.addresses.entra}/${world.tenantId}", error="invalid_token"`,
    ),
    routes: { ...resourceGroupRoutes(world) },
  };
}
