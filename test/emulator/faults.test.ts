import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { faultKinds } from '../../src/emulator/http/faults.ts';
import { folderOf } from '../folder.ts';
import { azure, ground, subscription } from './azure.ts';
import { graph } from './graph.ts';
import { send } from './request.ts';
import { credential, emulator } from './start.ts';

const groups = `/subscriptions/${subscription}/resourcegroups`;

async function armToken(profile: Parameters<typeof credential>[0]) {
  const { token } = await credential(profile).getToken('https://management.azure.com/.default');
  return { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
}

test.each([
  ['throttled', 429],
  ['unavailable', 503],
  ['unavailableLate', 503],
  ['forbidden', 403],
  ['tokenExpired', 401],
  ['failedLate', 500],
  ['reset', 'ECONNRESET'],
  ['lost', 'ECONNRESET'],
  ['malformed', 200],
  ['timeout', 'nothing'],
] as const)('a request that is to be %s is answered with %s, and the next one as ever', async (kind, outcome) => {
  const { profile, setFaults, requests } = await emulator();
  const headers = await armToken(profile);
  const put = () =>
    send(
      profile,
      'PUT',
      `${profile.resourceManager.endpoint}${groups}/rg?api-version=2025-04-01`,
      { location: 'westeurope' },
      headers,
    );
  setFaults([{ kind, service: 'arm', retryAfter: 7 }]);
  const answered = put().catch((error: { code?: string }) => error.code);
  const first =
    kind === 'timeout'
      ? await Promise.race([answered, new Promise((resolve) => setTimeout(resolve, 300, 'nothing'))])
      : await answered;
  expect(typeof first === 'object' && first !== null && 'status' in first ? first.status : first).toBe(outcome);
  if (kind === 'throttled') expect(first).toMatchObject({ headers: { 'retry-after': '7' } });
  if (kind === 'malformed') expect(first).toMatchObject({ body: undefined });
  // What is lost or fails late was done: it is changed, not made, the second time.
  expect((await put()).status).toBe(kind === 'lost' || kind === 'failedLate' || kind === 'unavailableLate' ? 200 : 201);
  expect(
    requests()
      .filter(({ service }) => service === 'arm')
      .map(({ fault }) => fault),
  ).toEqual([kind, undefined]);
});

test('every kind of fault is tried here', () => {
  expect([...faultKinds].sort()).toEqual([
    'failedLate',
    'forbidden',
    'lost',
    'malformed',
    'reset',
    'throttled',
    'timeout',
    'tokenExpired',
    'unavailable',
    'unavailableLate',
  ]);
});

test('a fault waits for its request: by service, method, path and count', async () => {
  const { profile, setFaults } = await emulator();
  const headers = await armToken(profile);
  const get = (path: string) =>
    send(profile, 'GET', `${profile.resourceManager.endpoint}${path}?api-version=2025-04-01`, undefined, headers);
  setFaults([{ kind: 'unavailable', service: 'arm', method: 'GET', path: /resourcegroups/, at: 1, times: 2 }]);
  const statuses = [];
  for (const path of ['/subscriptions', groups, '/subscriptions', groups, groups, groups])
    statuses.push((await get(path)).status);
  expect(statuses).toEqual([200, 200, 200, 503, 503, 200]);
});

test('a deployment that is taken and fails late says so in its operations', async () => {
  const { profile, setFaults } = await emulator();
  const clients = azure(profile);
  await ground(clients);
  const template = {
    $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
    contentVersion: '1.0.0.0',
    resources: [
      { type: 'Microsoft.ManagedIdentity/userAssignedIdentities', apiVersion: '2023-01-31', name: 'id', location: 'westeurope' },
    ],
  };
  const start = () =>
    clients.deployments.deployments.createOrUpdate(
      'rg-flows',
      'd',
      { properties: { mode: 'Incremental', template } },
      { updateIntervalInMs: 1 },
    );
  setFaults([{ kind: 'failedLate', method: 'PUT', path: /deployments/ }]);
  await expect(start()).rejects.toThrow('DeploymentFailed');
  const messages = [];
  for await (const { properties } of clients.deployments.deploymentOperations.list('rg-flows', 'd'))
    messages.push(properties?.statusMessage?.error?.code);
  expect(messages).toEqual(['InternalServerError']);
  await expect(start()).resolves.toMatchObject({ properties: { provisioningState: 'Succeeded' } });
});

test('a deployment under way is not replaced', async () => {
  const { profile } = await emulator({ pace: { step: 60_000 } });
  const headers = await armToken(profile);
  await send(
    profile,
    'PUT',
    `${profile.resourceManager.endpoint}${groups}/rg?api-version=2025-04-01`,
    { location: 'westeurope' },
    headers,
  );
  const url = `${profile.resourceManager.endpoint}${groups}/rg/providers/Microsoft.Resources/deployments/d?api-version=2025-04-01`;
  const resources = [
    { type: 'Microsoft.ManagedIdentity/userAssignedIdentities', apiVersion: '2023-01-31', name: 'id', location: 'westeurope' },
  ];
  const put = () => send(profile, 'PUT', url, { properties: { mode: 'Incremental', template: { resources } } }, headers);
  expect((await put()).status).toBe(201);
  const { status, body } = await put();
  expect([status, body.error.code]).toEqual([409, 'DeploymentActive']);
});

test('a folder keeps everything from one start to the next', async () => {
  const folder = folderOf({});
  const first = await emulator({ folder });
  await ground(azure(first.profile));
  const { body: application } = await graph(first.profile)('POST', '/applications', { displayName: 'kept' });
  await first.close();
  const second = await emulator({ folder });
  expect(second.profile.certificateAuthority).toBe(first.profile.certificateAuthority);
  expect((await graph(second.profile)('GET', `/applications/${application.id}`)).body.displayName).toBe('kept');
  await expect(azure(second.profile).vaults.vaults.get('rg-shared', 'kv-contoso-dev')).resolves.toBeDefined();
  await second.close();
  const other = '44444444-4444-4444-4444-444444444444';
  const { profile } = await emulator({ folder, subscriptions: [subscription, other] });
  const url = `${profile.resourceManager.endpoint}/subscriptions/${other}/resourcegroups/rg?api-version=2025-04-01`;
  expect((await send(profile, 'PUT', url, { location: 'westeurope' }, await armToken(profile))).status).toBe(201);
});

test('what was under way when the emulator was killed has failed, and can be begun again', async () => {
  const folder = folderOf({});
  const first = await emulator({ folder, pace: { step: 60_000 } });
  const headers = await armToken(first.profile);
  const path = (name: string) => `${groups}/rg${name}?api-version=2025-04-01`;
  await send(first.profile, 'PUT', `${first.profile.resourceManager.endpoint}${path('')}`, { location: 'westeurope' }, headers);
  const deployment = path('/providers/Microsoft.Resources/deployments/d');
  const resources = [
    { type: 'Microsoft.ManagedIdentity/userAssignedIdentities', apiVersion: '2023-01-31', name: 'id', location: 'westeurope' },
  ];
  const body = { properties: { mode: 'Incremental', template: { resources } } };
  await send(first.profile, 'PUT', `${first.profile.resourceManager.endpoint}${deployment}`, body, headers);
  // As it stands on disk while the first one runs.
  const second = await emulator({ folder: folderOf({ 'state.json': readFileSync(join(folder, 'state.json'), 'utf8') }) });
  const again = await armToken(second.profile);
  const { body: left } = await send(
    second.profile,
    'GET',
    `${second.profile.resourceManager.endpoint}${deployment}`,
    undefined,
    again,
  );
  expect(left.properties.provisioningState).toBe('Failed');
  expect((await send(second.profile, 'PUT', `${second.profile.resourceManager.endpoint}${deployment}`, body, again)).status).toBe(
    200,
  );
});

test.each(['{', '{"groups": 3}', '[]x'])('a damaged state %s is named', async (state) => {
  const folder = folderOf({ 'state.json': state });
  await expect(emulator({ folder })).rejects.toThrow(/state\.json is no state of the emulator/);
});

test('hostile requests get an answer or a closed connection, and the emulator goes on', async () => {
  const { profile } = await emulator();
  const headers = await armToken(profile);
  const arm = profile.resourceManager.endpoint;
  const vault = profile.vault.endpoint.replace('{name}', '..');
  const attempts: [method: string, url: string, body?: string][] = [
    ['PUT', `${arm}${groups}/rg?api-version=2025-04-01`, '{'],
    ['PUT', `${arm}${groups}/rg?api-version=2025-04-01`, '[]'],
    ['PUT', `${arm}${groups}/rg?api-version=2025-04-01`, 'null'],
    ['PUT', `${arm}${groups}/__proto__?api-version=2025-04-01`, '{"location": {"__proto__": 1}}'],
    ['PUT', `${arm}${groups}/%E0%A4%A?api-version=2025-04-01`, '{}'],
    ['PUT', `${arm}${groups}/${'x'.repeat(5000)}?api-version=2025-04-01`, '{"location":"westeurope"}'],
    ['GET', `${arm}/${'a/'.repeat(2000)}?api-version=2025-04-01`],
    ['GET', `${arm}/subscriptions?api-version=`],
    ['DELETE', `${arm}/`],
    ['GET', vault],
    ['POST', `${profile.authority}/common/oauth2/v2.0/token`, '%%%'],
    ['POST', `${profile.authority}/${profile.signIn?.tenantId}/oauth2/v2.0/token`, 'client_id=&grant_type'],
    ['PATCH', `${profile.graph.endpoint}/v1.0/applications/constructor`, '{}'],
  ];
  for (const [method, url, body] of attempts) {
    const { status } = await send(profile, method, url, body, headers);
    expect([method, url.slice(0, 80), status >= 400 && status < 500]).toEqual([method, url.slice(0, 80), true]);
  }
  const huge = send(profile, 'PUT', `${arm}${groups}/rg?api-version=2025-04-01`, 'x'.repeat(20_000_000), headers);
  const outcome = await huge.then(
    ({ status }) => status,
    ({ code }) => code,
  );
  expect([413, 'EPIPE', 'ECONNRESET']).toContain(outcome);
  expect((await send(profile, 'GET', `${arm}/subscriptions?api-version=2025-04-01`, undefined, headers)).status).toBe(200);
});

test('every service but sign-in wants a token for itself', async () => {
  const { profile } = await emulator();
  const forGraph = await credential(profile).getToken('https://graph.microsoft.com/.default');
  const urls = [
    `${profile.resourceManager.endpoint}/subscriptions?api-version=2025-04-01`,
    `${profile.graph.endpoint}/v1.0/applications`,
    `${profile.vault.endpoint.replace('{name}', 'kv')}/secrets`,
  ];
  const statuses = async (headers: Record<string, string>) => {
    const found = [];
    for (const url of urls) found.push((await send(profile, 'GET', url, undefined, headers)).status);
    return found;
  };
  expect(await statuses({})).toEqual([401, 401, 401]);
  expect(await statuses({ authorization: 'Bearer a.b.c' })).toEqual([401, 401, 401]);
  expect(await statuses({ authorization: `Bearer ${forGraph.token}` })).toEqual([401, 200, 401]);
  const altered = forGraph.token.replace(/\.[^.]*$/, (signature) => `.${signature.slice(2)}A`);
  expect(await statuses({ authorization: `Bearer ${altered}` })).toEqual([401, 401, 401]);
});

test('a port that is taken is named', async () => {
  const { profile } = await emulator();
  const port = Number(new URL(profile.authority).port);
  await expect(emulator({ port })).rejects.toThrow(`port ${port}`);
});
