import type { ServerResponse } from 'node:http';
import { createGzip } from 'node:zlib';
import { expect, test } from 'vitest';
import { findApplications, readApplication } from '../../src/azure/graph.ts';
import { replaceKeyCredentials } from '../../src/azure/key-credentials.ts';
import { findResourceGroup } from '../../src/azure/resource-groups.ts';
import { deleteResource } from '../../src/azure/resources.ts';
import { listRuns } from '../../src/azure/runs.ts';
import { findSiteGrant } from '../../src/azure/sites.ts';
import { findTenant } from '../../src/azure/tenants.ts';
import { findCertificate, findPendingIssuer, listVersions, readPfxFromVault } from '../../src/azure/vault-certificates.ts';
import { findWorkflow } from '../../src/azure/workflows.ts';
import { type Answer, errorOf, loopback, type Received, signedIn, wholeProfileAt } from './loopback.ts';
import { discovery, registration } from './registration.ts';

const subscription = '33333333-3333-3333-3333-333333333333';
const workflow = { subscription, resourceGroup: 'rg-flows', name: 'hr' };

async function cloud(answer: (request: Received) => Answer, limit?: number) {
  const server = await loopback(answer);
  const profile = wholeProfileAt(server.address, server.certificate);
  return {
    ...server,
    azure: signedIn(limit === undefined ? profile : { ...profile, delays: { poll: 1, retry: 1, answer: limit } }),
  };
}

const readings = [
  ['Resource Manager, newer SDK', (azure) => findResourceGroup(azure, subscription, 'rg-flows')],
  ['Resource Manager, older SDK', (azure) => findWorkflow(azure, workflow)],
  ['a list', (azure) => listRuns(azure, workflow, { top: 5 })],
  ['a deletion', (azure) => deleteResource(azure, `/subscriptions/${subscription}/resourceGroups/a`, '2021-04-01', 'it')],
  ['Graph', (azure) => readApplication(azure, '1')],
  ['a list of Graph', (azure) => findApplications(azure, { displayName: 'HR' })],
  ['a vault', (azure) => findCertificate(azure, 'kv-hr', 'hr')],
] satisfies [string, (azure: Awaited<ReturnType<typeof cloud>>['azure']) => Promise<unknown>][];

test.each(readings)('a redirect is told, and not followed: %s', async (_, read) => {
  for (const status of [301, 302, 307, 308]) {
    const other = await loopback(() => ({ status: 200, body: { value: [] } }));
    const { azure, received, address } = await cloud(() => ({ status, headers: { location: `${other.address}/login?next=1` } }));
    const error = await errorOf(read(azure));
    expect(error.message).toContain(`was answered with a redirect (${status}) to ${other.address}, which is not followed.\n`);
    expect(error.message).toContain(new URL(address).host);
    expect([received.length, other.received.length]).toEqual([1, 0]);
  }
});

test('a redirect within the service is told too, and one that leads nowhere', async () => {
  const within = await cloud(({ path }) =>
    path === '/there' ? { status: 200 } : { status: 307, headers: { location: '/there' } },
  );
  expect((await errorOf(findResourceGroup(within.azure, subscription, 'rg'))).message).toContain(`(307) to ${within.address},`);
  const nowhere = await cloud(() => ({ status: 302, headers: { location: 'https://' } }));
  expect((await errorOf(findCertificate(nowhere.azure, 'kv', 'hr'))).message).toContain(
    'a redirect (302), which is not followed',
  );
});

test('a redirect at the sign-in is told as one', async () => {
  const { azure } = await registration(
    (request) => discovery(request) ?? { status: 302, headers: { location: 'https://portal.example/' } },
  );
  expect((await errorOf(findResourceGroup(azure, subscription, 'rg'))).message).toContain(
    'was answered with a redirect (302) to https://portal.example, which is not followed.',
  );
});

test.each(['', 'null', '[]', '<html>Welcome</html>'])('a good answer that holds no object (%j) is told', async (body) => {
  const { azure } = await cloud(() => ({ status: 200, body, headers: { 'content-type': 'text/html' } }));
  expect((await errorOf(readApplication(azure, '1'))).message).toContain('something that is no JSON object');
  expect((await errorOf(findCertificate(azure, 'kv', 'hr'))).message).toContain('something that is no JSON object');
});

