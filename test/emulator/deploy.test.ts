import type { DeploymentExtended } from '@azure/arm-resourcesdeployments';
import { expect, test } from 'vitest';
import { generate } from '../../src/index.ts';
import { specOf } from '../specs.ts';
import { type Azure, azure, ground, subscription } from './azure.ts';
import { emulator } from './start.ts';

function templateOf(overrides = {}) {
  const files = generate(specOf(overrides), { format: 'arm' });
  const json = (path: string) => JSON.parse(String(files.find((file) => file.path === path)?.contents));
  return {
    mode: 'Incremental' as const,
    template: json('azuredeploy.json'),
    parameters: json('azuredeploy.parameters.json').parameters,
  };
}

async function deploy({ deployments }: Azure, properties: ReturnType<typeof templateOf>, name = 'd') {
  return deployments.deployments.createOrUpdate('rg-flows', name, { properties }, { updateIntervalInMs: 1 });
}

const outputsOf = ({ properties }: DeploymentExtended) => (properties?.outputs ?? {}) as Record<string, { value: string }>;

test("Microsoft's clients deploy our template; all of it is there, and a second time nothing changes", async () => {
  const { profile } = await emulator();
  const clients = azure(profile);
  await ground(clients);
  const properties = templateOf();
  const validated = await clients.deployments.deployments.validate('rg-flows', 'd', { properties });
  expect(validated.error).toBeUndefined();
  const before = await clients.deployments.deployments.whatIf('rg-flows', 'd', { properties });
  expect(before.changes?.map(({ changeType }) => changeType)).toEqual(['Create', 'Create', 'Unsupported']);

  const result = await deploy(clients, properties);
  expect(result.properties?.provisioningState).toBe('Succeeded');
  const { workflowId, principalId } = outputsOf(result);
  expect(workflowId?.value).toBe(
    `/subscriptions/${subscription}/resourceGroups/rg-flows/providers/Microsoft.Logic/workflows/hr-lists`,
  );
  const workflow = await clients.logic.workflows.get('rg-flows', 'hr-lists');
  expect(workflow.identity?.principalId).toBe(principalId?.value);
  expect(workflow.definition).toEqual(properties.template.resources[1].properties.definition);
  const vault = `/subscriptions/${subscription}/resourceGroups/rg-shared/providers/Microsoft.KeyVault/vaults/kv-contoso-dev`;
  const held = [];
  for await (const one of clients.authorization.roleAssignments.listForScope(vault.slice(1), {
    filter: `principalId eq '${principalId?.value}'`,
  }))
    held.push(one);
  expect(held.map(({ roleDefinitionId }) => roleDefinitionId?.split('/').at(-1))).toEqual([
    '4633458b-17de-408a-b874-0445c86b69e6',
  ]);

  const after = await clients.deployments.deployments.whatIf('rg-flows', 'd', { properties });
  const changed = after.changes?.filter(({ changeType }) => changeType !== 'NoChange' && changeType !== 'Unsupported');
  // What a connection was given it does not show: Azure reports it as new at each deployment.
  expect(changed?.flatMap(({ delta = [] }) => delta.map(({ path }) => path))).toEqual([
    'properties.parameterValueType',
    'properties.alternativeParameterValues',
    'properties.customParameterValues',
  ]);
  await deploy(clients, properties);
});
