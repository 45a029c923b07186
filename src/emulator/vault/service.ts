import type { Service } from '../http/service.ts';
import { identifyBy } from '../identify.ts';
import type { World } from '../world.ts';
import { certificateRoutes } from './certificates.ts';
import { secretRoutes } from './secrets.ts';

/** Key Vault's data plane. Clients come without a token first, and are told where to get one. */
export function vaultService(world: World): Service {
  const unauthorized = (message: string) => ['Unauthorized', message] as const;
  return {
    name: 'vault',
    identify: identifyBy(
      world,
      'vault',
      {
        missing: unauthorized('AKV10000: Request is missing a Bearer or PoP token.'),
        expired: unauthorized('AKV10046: The token is expired.'),
        audience: unauthorized('AKV10022: Invalid audience. Expected https://vault.azure.net.'),
        invalid: unauthorized('AKV10032: Invalid issuer or signature of the token.'),
      },
      `Bearer authorization="${world.authority}/${world.tenantId}", resource="https://vault.azure.net"`,
    ),
    routes: { ...secretRoutes(world), ...certificateRoutes(world) },
  };
}
