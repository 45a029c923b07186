import { createServer } from 'node:http';
import { type AddressInfo, connect as connectTo } from 'node:net';
import { LogicManagementClient } from '@azure/arm-logic';
import { expect, onTestFinished, test, vi } from 'vitest';
import { attempt } from '../../src/azure/attempt.ts';
import { type Azure, clientOptionsFor, connect } from '../../src/azure/azure.ts';
import { createResourceGroup, findResourceGroup } from '../../src/azure/resource-groups.ts';
import { type Answer, errorOf, loopback, profileAt, type Received, signedIn } from './loopback.ts';
import { discovery, registration } from './registration.ts';

const subscription = '33333333-3333-3333-3333-333333333333';
const group = { name: 'rg-flows', location: 'westeurope', properties: { provisioningState: 'Succeeded' } };
const refused = { error: { code: 'AuthorizationFailed', message: "The client 'x' does not have authorization." } };

/** A cloud that answers so to whoever is signed in already. */
async function cloud(
  answer: (request: Received, index: number) => Answer,
  options: { signal?: AbortSignal; notice?: (text: string) => void } = {},
) {
  const server = await loopback(answer);
  return { ...server, azure: signedIn(profileAt(server.address, server.certificate), options) };
}

function logic(azure: Azure): LogicManagementClient {
  return new LogicManagementClient(azure.credential, subscription, clientOptionsFor(azure, azure.profile.resourceManager));
}

test('what was asked arrives: address, token, who sends', async () => {
  const { azure, received } = await cloud(() => ({ status: 200, body: group }));
  expect(await findResourceGroup(azure, subscription, 'rg-flows')).toEqual({
    name: 'rg-flows',
    location: 'westeurope',
    state: 'Succeeded',
  });
  expect(received[0]).toMatchObject({ method: 'GET', headers: { authorization: 'Bearer a token' } });
  expect(received[0]?.headers['user-agent']).toMatch(/^certflow\/test /);
});

test('what is not there is undefined, and not an error', async () => {
  const { azure } = await cloud(() => ({ status: 404, body: { error: { code: 'ResourceGroupNotFound', message: 'no' } } }));
  expect(await findResourceGroup(azure, subscription, 'rg-flows')).toBeUndefined();
});

test('a refusal is a sentence: what was tried, the code, the message, the cure; in both generations of SDKs', async () => {
  const { azure } = await cloud(() => ({ status: 403, body: refused }));
  const cure = 'Ask an owner of the subscription or resource group for a role with the action that the message names.';
  const error = await errorOf(findResourceGroup(azure, subscription, 'rg-flows'));
  expect(error.message).toBe(
    `Reading the resource group rg-flows was refused (403): AuthorizationFailed: The client 'x' does not have authorization.\n${cure}`,
  );
  expect(error).toMatchObject({ kind: 'refused', status: 403, code: 'AuthorizationFailed', cure });
  const older = await errorOf(attempt(azure, 'reading the workflow hr', () => logic(azure).workflows.get('rg-flows', 'hr')));
  expect(older).toMatchObject({ kind: 'refused', status: 403, code: 'AuthorizationFailed', cure });
});

test('causes within the cause are kept, also where a service hands them on as text', async () => {
  const inner = JSON.stringify({ error: { code: 'RoleAssignmentExists', message: 'The role assignment already exists.' } });
  const body = { error: { code: 'DeploymentFailed', message: 'At least one.', details: [{ code: 'Conflict', message: inner }] } };
  const { azure } = await cloud(() => ({ status: 409, body }));
  const error = await errorOf(createResourceGroup(azure, subscription, { name: 'rg-flows', location: 'westeurope' }));
  expect(error.message).toContain('RoleAssignmentExists: The role assignment already exists.');
  expect(error.cure).toMatch(/assignVaultRole: false/);
});

test('a page of a proxy is told without its tags', async () => {
  const { azure } = await cloud(() => ({
    status: 403,
    body: '<html><style>p{}</style><p>Blocked by <b>the proxy</b></p></html>',
  }));
  expect((await errorOf(findResourceGroup(azure, subscription, 'rg'))).message).toContain('(403): Blocked by the proxy\n');
});

