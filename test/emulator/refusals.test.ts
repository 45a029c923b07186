import { expect, test } from 'vitest';
import { type Azure, azure, ground, subscription } from './azure.ts';
import { send } from './request.ts';
import { credential, emulator } from './start.ts';

const $schema = 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#';
const identityOf = (name: string, more: object = {}) => ({
  type: 'Microsoft.ManagedIdentity/userAssignedIdentities',
  apiVersion: '2023-01-31',
  name,
  location: 'westeurope',
  ...more,
});
const assignment = (name: string, principal: string, more: object = {}) => ({
  type: 'Microsoft.Authorization/roleAssignments',
  apiVersion: '2022-04-01',
  name,
  properties: {
    principalId: `[reference(resourceId('Microsoft.ManagedIdentity/userAssignedIdentities', '${principal}'), '2023-01-31').principalId]`,
    roleDefinitionId:
      "[subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'acdd72a7-3385-48ef-bd42-f606fba81ae7')]",
  },
  ...more,
});

/** Deploys by Microsoft's client, and gives how it ended and the error that ARM keeps. */
async function deploy({ deployments: { deployments } }: Azure, resources: unknown, more: object = {}) {
  const template = { $schema, contentVersion: '1.0.0.0', resources, ...more };
  const refused = await deployments
    .createOrUpdate('rg-flows', 'd', { properties: { mode: 'Incremental', template } }, { updateIntervalInMs: 1 })
    .then(
      () => undefined,
      (error) => error,
    );
  const kept = await deployments.get('rg-flows', 'd').catch(() => undefined);
  return {
    refused,
    state: kept?.properties?.provisioningState,
    error: kept?.properties?.error,
    outputs: kept?.properties?.outputs,
  };
}

async function clientsWithGround() {
  const { profile } = await emulator();
  const clients = azure(profile);
  await ground(clients);
  return { clients, profile };
}

test.each<[string, unknown, object, string]>([
  ['a parameter without a value', [], { parameters: { p: { type: 'string' } } }, "template parameter 'p'"],
  ['an expression that asks for no such parameter', [identityOf("[parameters('q')]")], {}, "'q' is not found"],
  ['a name with too many parts', [identityOf('a/b')], {}, 'incorrect segment lengths'],
  [
    'a default that is not allowed',
    [],
    { parameters: { p: { type: 'string', defaultValue: 'a', allowedValues: ['b'] } } },
    'must be one of',
  ],
  ['a default of another type', [], { parameters: { p: { type: 'int', defaultValue: 'a' } } }, "Expected 'int'. Actual 'string'"],
])('a template with %s is refused at once', async (_, resources, more, message) => {
  const { clients } = await clientsWithGround();
  const { refused, state } = await deploy(clients, resources, more);
  expect([refused?.code, refused?.message.includes(message), state]).toEqual(['InvalidTemplate', true, undefined]);
});

test('a deployment that fails tells which resource and why, and what does not wait for it is there', async () => {
  const { clients } = await clientsWithGround();
  const { state, error } = await deploy(clients, [
    identityOf('early'),
    assignment('no-guid', 'early'),
    identityOf('late', { dependsOn: ['no-guid'] }),
  ]);
  expect([state, error?.code]).toEqual(['Failed', 'DeploymentFailed']);
  expect(error?.details).toMatchObject([{ code: 'InvalidRoleAssignmentId', target: expect.stringContaining('no-guid') }]);
  const operations = [];
  for await (const { properties } of clients.deployments.deploymentOperations.list('rg-flows', 'd'))
    operations.push([properties?.targetResource?.resourceName, properties?.provisioningState, properties?.statusCode]);
  expect(operations.sort()).toEqual([
    ['early', 'Succeeded', 'Created'],
    ['no-guid', 'Failed', 'BadRequest'],
  ]);
});

test('resources wait for those that they ask about, loops are unrolled, and a circle is found', async () => {
  const { clients } = await clientsWithGround();
  const name = '20000000-0000-4000-8000-000000000001';
  const { state, outputs } = await deploy(
    clients,
    [
      assignment(name, 'id-1'),
      identityOf("[format('id-{0}', copyIndex())]", { copy: { name: 'ids', count: 2 } }),
      identityOf('never', { condition: '[equals(1, 2)]' }),
      identityOf('after', { dependsOn: ['ids'] }),
    ],
    { outputs: { who: { type: 'string', value: `[reference('${identityId('id-1')}').principalId]` } } },
  );
  expect(state).toBe('Succeeded');
  const names = [];
  for await (const one of clients.resources.resources.listByResourceGroup('rg-flows')) names.push(one.name);
  expect(names.sort()).toEqual(['after', 'id-0', 'id-1']);
  const made = await clients.resources.resources.getById(identityId('id-1').slice(1), '2023-01-31');
  expect(outputs).toMatchObject({ who: { value: made.properties?.principalId } });
  const circle = await deploy(clients, [identityOf('a', { dependsOn: ['b'] }), identityOf('b', { dependsOn: ['a'] })]);
  expect(circle.error?.details?.[0]?.message).toContain('circle');
});

