import { refuse } from '../../http/answer.ts';
import type { Provider } from '../provider.ts';
import { accessPolicies } from './access-policies.ts';
import { connections } from './connections.ts';
import { hosting } from './hosting.ts';
import { identities } from './identities.ts';
import { roleAssignments } from './role-assignments.ts';
import { siteConfig, sites } from './sites.ts';
import { vaults } from './vaults.ts';
import { workflows } from './workflows.ts';

const providers: readonly Provider[] = [
  workflows,
  connections,
  roleAssignments,
  vaults,
  accessPolicies,
  identities,
  sites,
  siteConfig,
  ...hosting,
];

/** Throws InvalidResourceType for what the emulator does not have. */
export function providerOf(type: string): Provider {
  const found = providers.find((provider) => provider.type.toLowerCase() === type.toLowerCase());
  if (found === undefined)
    refuse(
      404,
      'InvalidResourceType',
      `The resource type '${type}' could not be found in the emulator. It has: ${providers.map((one) => one.type).join(', ')}.`,
    );
  return found;
}