test.each([429, 503, 500, 'reset'] as const)('%s is tried again, and goes well', async (failure) => {
  const { azure, received } = await cloud((_, index) => {
    if (index >= 2) return { status: 200, body: group };
    return failure === 'reset' ? failure : { status: failure, headers: failure === 429 ? { 'retry-after': '0' } : {} };
  });
  expect(await findResourceGroup(azure, subscription, 'rg-flows')).toMatchObject({ name: 'rg-flows' });
  expect(received).toHaveLength(3);
});

test('what never goes well ends after six requests, and says what came back last', async () => {
  const { azure, received } = await cloud(() => ({ status: 503, body: { error: { code: 'ServerBusy', message: 'Later.' } } }));
  const error = await errorOf(findResourceGroup(azure, subscription, 'rg-flows'));
  expect(error.message).toContain('(503): ServerBusy: Later.\nThe service has a problem of its own.');
  expect(received).toHaveLength(6);
});

test('a pause that is too long is not waited for, but told', async () => {
  const { azure, received } = await cloud(() => ({ status: 429, headers: { 'retry-after': '3600' } }));
  const error = await errorOf(findResourceGroup(azure, subscription, 'rg-flows'));
  expect(error.message).toContain('wants 3600 seconds of pause');
  expect(received).toHaveLength(1);
});

test('what would start something twice is not repeated after a lost connection, but after 429', async () => {
  const lost = await cloud(() => 'reset');
  const run = (azure: Azure) =>
    attempt(azure, 'starting hr', () => logic(azure).workflowTriggers.run('rg-flows', 'hr', 'Recurrence'));
  expect(await errorOf(run(lost.azure))).toMatchObject({ kind: 'unreachable' });
  expect(lost.received).toHaveLength(1);
  const busy = await cloud((_, index) => (index === 0 ? { status: 429, headers: { 'retry-after': '0' } } : { status: 202 }));
  await run(busy.azure);
  expect(busy.received).toHaveLength(2);
});

test('a token that the service calls expired is renewed, once', async () => {
  const expired = {
    status: 401,
    body: { error: { code: 'ExpiredAuthenticationToken', message: 'The access token expiry UTC time is earlier.' } },
  };
  const { azure, received } = await cloud((_, index) => (index === 0 ? expired : { status: 200, body: group }));
  expect(await findResourceGroup(azure, subscription, 'rg-flows')).toMatchObject({ name: 'rg-flows' });
  expect(received.map(({ headers }) => headers.authorization)).toEqual(['Bearer a token', 'Bearer a new token']);
  const still = await cloud(() => expired);
  expect((await errorOf(findResourceGroup(still.azure, subscription, 'rg-flows'))).cure).toMatch(/^Sign in again/);
  expect(still.received).toHaveLength(2);
});

test('a request that is never answered counts as lost', async () => {
  const { address, certificate, received } = await loopback(() => 'silence');
  const profile = profileAt(address, certificate);
  const azure = signedIn({ ...profile, delays: { poll: 1, retry: 1, answer: 900 } });
  expect((await errorOf(findResourceGroup(azure, subscription, 'rg-flows'))).message).toContain(
    'failed: no answer within 0.9 seconds.',
  );
  // Some are lost before the server has them.
  expect(received.length).toBeGreaterThan(0);
});

test('stopping ends a request that waits for its answer', async () => {
  const stop = new AbortController();
  const { azure } = await cloud(
    () => {
      stop.abort();
      return 'silence';
    },
    { signal: stop.signal },
  );
  expect(await errorOf(findResourceGroup(azure, subscription, 'rg-flows'))).toMatchObject({
    kind: 'stopped',
    message: 'Reading the resource group rg-flows was stopped.',
  });
});

