import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import { connect } from '../../src/azure/azure.ts';
import { whoIsSignedIn } from '../../src/azure/signed-in.ts';
import { profileAt } from './loopback.ts';

/** A server without TLS, and the paths that it was asked for. */
async function plain({ status, answer }: { readonly status: number; readonly answer: object }) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  }).on('connect', (request, socket) => {
    asked.push(request.url ?? '');
    socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  onTestFinished(close);
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked, close };
}

// One test: MSAL keeps the address of the machine for as long as the process lives.
test('the address at which a machine gives out its identity is asked past every proxy', async () => {
  const claims = Buffer.from(JSON.stringify({ oid: 'machine', idtyp: 'app' })).toString('base64url');
  const expires = Math.floor(Date.now() / 1000) + 3600;
  const token = { access_token: `h.${claims}.s`, expires_on: expires, token_type: 'Bearer', resource: 'x' };
  const machine = await plain({ status: 200, answer: token });
  const proxy = await plain({ status: 504, answer: { error: 'no such host' } });
  vi.stubEnv('AZURE_POD_IDENTITY_AUTHORITY_HOST', machine.address);
  vi.stubEnv('AZURE_TOKEN_CREDENTIALS', 'ManagedIdentityCredential');
  for (const name of ['IDENTITY_ENDPOINT', 'MSI_ENDPOINT', 'AZURE_CLIENT_ID']) vi.stubEnv(name, undefined);
  for (const [index, variable] of ['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY', 'http_proxy'].entries()) {
    vi.stubEnv(variable, proxy.address);
    const profile = profileAt('https://localhost:1', '');
    const { resourceManager } = profile;
    // Another audience each time: a token is kept.
    const audience = `${resourceManager.audience}/${index}`;
    const azure = connect({ ...profile, resourceManager: { ...resourceManager, audience } }, { application: 'certflow/test' });
    expect(await whoIsSignedIn(azure)).toMatchObject({ objectId: 'machine' });
    expect([variable, machine.asked.length, proxy.asked]).toEqual([variable, index + 1, []]);
    vi.stubEnv(variable, undefined);
  }
  // Gone, it is not the sign-in host that cannot be reached.
  machine.close();
  const azure = connect(profileAt('https://localhost:1', ''), { application: 'certflow/test' });
  await expect(whoIsSignedIn(azure)).rejects.toThrow('nobody is signed in to Azure');
});
