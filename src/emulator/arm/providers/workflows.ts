import { isObject, objectOf } from '../../../json/json.ts';
import { member } from '../../../json/member.ts';
import { refuse } from '../../http/answer.ts';
import { type ArmResource, now } from '../../state.ts';
import type { World } from '../../world.ts';
import { identityOf } from '../identity.ts';
import { common, type Provider, type WriteRequest } from '../provider.ts';

export const workflowType = 'Microsoft.Logic/workflows';

/**
 * Logic Apps (Consumption). Shapes: docs/facts/resource-manager.md#the-workflow-as-a-resource and Microsoft's OpenAPI of
 * 2019-05-01.
 */
export const workflows: Provider = {
  type: workflowType,
  write: (world, request) => {
    checkWorkflow(world, request.body);
    const resource = common(request, workflowType);
    if (resource.location === undefined)
      refuse(400, 'LocationRequired', 'The location property is required for this definition.');
    const time = now();
    const { before } = request;
    const state = member(resource.properties, 'state') ?? 'Enabled';
    return {
      ...resource,
      ...identityOf(world, request),
      properties: {
        ...resource.properties,
        state,
        createdTime: before?.properties.createdTime ?? time,
        changedTime: time,
        version: nextVersion(request),
      },
    };
  },
  view: (world, resource) => ({
    ...resource,
    properties: {
      provisioningState: 'Succeeded',
      ...resource.properties,
      ...withoutSecrets(resource.properties),
      accessEndpoint: accessEndpoint(world, resource),
    },
  }),
  remove: ({ state }, resource) => {
    for (const run of [...state.runs.keys()]) if (run.startsWith(`${resource.id.toLowerCase()}/`)) state.runs.delete(run);
    const principal = member(resource.identity, 'principalId');
    if (typeof principal === 'string') state.servicePrincipals.delete(principal);
  },
};

/** Where the workflow itself is called. */
export function accessEndpoint({ addresses }: World, { id }: ArmResource): string {
  return `${addresses.logic}/workflows/${Buffer.from(id.toLowerCase()).toString('base64url')}`;
}

/** Throws what Microsoft.Logic refuses: a definition that is none, or values that do not fit its parameters. */
export function checkWorkflow(world: World, body: Readonly<Record<string, unknown>>) {
  const definition = member(body, 'properties', 'definition');
  if (!isObject(definition))
    refuse(400, 'InvalidRequestContent', "The request content is not valid: 'properties.definition' is required.");
  const problem = world.validateWorkflow(definition, 'consumption');
  if (problem) refuse(400, problem.code, problem.message);
  const declared = objectOf(member(definition, 'parameters'));
  const given = objectOf(member(body, 'properties', 'parameters'));
  const strange = Object.keys(given).filter((name) => !Object.hasOwn(declared, name));
  if (strange.length > 0)
    refuse(
      400,
      'InvalidTemplate',
      `The template validation failed: 'The template parameters '${strange.join(', ')}' in the parameters file are not valid; they are not present in the original template and can therefore not be provided at deployment time.'`,
    );
  const missing = Object.entries(declared).filter(
    ([name, declaration]) => member(declaration, 'defaultValue') === undefined && member(given[name], 'value') === undefined,
  );
  if (missing.length > 0)
    refuse(
      400,
      'InvalidTemplate',
      `The template validation failed: 'The value for the template parameter '${missing.map(([name]) => name).join(', ')}' is not provided.'`,
    );
}

function withoutSecrets(properties: ArmResource['properties']) {
  const declared = objectOf(member(properties.definition, 'parameters'));
  const shown = Object.entries(objectOf(properties.parameters)).map(([name, parameter]) => {
    const isSecret = /^secure/i.test(String(member(declared[name], 'type') ?? ''));
    return [name, isSecret ? { type: member(declared[name], 'type') } : parameter];
  });
  return { parameters: Object.fromEntries(shown) };
}

/** Azure's versions are 20-digit numbers, each greater than the last. */
function nextVersion({ before }: WriteRequest): string {
  const count = Number(String(before?.properties.version ?? '').slice(-6)) || 0;
  return `08584${String(count + 1).padStart(15, '0')}`;
}