test('a service that nobody reaches, and one whose certificate nobody trusts', async () => {
  const gone = signedIn(profileAt('https://localhost:1', ''));
  const unreachable = await errorOf(findResourceGroup(gone, subscription, 'rg'));
  expect(unreachable).toMatchObject({ kind: 'unreachable', cure: expect.stringContaining('run the same command again') });
  const { address, certificate } = await loopback(() => ({ status: 200, body: group }));
  const { certificateAuthority, ...profile } = profileAt(address, certificate);
  // A connection of somebody who trusts it is no way around.
  const trusted = signedIn(profileAt(address, certificate));
  expect(await findResourceGroup(trusted, subscription, 'rg')).toMatchObject({ name: 'rg-flows' });
  const untrusted = await errorOf(findResourceGroup(signedIn(profile), subscription, 'rg'));
  expect(untrusted).toMatchObject({ kind: 'unreachable', cure: expect.stringContaining('--ca-file') });
});

test('behind a proxy, too, the certificate authority counts', async () => {
  const proxied: string[] = [];
  const proxy = createServer().on('connect', (request, socket) => {
    proxied.push(request.url ?? '');
    const [host, port] = (request.url ?? '').split(':');
    const target = connectTo(Number(port), host, () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      socket.pipe(target).pipe(socket);
    });
    target.on('error', () => socket.destroy());
    socket.on('error', () => target.destroy());
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void proxy.close());
  vi.stubEnv('HTTPS_PROXY', `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`);
  onTestFinished(() => void vi.unstubAllEnvs());
  const { azure, address } = await cloud(() => ({ status: 200, body: group }));
  expect(await findResourceGroup(azure, subscription, 'rg-flows')).toMatchObject({ name: 'rg-flows' });
  expect(proxied).toEqual([new URL(address).host]);
});

test('a certificate signs in, and its token is sent', async () => {
  const { azure, received } = await registration(
    (request) =>
      discovery(request) ??
      (request.path.includes('/oauth2/v2.0/token')
        ? { status: 200, body: { token_type: 'Bearer', expires_in: 3600, access_token: 'made for us' } }
        : { status: 200, body: group }),
  );
  await findResourceGroup(azure, subscription, 'rg-flows');
  expect(received.at(-1)?.headers.authorization).toBe('Bearer made for us');
  expect(received.find(({ path }) => path.includes('/oauth2/v2.0/token'))?.body).toContain('management.azure.com%2F.default');
});

test("Entra's code is told with what it comes from and the cure", async () => {
  const description =
    'AADSTS700027: The certificate with identifier used to sign the client assertion is not registered on application. Trace ID: 1';
  const { azure } = await registration(
    (request) =>
      discovery(request) ?? {
        status: 401,
        body: { error: 'invalid_client', error_description: description, error_codes: [700027] },
      },
  );
  const error = await errorOf(findResourceGroup(azure, subscription, 'rg-flows'));
  expect(error.kind).toBe('sign-in');
  expect(error.message).toMatch(
    /^Reading the resource group rg-flows failed at the sign-in: AADSTS700027: The certificate .* application\.\nCompare the thumbprint/,
  );
});

test('a sign-in host that does not answer, and one that is not trusted, are named', async () => {
  const { azure, address } = await registration(() => 'reset');
  const what = `Reading the resource group rg-flows failed: the sign-in host ${address} cannot be reached, or is not trusted here.\n`;
  expect((await errorOf(findResourceGroup(azure, subscription, 'rg-flows'))).message).toContain(what);
});

test('nobody signed in is one sentence with three ways', async () => {
  vi.stubEnv('AZURE_TOKEN_CREDENTIALS', 'EnvironmentCredential');
  for (const name of ['AZURE_CLIENT_ID', 'AZURE_TENANT_ID', 'AZURE_CLIENT_SECRET', 'AZURE_CLIENT_CERTIFICATE_PATH'])
    vi.stubEnv(name, undefined);
  onTestFinished(() => void vi.unstubAllEnvs());
  const { address, certificate } = await loopback(() => ({ status: 200, body: group }));
  const azure = connect(profileAt(address, certificate), { application: 'certflow/test' });
  expect((await errorOf(findResourceGroup(azure, subscription, 'rg-flows'))).message).toBe(
    'Reading the resource group rg-flows needs a sign-in, and nobody is signed in to Azure.\nRun "az login" first; or add --device-code to sign in with a browser; or name an app registration: --service-principal <client id> --tenant <tenant> --certificate-file <pfx or pem>.',
  );
});
