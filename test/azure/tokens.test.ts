import { createDefaultHttpClient, createEmptyPipeline, createPipelineRequest } from '@azure/core-rest-pipeline';
import { expect, test } from 'vitest';
import type { Azure } from '../../src/azure/azure.ts';
import { foreseeDeployment, listOperations } from '../../src/azure/deployments.ts';
import { findApplications, findUser } from '../../src/azure/graph.ts';
import { findResourceGroup } from '../../src/azure/resource-groups.ts';
import { deleteResource, findResource } from '../../src/azure/resources.ts';
import { send } from '../../src/azure/rest.ts';
import { listPermissions, listRoleAssignments } from '../../src/azure/role-assignments.ts';
import { listRunActions, listRuns, listTriggers } from '../../src/azure/runs.ts';
import { whoIsSignedIn } from '../../src/azure/signed-in.ts';
import { listVersions, readPfxFromVault } from '../../src/azure/vault-certificates.ts';
import { findSite } from '../../src/azure/web-apps.ts';
import { listUsersOf } from '../../src/azure/workflows.ts';
import { readZipState, sendZip } from '../../src/azure/zip-deployments.ts';
import { type Answer, errorOf, loopback, type Received, signedIn, wholeProfileAt } from './loopback.ts';
import { discovery, registration } from './registration.ts';

const subscription = '33333333-3333-3333-3333-333333333333';
const groupId = `/subscriptions/${subscription}/resourceGroups/rg-flows`;
const siteId = `${groupId}/providers/Microsoft.Web/sites/logic-hr`;
const workflow = { subscription, resourceGroup: 'rg-flows', name: 'hr' };
const group = { name: 'rg-flows', location: 'westeurope', properties: { provisioningState: 'Succeeded' } };

/** A cloud whose answers point to another server, which would see a token. */
async function hostile(answer: (request: Received, foreign: string) => Answer) {
  const foreign = await loopback(() => ({ status: 200, body: { value: [], status: 4, properties: {} } }));
  const cloud = await loopback((request) => answer(request, foreign.address));
  const azure = signedIn(wholeProfileAt(cloud.address, cloud.certificate));
  return { azure, foreign, cloud };
}

const lists: readonly (readonly [string, (azure: Azure) => Promise<unknown>])[] = [
  ['operations of a deployment', (azure) => listOperations(azure, workflow)],
  ['what one may do', (azure) => listPermissions(azure, subscription, 'rg-flows')],
  ['roles', (azure) => listRoleAssignments(azure, groupId, 'someone')],
  ['Logic Apps', (azure) => listUsersOf(azure, subscription, 'a connection')],
  ['runs', (azure) => listRuns(azure, workflow, { top: 50 })],
  ['actions of a run', (azure) => listRunActions(azure, workflow, '1')],
  ['triggers', (azure) => listTriggers(azure, workflow)],
  ['applications', (azure) => findApplications(azure, { displayName: 'HR' })],
  ['versions of a certificate', (azure) => listVersions(azure, 'kv-hr', 'hr')],
];

test.each(lists)('no token follows a foreign next page: %s', async (_, list) => {
  const { azure, foreign, cloud } = await hostile((_, address) => {
    const next = `${address}/next?page=2`;
    return { status: 200, body: { value: [], nextLink: next, '@odata.nextLink': next } };
  });
  const error = await errorOf(list(azure));
  expect(foreign.received).toEqual([]);
  expect(error.message).toContain(
    `was given up: an answer of ${cloud.address} points to ${foreign.address}, and its token goes nowhere else.\nNothing was sent there.`,
  );
});

test('the next page at the same place is read, however the place is spelled', async () => {
  const { azure, cloud } = await hostile(({ path, headers }) => ({
    status: 200,
    body: {
      value: [],
      ...(path.includes('page=2') ? {} : { nextLink: `HTTPS://LOCALHOST:${headers.host?.split(':')[1]}/x?page=2` }),
    },
  }));
  await listRuns(azure, workflow, { top: 50 });
  expect(cloud.received.map(({ headers }) => headers.authorization)).toEqual(['Bearer a token', 'Bearer a token']);
});

test.each(['location', 'azure-asyncoperation'])('no token follows a foreign %s of an operation', async (header) => {
  const { azure, foreign } = await hostile((_, address) => ({ status: 202, headers: { [header]: `${address}/operation` } }));
  const what = { template: {}, parameters: {} };
  expect((await errorOf(foreseeDeployment(azure, workflow, what))).message).toContain(`points to ${foreign.address}`);
  const write = deleteResource(azure, siteId, '2024-04-01', 'the app');
  expect((await errorOf(write)).message).toContain(`points to ${foreign.address}`);
  expect(foreign.received).toEqual([]);
});

/** An app of this cloud, which is deployed at a host that it names. */
function app(host: string | undefined): Answer {
  return { status: 200, body: { id: siteId, properties: { hostNameSslStates: [{ name: host, hostType: 'Repository' }] } } };
}

test('no token follows a foreign Location of a zip deployment, at any look', async () => {
  const { azure, foreign } = await hostile(({ method, headers }, address) =>
    method === 'POST' ? { status: 202, headers: { location: `${address}/api/deployments/1` } } : app(headers.host),
  );
  const service = (await findSite(azure, siteId))?.deployments ?? expect.fail('the app names a host');
  const address = await sendZip(azure, service, Buffer.from('zip'));
  for (let look = 0; look < 2; look++)
    expect((await errorOf(readZipState(azure, service, address))).message).toContain(`points to ${foreign.address}`);
  expect(foreign.received).toEqual([]);
});

