import { expect, test } from 'vitest';
import { workflowProblem } from '../../src/cli/workflow-problem.ts';
import { baseSpec } from '../specs.ts';
import { azure, ground } from './azure.ts';
import { graph } from './graph.ts';
import { deploy, ready, request, run } from './ready.ts';
import { send } from './request.ts';
import { emulator } from './start.ts';

test('a deployed workflow reads the certificate, signs in with it and calls the API; the secret is not in its history', async () => {
  const { profile, clients, clientId, pfx, started } = await ready();
  await deploy(clients, { appRegistration: { tenantId: profile.signIn?.tenantId, clientId } });
  const { run: ended, actions } = await run(clients);
  expect([ended.status, ...actions.map(({ name, status }) => [name, status])]).toEqual([
    'Succeeded',
    ['Get_secret', 'Succeeded'],
    ['Get_lists', 'Succeeded'],
  ]);
  const [secret, call] = actions;
  expect([secret?.inputsLink, secret?.outputsLink, call?.inputsLink]).toEqual([undefined, undefined, undefined]);
  const outputs = await send(profile, 'GET', call?.outputsLink?.uri ?? '');
  expect(outputs.body).toMatchObject({
    statusCode: 200,
    body: {
      method: 'GET',
      url: request.url,
      audience: 'https://contoso.sharepoint.com',
      roles: ['Sites.Selected'],
      appId: clientId,
    },
  });
  const management = started.requests().filter(({ service }) => service === 'arm' || service === 'logic');
  const canary = Buffer.from(pfx).toString('base64').slice(200, 260);
  expect(management.filter(({ answer }) => answer?.body.includes(canary))).toEqual([]);
});

test('without the role the vault refuses, and what comes after is skipped', async () => {
  const { profile, clients, clientId } = await ready();
  await deploy(clients, {
    appRegistration: { tenantId: profile.signIn?.tenantId, clientId },
    targets: { consumption: { ...baseSpec.targets.consumption, assignVaultRole: false } },
  });
  const { run: ended, actions } = await run(clients);
  expect(ended).toMatchObject({ status: 'Failed', code: 'ActionFailed' });
  expect(actions).toMatchObject([
    {
      name: 'Get_secret',
      status: 'Failed',
      code: 'Forbidden',
      error: { message: expect.stringContaining('Caller is not authorized') },
    },
    { name: 'Get_lists', status: 'Skipped', code: 'ActionSkipped' },
  ]);
});

test("a registration without the certificate is told by Entra's code", async () => {
  const { profile, clients, clientId } = await ready();
  const ask = graph(profile);
  await ask('PATCH', `/applications(appId='${clientId}')`, { keyCredentials: [] });
  await deploy(clients, { appRegistration: { tenantId: profile.signIn?.tenantId, clientId } });
  const { actions } = await run(clients);
  expect(actions[1]).toMatchObject({
    status: 'Failed',
    code: 'Unauthorized',
    error: { message: expect.stringContaining('AADSTS700027') },
  });
});

const definition = (actions: object, triggers: object = { manual: { type: 'Request', kind: 'Http' } }) => ({
  $schema: 'https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#',
  contentVersion: '1.0.0.0',
  parameters: {},
  triggers,
  actions,
  outputs: {},
});

/** A workflow of these actions, without anything around it. */
async function withActions(actions: object, triggers?: object) {
  const { profile } = await emulator({ validateWorkflow: workflowProblem });
  const clients = azure(profile);
  await ground(clients);
  await clients.logic.workflows.createOrUpdate('rg-flows', 'hr-lists', {
    location: 'westeurope',
    definition: definition(actions, triggers),
  });
  return { profile, clients };
}

const compose = (inputs: unknown, runAfter: object = {}) => ({ type: 'Compose', inputs, runAfter });

test.each(['throttled', 'unavailable', 'reset'] as const)('a vault that is %s for a moment is asked again', async (kind) => {
  const { profile, clients, clientId, started } = await ready();
  await deploy(clients, { appRegistration: { tenantId: profile.signIn?.tenantId, clientId } });
  started.setFaults([{ kind, service: 'vault', times: 4 }]);
  expect((await run(clients)).run.status).toBe('Succeeded');
  started.setFaults([{ kind, service: 'vault', times: 5 }]);
  expect((await run(clients)).run.status).toBe('Failed');
});

