import type { Module, Resource } from './model.ts';
import type { VaultAccess } from './target.ts';
import { Computed, concatenation, idOf, inSubscription, parameter, surroundings, type Value } from './value.ts';

const vault: Resource = {
  kind: 'resource',
  symbol: 'vault',
  type: 'Microsoft.KeyVault/vaults',
  name: parameter('keyVaultName'),
};

/**
 * Lets an identity read the secrets of the vault. A deployment of its own, in the vault's subscription and group. The principal is
 * handed in: the name of a role assignment is made of it, and must be known when a deployment begins.
 * Source: docs/facts/resource-manager.md#access.
 */
export function vaultAccessModule(access: VaultAccess, reader: { readonly name: Value; readonly principal: Value }): Module {
  return {
    kind: 'module',
    symbol: 'vaultAccess',
    file: 'vault-access',
    title: 'lets an identity read the secrets of a vault, and with them its certificates.',
    name: concatenation([reader.name, '-vault-access'], 64),
    group: { subscription: parameter('keyVaultSubscription'), resourceGroup: parameter('keyVaultResourceGroup') },
    parameters: [
      { name: 'keyVaultName', type: 'string', description: 'Name of the key vault', value: parameter('keyVaultName') },
      { name: 'principalId', type: 'string', description: 'Object id of the identity', value: reader.principal },
    ],
    existing: [vault],
    deployed: [access.kind === 'role' ? roleAssignment(access) : accessPolicy],
  };
}

function roleAssignment({ roleId, roleName }: Extract<VaultAccess, { kind: 'role' }>): Resource {
  const role = inSubscription('Microsoft.Authorization/roleDefinitions', roleId);
  return {
    kind: 'resource',
    symbol: 'assignment',
    type: 'Microsoft.Authorization/roleAssignments',
    comment: roleName,
    name: new Computed({ kind: 'guid', of: [idOf(vault), parameter('principalId'), role] }),
    scope: vault,
    members: {
      properties: {
        principalId: parameter('principalId'),
        // Without it, a principal that was made a moment ago may not be found.
        principalType: 'ServicePrincipal',
        roleDefinitionId: role,
      },
    },
  };
}

const accessPolicy: Resource = {
  kind: 'resource',
  symbol: 'policy',
  type: 'Microsoft.KeyVault/vaults/accessPolicies',
  comment: 'Adds to the policies that are there. A certificate is read as a secret.',
  name: 'add',
  parent: vault,
  members: {
    properties: {
      accessPolicies: [
        { tenantId: surroundings('tenantId'), objectId: parameter('principalId'), permissions: { secrets: ['get'] } },
      ],
    },
  },
};