const identityId = (name: string) =>
  `/subscriptions/${subscription}/resourceGroups/rg-flows/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${name}`;

test('the same role for the same principal under another name is refused, and under its own name it is kept', async () => {
  const { clients } = await clientsWithGround();
  const [one, two] = ['20000000-0000-4000-8000-000000000001', '20000000-0000-4000-8000-000000000002'];
  expect((await deploy(clients, [identityOf('id'), assignment(one, 'id')])).state).toBe('Succeeded');
  expect((await deploy(clients, [identityOf('id'), assignment(one, 'id')])).state).toBe('Succeeded');
  expect((await deploy(clients, [assignment(two, 'id')])).error?.details).toMatchObject([{ code: 'RoleAssignmentExists' }]);
});

test('who may not, is told which action at which place', async () => {
  const { clients } = await clientsWithGround();
  const { authorization, resources } = clients;
  const { value: owner } = await authorization.roleAssignments.listForSubscription().next();
  const scope = `/subscriptions/${subscription}`;
  // Reader of the subscription, contributor of one group, and no longer owner.
  for (const [name, place, role] of [
    ['30000000-0000-4000-8000-000000000001', scope, 'acdd72a7-3385-48ef-bd42-f606fba81ae7'],
    ['30000000-0000-4000-8000-000000000002', `${scope}/resourceGroups/rg-flows`, 'b24988ac-6180-42a0-ab88-20f7382dd24c'],
  ] as const)
    await authorization.roleAssignments.create(place.slice(1), name, {
      principalId: owner.principalId,
      roleDefinitionId: `${scope}/providers/Microsoft.Authorization/roleDefinitions/${role}`,
    });
  await authorization.roleAssignments.deleteById(owner.id.slice(1));
  await expect(resources.resourceGroups.createOrUpdate('rg-new', { location: 'westeurope' })).rejects.toMatchObject({
    code: 'AuthorizationFailed',
    statusCode: 403,
    message: expect.stringContaining("'Microsoft.Resources/subscriptions/resourceGroups/write'"),
  });
  await expect(resources.resourceGroups.get('rg-shared')).resolves.toBeDefined();
  const refused = await deploy(clients, [identityOf('id'), assignment('20000000-0000-4000-8000-000000000001', 'id')]);
  expect(refused.refused).toMatchObject({
    code: 'InvalidTemplateDeployment',
    message: expect.stringContaining('Microsoft.Authorization/roleAssignments/write'),
  });
  const permissions = [];
  for await (const { actions, notActions } of authorization.permissions.listForResourceGroup('rg-flows'))
    permissions.push([actions, notActions?.length]);
  expect(permissions).toEqual([
    [['*/read'], 0],
    [['*'], 3],
  ]);
});

test.each<[string, string, number, string]>([
  [
    'a subscription that is not there',
    '/subscriptions/44444444-4444-4444-4444-444444444444/resourcegroups/rg',
    404,
    'SubscriptionNotFound',
  ],
  ['a group that is not there', `/subscriptions/${subscription}/resourcegroups/rg`, 404, 'ResourceGroupNotFound'],
  [
    'a resource that is not there',
    `/subscriptions/${subscription}/resourceGroups/rg-flows/providers/Microsoft.Logic/workflows/w`,
    404,
    'ResourceNotFound',
  ],
  [
    'a type that the emulator does not have',
    `/subscriptions/${subscription}/resourceGroups/rg-flows/providers/Microsoft.Sql/servers/s`,
    404,
    'InvalidResourceType',
  ],
  ['an address that is none', '/nothing', 404, 'NotFound'],
])('%s is refused in the words of ARM', async (_, path, status, code) => {
  const { profile } = await clientsWithGround();
  const { token } = await credential(profile).getToken('https://management.azure.com/.default');
  const answer = await send(profile, 'GET', `${profile.resourceManager.endpoint}${path}?api-version=2025-04-01`, undefined, {
    authorization: `Bearer ${token}`,
  });
  expect([answer.status, answer.body.error.code]).toEqual([status, code]);
  const without = await send(profile, 'GET', `${profile.resourceManager.endpoint}/subscriptions`, undefined, {
    authorization: `Bearer ${token}`,
  });
  expect(without.body.error.code).toBe('MissingApiVersionParameter');
});

test('a group goes with all that is in it', async () => {
  const { clients } = await clientsWithGround();
  await deploy(clients, [identityOf('id')]);
  await clients.resources.resourceGroups.delete('rg-flows', { updateIntervalInMs: 1 });
  await expect(clients.resources.resourceGroups.get('rg-flows')).rejects.toMatchObject({ code: 'ResourceGroupNotFound' });
  await clients.resources.resourceGroups.createOrUpdate('rg-flows', { location: 'westeurope' });
  await expect(clients.resources.resources.getById(identityId('id').slice(1), '2023-01-31')).rejects.toMatchObject({
    statusCode: 404,
  });
});
