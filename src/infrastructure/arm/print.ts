import type { JsonObject } from '../../json/json.ts';
import type { Identity, Infrastructure, Module, Resource } from '../model.ts';
import { dependenciesOf } from '../references.ts';
import { apiVersions } from '../resource-types.ts';
import type { Value } from '../value.ts';
import { armDeclarations, innerDeclarations } from './parameters.ts';
import { templateSchema } from './template-schema.ts';
import { armExpression, armValue, deployedId, fullName } from './value.ts';

/** The ARM template of an infrastructure. The same in every environment with the same variants. Source: Microsoft's page on the structure of templates. */
export function armTemplate({ parameters, deployed, outputs }: Infrastructure): JsonObject {
  return {
    $schema: templateSchema,
    contentVersion: '1.0.0.0',
    parameters: armDeclarations(parameters),
    resources: deployed.map((one) => (one.kind === 'resource' ? printed(one, deployed) : nested(one, deployed))),
    outputs: Object.fromEntries(
      Object.entries(outputs).map(([name, value]) => [name, { type: 'string', value: armValue(value) }]),
    ),
  };
}

function printed(resource: Resource, deployed: Infrastructure['deployed']): JsonObject {
  const { type, scope, members: { properties, ...members } = {}, identity } = resource;
  return {
    type,
    apiVersion: apiVersions[type],
    name: fullName(resource),
    ...(scope && { scope: `[${deployedId(scope)}]` }),
    ...membersOf(members),
    ...(identity && { identity: identityOf(identity) }),
    ...waitingFor(resource, deployed),
    ...(properties === undefined ? {} : { properties: armValue(properties) }),
  };
}

function membersOf(members: Readonly<Record<string, Value>>): JsonObject {
  return Object.fromEntries(Object.entries(members).map(([name, value]) => [name, armValue(value)]));
}

function waitingFor(one: Resource | Module, deployed: Infrastructure['deployed']) {
  const before = dependenciesOf(one, deployed);
  return before.length === 0 ? {} : { dependsOn: before.map((other) => `[${deployedId(other)}]`) };
}

function identityOf(identity: Identity): JsonObject {
  return identity.kind === 'systemAssigned'
    ? { type: 'SystemAssigned' }
    : { type: 'UserAssigned', userAssignedIdentities: { [`[${deployedId(identity.resource)}]`]: {} } };
}

/** A module is a deployment inside the template, with a scope of its own. */
function nested(module: Module, deployed: Infrastructure['deployed']): JsonObject {
  const { name, group, parameters } = module;
  return {
    type: 'Microsoft.Resources/deployments',
    apiVersion: '2024-07-01',
    name: `[${armExpression(name)}]`,
    ...(group && { subscriptionId: armValue(group.subscription), resourceGroup: armValue(group.resourceGroup) }),
    ...waitingFor(module, deployed),
    properties: {
      mode: 'Incremental',
      expressionEvaluationOptions: { scope: 'inner' },
      parameters: Object.fromEntries(parameters.map(({ name, value }) => [name, { value: armValue(value) }])),
      template: {
        $schema: templateSchema,
        contentVersion: '1.0.0.0',
        parameters: innerDeclarations(module),
        resources: module.deployed.map((resource) => printed(resource, module.deployed)),
      },
    },
  };
}