test('an app is deployed where Resource Manager says, with retries; no other host gets its token', async () => {
  const deploys = await loopback((_, index) =>
    index === 0 ? { status: 503 } : { status: 202, headers: { location: '/api/mine' } },
  );
  const cloud = await loopback(() => app(new URL(deploys.address).host));
  const azure = signedIn(wholeProfileAt(cloud.address, cloud.certificate));
  const invented = { endpoint: deploys.address, audience: azure.profile.resourceManager.audience };
  expect((await errorOf(sendZip(azure, invented, Buffer.from('zip')))).message).toContain('is not a host of this cloud');
  expect(deploys.received).toEqual([]);
  const service = (await findSite(azure, siteId))?.deployments ?? expect.fail('the app names a host');
  expect(await sendZip(azure, service, Buffer.from('zip'))).toBe(`${deploys.address}/api/mine`);
  expect(deploys.received.map(({ headers }) => headers.authorization)).toEqual(['Bearer a token', 'Bearer a token']);
});

test('a host that is none is not taken up', async () => {
  const { azure } = await hostile(() => app(':'));
  const service = (await findSite(azure, siteId))?.deployments ?? expect.fail('the app names a host');
  expect((await errorOf(sendZip(azure, service, Buffer.from('zip')))).message).toContain('was not sent');
  expect([azure.origins.includes('no address'), azure.origins.includes('https://')]).toEqual([false, false]);
});

test('an address of a zip deployment without TLS is asked with it', async () => {
  const { azure, cloud } = await hostile(({ method, headers }) =>
    method === 'POST'
      ? { status: 202, headers: { location: 'http://localhost:80/api/deployments/1?time=2' } }
      : app(headers.host),
  );
  const service = (await findSite(azure, siteId))?.deployments ?? expect.fail('the app names a host');
  expect(await sendZip(azure, service, Buffer.from('zip'))).toBe(`${cloud.address}/api/deployments/1?time=2`);
});

test('the name of a vault does not lead to another host', async () => {
  const { azure, foreign } = await hostile(() => ({ status: 200, body: {} }));
  const { host } = new URL(foreign.address);
  const named = {
    ...azure,
    profile: { ...azure.profile, vault: { ...azure.profile.vault, endpoint: 'https://{name}.vault.azure.net' } },
  };
  expect((await errorOf(readPfxFromVault(named, `${host}/`, 'hr'))).message).toContain(
    'was not sent: its address cannot be read.',
  );
  expect(foreign.received).toEqual([]);
});

test('what is no host of the cloud is asked once', async () => {
  const { azure, foreign, cloud } = await hostile(() => ({ status: 503 }));
  const ask = async (url: string) => {
    const pipeline = createEmptyPipeline();
    for (const { policy } of azure.clientOptions.additionalPolicies) pipeline.addPolicy(policy);
    return pipeline.sendRequest(createDefaultHttpClient(), createPipelineRequest({ url }));
  };
  const other = await loopback(() => ({ status: 503 }));
  expect((await ask(other.address)).status).toBe(503);
  expect(other.received).toHaveLength(1);
  expect((await ask(cloud.address)).status).toBe(503);
  expect(cloud.received).toHaveLength(6);
  expect(foreign.received).toEqual([]);
});

const token = (access_token: string): Answer => ({ status: 200, body: { token_type: 'Bearer', expires_in: 3600, access_token } });
const isForToken = ({ path }: Received) => path.includes('/oauth2/v2.0/token');

test('all clients of a command share one token for each service', async () => {
  const claims = Buffer.from(JSON.stringify({ oid: '1', tid: '2' })).toString('base64url');
  const { azure, received } = await registration((request) => {
    if (isForToken(request)) return token(`a.${claims}.c`);
    return discovery(request) ?? { status: 200, body: { ...group, value: [] } };
  });
  await Promise.all([
    whoIsSignedIn(azure),
    findResourceGroup(azure, subscription, 'rg-flows'),
    listRuns(azure, workflow, { top: 5 }),
    findSite(azure, siteId),
  ]);
  await findResource(azure, siteId, '2024-04-01', 'the app');
  await send(azure, azure.profile.resourceManager, { path: '/x' });
  expect(received.filter(isForToken)).toHaveLength(1);
  await Promise.all([findUser(azure, 'a@contoso.com'), findApplications(azure, { displayName: 'HR' })]);
  expect(received.filter(isForToken)).toHaveLength(2);
});

test('a token that was renewed is the one of all clients after that', async () => {
  const expired = { status: 401, body: { error: { code: 'ExpiredAuthenticationToken', message: 'The token has expired.' } } };
  let made = 0;
  const { azure, received } = await registration((request) => {
    if (isForToken(request)) return token(`token ${++made}`);
    return discovery(request) ?? (request.headers.authorization === 'Bearer token 1' ? expired : { status: 200, body: group });
  });
  for (let count = 0; count < 3; count++) await findResourceGroup(azure, subscription, 'rg-flows');
  await send(azure, azure.profile.resourceManager, { path: '/x' });
  expect(received.filter(isForToken)).toHaveLength(2);
  expect(received.filter(({ headers }) => headers.authorization === 'Bearer token 1')).toHaveLength(1);
});