test('an address calls the trigger, and a Response answers; another signature does not', async () => {
  const { profile, clients } = await withActions({
    Answer: {
      type: 'Response',
      kind: 'Http',
      inputs: { statusCode: 201, headers: { 'X-Name': 'a' }, body: { hello: "@triggerBody()?['name']" } },
      runAfter: {},
    },
  });
  const { value = '' } = await clients.logic.workflowTriggers.listCallbackUrl('rg-flows', 'hr-lists', 'manual');
  const { status, headers, body } = await send(profile, 'POST', value, { name: 'Anna' });
  expect([status, headers['x-name'], body]).toEqual([201, 'a', { hello: 'Anna' }]);
  expect(
    (
      await send(
        profile,
        'POST',
        value.replace(/sig=(.)/, (_, first) => (first === 'x' ? 'sig=y' : 'sig=x')),
        {},
      )
    ).body.error.code,
  ).toBe('InvalidSignature');
  expect((await send(profile, 'POST', value.replace(/&sig=.*/, ''), {})).status).toBe(401);
});

test.each([
  ['a status that there is none', { statusCode: 9999 }],
  ['a header with a line end', { statusCode: 200, headers: { a: 'b\nc' } }],
])('a Response with %s is a bad gateway, and the emulator goes on', async (_, inputs) => {
  const { profile, clients } = await withActions({ Answer: { type: 'Response', kind: 'Http', inputs, runAfter: {} } });
  const { value = '' } = await clients.logic.workflowTriggers.listCallbackUrl('rg-flows', 'hr-lists', 'manual');
  expect((await send(profile, 'POST', value, {})).status).toBe(502);
  await expect(clients.logic.workflows.get('rg-flows', 'hr-lists')).resolves.toBeDefined();
});

test('actions run by their runAfter, conditions and loops; what the emulator cannot do fails and says so', async () => {
  const { clients, profile } = await withActions({
    Names: compose(['a', 'b']),
    Each: {
      type: 'Foreach',
      foreach: "@outputs('Names')",
      actions: { Name: compose("@concat(items('Each'), '!')") },
      runAfter: { Names: ['Succeeded'] },
    },
    Check: {
      type: 'If',
      expression: { and: [{ equals: ["@length(outputs('Names'))", 2] }, { not: { equals: [1, 2] } }] },
      actions: { Yes: compose("@{outputs('Name')} @{null} @{true}") },
      else: { actions: { No: compose('no') } },
      runAfter: { Each: ['Succeeded'] },
    },
    Wrong: {
      type: 'Liquid',
      kind: 'JsonToJson',
      inputs: { content: { a: 1 }, integrationAccount: { map: { name: 'shape' } } },
      runAfter: { Check: ['Succeeded'] },
    },
    Rescue: compose("@actions('Wrong')?['code']", { Wrong: ['Failed'] }),
    Never: compose('x', { Wrong: ['Succeeded'] }),
  });
  const { run: ended, actions } = await run(clients);
  expect(Object.fromEntries(actions.map(({ name, status }) => [name, status]))).toEqual({
    Names: 'Succeeded',
    Each: 'Succeeded',
    Name: 'Succeeded',
    Check: 'Succeeded',
    Yes: 'Succeeded',
    Wrong: 'Failed',
    Rescue: 'Succeeded',
    Never: 'Skipped',
  });
  // Never was skipped because of a failure that nothing after it caught.
  expect(ended.status).toBe('Failed');
  const outputs = await Promise.all(
    ['Yes', 'Rescue'].map((name) => send(profile, 'GET', actions.find((action) => action.name === name)?.outputsLink?.uri ?? '')),
  );
  expect(outputs.map(({ body }) => body)).toEqual(['["a!","b!"]  True', 'ActionNotSupportedByEmulator']);
});