/** Goes on as long as somebody reads it. */
function endless(response: ServerResponse, { zipped }: { zipped: boolean }) {
  response.writeHead(200, { 'content-type': 'application/json', ...(zipped && { 'content-encoding': 'gzip' }) });
  const out = zipped ? createGzip() : response;
  if (out !== response) out.pipe(response);
  const chunk = Buffer.alloc(1_048_576, ' ');
  let written = 0;
  const write = () => {
    // Far above the cap: without one the test would end in another way.
    while (!response.destroyed && written++ < 200) if (!out.write(chunk)) return out.once('drain', write);
    return out.end('{}');
  };
  response.on('error', () => {});
  write();
}

test.each([false, true])('an endless answer is given up, in bytes as they are unpacked (zipped: %s)', async (zipped) => {
  const { azure, received } = await cloud(() => (response) => void endless(response, { zipped }));
  const reading = zipped ? readApplication(azure, '1') : findResourceGroup(azure, subscription, 'rg');
  expect(await errorOf(reading)).toMatchObject({
    kind: 'unreachable',
    message: expect.stringContaining('was given up: the answer is larger than 64 MiB.'),
  });
  expect(received).toHaveLength(1);
});

test.each([false, true])('an answer that only drips is given up as a whole (zipped: %s)', async (zipped) => {
  const { azure, received } = await cloud(
    () => (response) => {
      response.writeHead(200, { 'content-type': 'application/json', ...(zipped && { 'content-encoding': 'gzip' }) });
      const out = zipped ? createGzip({ flush: 2 }) : response;
      if (out !== response) out.pipe(response);
      const drip = setInterval(() => out.write(' '), 20);
      response.on('close', () => clearInterval(drip));
    },
    900,
  );
  expect((await errorOf(findResourceGroup(azure, subscription, 'rg'))).message).toContain(
    'was given up: the answer did not end within 0.9 seconds.',
  );
  expect(received).toHaveLength(1);
});

/** What no object of JavaScript can be written as. */
const unsayable = { toString: false };

const foreign = [
  [
    'a certificate',
    { id: 'a', cer: 'AA==', policy: { lifetime_actions: [null] } },
    (azure) => findCertificate(azure, 'kv', 'hr'),
  ],
  ['a certificate with its key', { value: unsayable }, (azure) => readPfxFromVault(azure, 'kv', 'hr')],
  ['a grant', { value: [{ id: 'a', grantedToIdentitiesV2: 7 }] }, (azure) => findSiteGrant(azure, 'site', 'app')],
  ['a batch', { responses: 7 }, (azure) => replaceKeyCredentials(azure, { id: 'a', displayName: 'HR' }, [])],
] satisfies [string, object, (azure: Awaited<ReturnType<typeof cloud>>['azure']) => Promise<unknown>][];

test.each(foreign)('what cannot be read as the answer of its service is told with the request: %s', async (_, body, read) => {
  const { azure } = await cloud(() => ({ status: 200, body }));
  const error = await errorOf(read(azure));
  expect(error.message).toMatch(/^[A-Z].* was answered with something that is /);
});

test.each([1e308, -1, '1'])('a time of a vault that is none (%j) is told', async (created) => {
  const { azure } = await cloud(() => ({ status: 200, body: { value: [{ id: 'a', attributes: { created } }] } }));
  expect((await errorOf(listVersions(azure, 'kv', 'hr'))).message).toContain('"created" is no number of seconds.');
});

test('a time of Graph that is none is told', async () => {
  const { azure } = await cloud(() => ({ status: 200, body: { id: 'a', keyCredentials: [{ endDateTime: 'tomorrow' }] } }));
  expect((await errorOf(readApplication(azure, 'a'))).message).toContain('"endDateTime" is no time.');
});

test('a member that is no text where a text is wanted counts as none', async () => {
  const { azure } = await cloud(() => ({ status: 200, body: { issuer: unsayable, status: unsayable, error: { message: 7 } } }));
  expect(await findTenant(azure, 'contoso.com')).toMatchObject({ id: '' });
  expect(await findPendingIssuer(azure, 'kv', 'hr')).toBeUndefined();
});
