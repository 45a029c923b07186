import { webcrypto } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import 'reflect-metadata';
import {
  BasicConstraintsExtension,
  cryptoProvider,
  PemConverter,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';
import { expect, onTestFinished } from 'vitest';
import { type Azure, type ConnectOptions, connect } from '../../src/azure/azure.ts';
import type { AzureError } from '../../src/azure/azure-error.ts';
import { type CloudProfile, cloudProfile } from '../../src/cloud/profile.ts';

export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export type Answer =
  | { readonly status: number; readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> }
  /** The connection ends without an answer. */
  | 'reset'
  /** No answer ever comes. */
  | 'silence'
  /** Written by the test itself. */
  | ((response: ServerResponse) => void);

/** A server on loopback with a certificate of its own making, that answers what the test says. */
export async function loopback(answer: (request: Received, index: number) => Answer) {
  const { key, certificate } = await selfSigned();
  const received: Received[] = [];
  const server = createServer({ key, cert: certificate }, async (request, response) => {
    const body = await textOf(request);
    const one = { method: request.method ?? '', path: request.url ?? '', headers: request.headers, body };
    received.push(one);
    respond(response, answer(one, received.length - 1));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { address: `https://localhost:${(server.address() as AddressInfo).port}`, certificate, received };
}

function respond(response: ServerResponse, answer: Answer) {
  if (answer === 'silence') return;
  if (typeof answer === 'function') return answer(response);
  if (answer === 'reset') {
    response.socket?.destroy();
    return;
  }
  const { status, body, headers } = answer;
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(typeof body === 'string' ? body : body === undefined ? undefined : JSON.stringify(body));
}

export async function errorOf(promise: Promise<unknown>): Promise<AzureError> {
  return promise.then(
    () => expect.fail('it should have failed'),
    (error: AzureError) => error,
  );
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk;
  return text;
}

/** A cloud of which every service is at one address, with no pauses. */
export function profileAt(address: string, certificateAuthority: string): CloudProfile {
  return {
    ...cloudProfile('public'),
    name: 'loopback',
    authority: address,
    resourceManager: { endpoint: address, audience: 'https://management.azure.com' },
    certificateAuthority,
    delays: { poll: 1, retry: 1 },
  };
}

/** The same with Graph and the vaults there too. */
export function wholeProfileAt(address: string, certificateAuthority: string): CloudProfile {
  const profile = profileAt(address, certificateAuthority);
  return {
    ...profile,
    graph: { ...profile.graph, endpoint: address },
    vault: { ...profile.vault, endpoint: `${address}/vaults/{name}` },
  };
}

/** That cloud with somebody signed in already. */
export function signedIn(profile: CloudProfile, options: Partial<ConnectOptions> = {}): Azure {
  const token = { token: 'a token', expiresOnTimestamp: Date.now() + 3_600_000 };
  return {
    ...connect(profile, { application: 'certflow/test', ...options }),
    credential: { getToken: async () => token },
    freshCredential: () => ({ getToken: async () => ({ ...token, token: 'a new token' }) }),
  };
}

let made: Promise<{ key: string; certificate: string }> | undefined;

function selfSigned() {
  made ??= makeSelfSigned();
  return made;
}

async function makeSelfSigned() {
  cryptoProvider.set(webcrypto as Parameters<typeof cryptoProvider.set>[0] & object);
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const keys = (await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])) as webcrypto.CryptoKeyPair;
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: 'CN=localhost',
    keys,
    signingAlgorithm: algorithm,
    notBefore: new Date(Date.now() - 86_400_000),
    notAfter: new Date(Date.now() + 86_400_000),
    extensions: [new BasicConstraintsExtension(true), new SubjectAlternativeNameExtension([{ type: 'dns', value: 'localhost' }])],
  });
  const key = PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY');
  return { key, certificate: certificate.toString('pem') };
}