test('what uses secured outputs hides its inputs, and a Compose its outputs too; the next one does not', async () => {
  const secured = { runtimeConfiguration: { secureData: { properties: ['inputs', 'outputs'] } } };
  const { clients } = await withActions(
    { Take: compose('@triggerBody()'), Hand: compose("@outputs('Take')", { Take: ['Succeeded'] }) },
    { manual: { type: 'Request', kind: 'Http', ...secured } },
  );
  const { actions, run: ended } = await run(clients);
  expect(ended.trigger?.outputsLink).toBeUndefined();
  expect(actions.map(({ inputsLink, outputsLink }) => [inputsLink !== undefined, outputsLink !== undefined])).toEqual([
    [false, false],
    [true, true],
  ]);
});

test('Terminate ends a run as it says', async () => {
  const { clients } = await withActions({
    Stop: { type: 'Terminate', inputs: { runStatus: 'Failed', runError: { code: 'Mine', message: 'enough' } }, runAfter: {} },
    After: compose('x', { Stop: ['Succeeded'] }),
  });
  const { run: ended, actions } = await run(clients);
  const became = Object.fromEntries(actions.map(({ name, status }) => [name, status]));
  expect([ended.status, ended.code, became]).toEqual(['Failed', 'Mine', { Stop: 'Succeeded', After: 'Skipped' }]);
});

test('a recurrence is run by hand, a run is submitted again and cancelled; a disabled workflow does not run', async () => {
  const { clients } = await withActions(
    { Wait: compose('x') },
    { Recurrence: { type: 'Recurrence', recurrence: { frequency: 'Day', interval: 1 } } },
  );
  const { logic } = clients;
  const { run: first } = await run(clients, 'Recurrence');
  expect(first.status).toBe('Succeeded');
  await logic.workflowTriggerHistories.resubmit('rg-flows', 'hr-lists', 'Recurrence', first.name ?? '');
  const pages = [];
  for await (const page of logic.workflowRuns.list('rg-flows', 'hr-lists', { top: 1 }).byPage()) pages.push(page.length);
  expect(pages).toEqual([1, 1]);
  await expect(logic.workflowRuns.cancel('rg-flows', 'hr-lists', first.name ?? '')).rejects.toMatchObject({
    code: 'WorkflowRunNotCancellable',
  });
  await logic.workflows.disable('rg-flows', 'hr-lists');
  await expect(logic.workflowTriggers.run('rg-flows', 'hr-lists', 'Recurrence')).rejects.toMatchObject({
    code: 'WorkflowTriggerIsNotEnabled',
  });
  await logic.workflows.enable('rg-flows', 'hr-lists');
  await expect(logic.workflowTriggers.run('rg-flows', 'hr-lists', 'Recurrence')).resolves.toBeDefined();
});

test('a run that goes on is cancelled', async () => {
  const { profile } = await emulator({ pace: { step: 60_000 } });
  const clients = azure(profile);
  await ground(clients);
  await clients.logic.workflows.createOrUpdate('rg-flows', 'hr-lists', {
    location: 'westeurope',
    definition: definition({ Wait: compose('x') }),
  });
  await clients.logic.workflowTriggers.run('rg-flows', 'hr-lists', 'manual');
  const { value: running } = await clients.logic.workflowRuns.list('rg-flows', 'hr-lists').next();
  expect(running?.status).toBe('Running');
  await clients.logic.workflowRuns.cancel('rg-flows', 'hr-lists', running?.name ?? '');
  const cancelled = await clients.logic.workflowRuns.get('rg-flows', 'hr-lists', running?.name ?? '');
  expect(cancelled.status).toBe('Cancelled');
});

test('a workflow that Azure would refuse is refused', async () => {
  const { profile } = await emulator({ validateWorkflow: workflowProblem });
  const { logic, resources } = azure(profile);
  await resources.resourceGroups.createOrUpdate('rg-flows', { location: 'westeurope' });
  const wrong = { location: 'westeurope', definition: definition({ A: compose("@body('B')") }) };
  await expect(logic.workflows.createOrUpdate('rg-flows', 'w', wrong)).rejects.toMatchObject({
    code: 'InvalidTemplate',
    statusCode: 400,
  });
  await expect(logic.workflows.validateByResourceGroup('rg-flows', 'w', wrong)).rejects.toMatchObject({
    code: 'InvalidTemplate',
  });
  await expect(
    logic.workflows.validateByResourceGroup('rg-flows', 'w', { ...wrong, definition: definition({ A: compose('x') }) }),
  ).resolves.toBeDefined();
});
