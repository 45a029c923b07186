import type { JsonObject } from '../../definition/definition.ts';
import type { VaultAccess } from '../azure-target.ts';
import { templateSchema } from './template-schema.ts';

const vaultId = "resourceId('Microsoft.KeyVault/vaults', parameters('keyVaultName'))";

/**
 * A deployment of its own, in the vault's subscription and group, that lets a principal read the vault's secrets. The principal is
 * handed in: the name of a role assignment is made of it, and a name cannot hold reference(). Source: docs/facts/resource-manager.md#access.
 */
export function vaultAccessDeployment(
  access: VaultAccess,
  {
    nameParameter,
    principalId,
    dependsOn,
  }: {
    /** The parameter with the name of what reads the vault. */
    readonly nameParameter: string;
    /** An expression, without brackets. */
    readonly principalId: string;
    readonly dependsOn: readonly string[];
  },
): JsonObject {
  return {
    type: 'Microsoft.Resources/deployments',
    apiVersion: '2024-07-01',
    name: `[take(format('{0}-vault-access', parameters('${nameParameter}')), 64)]`,
    subscriptionId: "[parameters('keyVaultSubscription')]",
    resourceGroup: "[parameters('keyVaultResourceGroup')]",
    ...(dependsOn.length > 0 ? { dependsOn: [...dependsOn] } : {}),
    properties: {
      mode: 'Incremental',
      expressionEvaluationOptions: { scope: 'inner' },
      parameters: { keyVaultName: { value: "[parameters('keyVaultName')]" }, principalId: { value: `[${principalId}]` } },
      template: {
        $schema: templateSchema,
        contentVersion: '1.0.0.0',
        parameters: { keyVaultName: { type: 'string' }, principalId: { type: 'string' } },
        resources: [access.kind === 'role' ? roleAssignment(access.roleId) : accessPolicy()],
      },
    },
  };
}

function roleAssignment(roleId: string): JsonObject {
  const roleDefinitionId = `subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '${roleId}')`;
  return {
    type: 'Microsoft.Authorization/roleAssignments',
    apiVersion: '2022-04-01',
    name: `[guid(${vaultId}, parameters('principalId'), ${roleDefinitionId})]`,
    scope: `[${vaultId}]`,
    properties: {
      principalId: "[parameters('principalId')]",
      // Without it, a principal that was made a moment ago may not be found.
      principalType: 'ServicePrincipal',
      roleDefinitionId: `[${roleDefinitionId}]`,
    },
  };
}

/** Adds to the policies that are there. A certificate is read as a secret, so this is the permission it takes. */
function accessPolicy(): JsonObject {
  return {
    type: 'Microsoft.KeyVault/vaults/accessPolicies',
    // Those before it retire on 2027-02-27; docs/facts/key-vault.md#roles.
    apiVersion: '2026-02-01',
    name: "[format('{0}/add', parameters('keyVaultName'))]",
    properties: {
      accessPolicies: [
        { tenantId: '[subscription().tenantId]', objectId: "[parameters('principalId')]", permissions: { secrets: ['get'] } },
      ],
    },
  };
}
