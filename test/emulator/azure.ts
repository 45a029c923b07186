import { AuthorizationManagementClient } from '@azure/arm-authorization';
import { KeyVaultManagementClient } from '@azure/arm-keyvault';
import { LogicManagementClient } from '@azure/arm-logic';
import { ResourceManagementClient } from '@azure/arm-resources';
import { DeploymentsClient } from '@azure/arm-resourcesdeployments';
import type { CloudProfile } from '../../src/cloud/profile.ts';
import { clientOptions, credential } from './start.ts';

export const subscription = '33333333-3333-3333-3333-333333333333';

/** Microsoft's clients of Resource Manager. */
export function azure(profile: CloudProfile) {
  const options = clientOptions(profile);
  const signedIn = credential(profile);
  return {
    resources: new ResourceManagementClient(signedIn, subscription, options),
    deployments: new DeploymentsClient(signedIn, subscription, options),
    logic: new LogicManagementClient(signedIn, subscription, options),
    authorization: new AuthorizationManagementClient(signedIn, subscription, options),
    vaults: new KeyVaultManagementClient(signedIn, subscription, options),
  };
}

export type Azure = ReturnType<typeof azure>;

/** The groups and the vault that the examples of the tests name. */
export async function ground({ resources, vaults }: Azure, { isRbac = true, vault = 'kv-contoso-dev' } = {}) {
  for (const name of ['rg-flows', 'rg-shared', 'rg-id'])
    await resources.resourceGroups.createOrUpdate(name, { location: 'westeurope' });
  await vaults.vaults.createOrUpdate('rg-shared', vault, {
    location: 'westeurope',
    properties: {
      tenantId: '11111111-1111-1111-1111-111111111111',
      sku: { family: 'A', name: 'standard' },
      enableRbacAuthorization: isRbac,
      accessPolicies: [],
    },
  });
}
