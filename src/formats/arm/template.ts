import type { Json, JsonObject } from '../../definition/definition.ts';
import type { WriteInput } from '../format.ts';
import type { Infrastructure } from '../infrastructure.ts';
import { escapeArm } from './escape.ts';
import { armDeclarations } from './parameters.ts';
import { templateSchema } from './template-schema.ts';
import { vaultAccessDeployment } from './vault-access.ts';

const connectionId = "resourceId('Microsoft.Web/connections', parameters('connectionName'))";
const managedApiId = "[subscriptionResourceId('Microsoft.Web/locations/managedApis', parameters('location'), 'keyvault')]";
const workflowId = "resourceId('Microsoft.Logic/workflows', parameters('logicAppName'))";

/**
 * The ARM template of a workflow. Shapes: docs/facts/key-vault.md#consumption and docs/facts/resource-manager.md. The same in
 * every environment with the same variants.
 */
export function armTemplate(input: WriteInput, parts: Infrastructure): JsonObject {
  // The principal of a new workflow is known only once it is there, so it is a value of reference().
  const principalId =
    parts.identity === 'systemAssigned'
      ? `reference(${workflowId}, '2019-05-01', 'full').identity.principalId`
      : "reference(parameters('userAssignedIdentity'), '2023-01-31').principalId";
  return {
    $schema: templateSchema,
    contentVersion: '1.0.0.0',
    parameters: armDeclarations(parts.parameters),
    resources: [
      connection(),
      workflow(input, parts),
      ...(parts.vaultAccess
        ? [
            vaultAccessDeployment(parts.vaultAccess, {
              nameParameter: 'logicAppName',
              principalId,
              dependsOn: parts.identity === 'systemAssigned' ? [`[${workflowId}]`] : [],
            }),
          ]
        : []),
    ],
    outputs: {
      workflowId: { type: 'string', value: `[${workflowId}]` },
      connectionId: { type: 'string', value: `[${connectionId}]` },
      principalId: { type: 'string', value: `[${principalId}]` },
    },
  };
}

function connection(): JsonObject {
  return {
    type: 'Microsoft.Web/connections',
    apiVersion: '2016-06-01',
    name: "[parameters('connectionName')]",
    location: "[parameters('location')]",
    kind: 'V1',
    tags: "[parameters('tags')]",
    properties: {
      displayName: "[parameters('connectionName')]",
      api: { id: managedApiId },
      parameterValueType: 'Alternative',
      alternativeParameterValues: { vaultName: "[parameters('keyVaultName')]" },
      customParameterValues: {},
    },
  };
}

function workflow({ definition }: WriteInput, { identity, workflowParameters, callerRanges }: Infrastructure): JsonObject {
  const isSystemAssigned = identity === 'systemAssigned';
  const authentication: Json = {
    type: 'ManagedServiceIdentity',
    ...(isSystemAssigned ? {} : { identity: "[parameters('userAssignedIdentity')]" }),
  };
  const keyvault = {
    id: managedApiId,
    connectionId: `[${connectionId}]`,
    connectionName: "[parameters('connectionName')]",
    connectionProperties: { authentication },
  };
  return {
    type: 'Microsoft.Logic/workflows',
    apiVersion: '2019-05-01',
    name: "[parameters('logicAppName')]",
    location: "[parameters('location')]",
    tags: "[parameters('tags')]",
    identity: isSystemAssigned
      ? { type: 'SystemAssigned' }
      : { type: 'UserAssigned', userAssignedIdentities: { "[parameters('userAssignedIdentity')]": {} } },
    dependsOn: [`[${connectionId}]`],
    properties: {
      state: "[parameters('state')]",
      definition: escapeArm(definition),
      parameters: {
        $connections: { value: { keyvault } },
        ...Object.fromEntries(workflowParameters.map((name) => [name, { value: `[parameters('${name}')]` }])),
      },
      ...(callerRanges && {
        accessControl: {
          triggers: { allowedCallerIpAddresses: callerRanges.map((addressRange) => ({ addressRange: escapeArm(addressRange) })) },
        },
      }),
    },
  };
}
