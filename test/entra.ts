import { createHash, type X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compactVerify, decodeJwt, decodeProtectedHeader, SignJWT } from 'jose';
import { onTestFinished } from 'vitest';
import type { KeyAndCertificate } from '../src/index.ts';
import { openssl } from './certificate/tools.ts';

export interface TokenEndpoint {
  /** Sign-in host, https on loopback. */
  readonly authority: string;
  /** PEM file of the certificate that the host shows. */
  readonly caFile: string;
  /** Headers of the assertions that were taken. */
  readonly headers: Record<string, unknown>[];
}

/**
 * Entra ID's discovery and token endpoint on loopback for one app registration, until the test ends. It takes a client assertion that the certificate
 * has signed as Microsoft's "certificate credentials" page says, and nothing else; facts/workflow-definitions.md 8.
 */
export async function tokenEndpoint(app: {
  readonly tenantId: string;
  readonly clientId: string;
  readonly certificate: KeyAndCertificate['certificate'];
}): Promise<TokenEndpoint> {
  const folder = mkdtempSync(join(tmpdir(), 'certflow-entra-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const [keyFile, caFile] = [join(folder, 'key.pem'), join(folder, 'ca.pem')];
  const name = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
  openssl(['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', keyFile, '-out', caFile, '-days', '2', ...name]);

  const headers: Record<string, unknown>[] = [];
  const server = createServer({ key: readFileSync(keyFile), cert: readFileSync(caFile) }, async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const authority = `https://localhost:${(server.address() as AddressInfo).port}`;
    const answer = (status: number, body: object) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    const base = `${authority}/${app.tenantId}`;
    if (request.url === `/${app.tenantId}/v2.0/.well-known/openid-configuration`) {
      answer(200, {
        issuer: `${base}/v2.0`,
        authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
        token_endpoint: `${base}/oauth2/v2.0/token`,
        jwks_uri: `${base}/discovery/v2.0/keys`,
      });
    } else if (request.url === `/${app.tenantId}/oauth2/v2.0/token` && request.method === 'POST') {
      try {
        const form = new URLSearchParams(Buffer.concat(chunks).toString());
        const audience = await verified(form, app, `${base}/oauth2/v2.0/token`, headers);
        const token = await new SignJWT({ appid: app.clientId }).setAudience(audience).setProtectedHeader({ alg: 'HS256' });
        const signed = await token.sign(new TextEncoder().encode('whoever calls an API on loopback takes any signature'));
        answer(200, { token_type: 'Bearer', expires_in: 3599, access_token: signed });
      } catch (error) {
        answer(401, {
          error: 'invalid_client',
          error_description: `AADSTS700027: ${(error as Error).message}`,
          error_codes: [700027],
        });
      }
    } else
      answer(404, { error: 'invalid_request', error_description: `AADSTS90002: there is no ${request.method} ${request.url}` });
  });
  await new Promise<void>((listening) => server.listen(0, 'localhost', listening));
  onTestFinished(
    () =>
      new Promise<void>((closed) => {
        server.closeAllConnections();
        server.close(() => closed());
      }),
  );
  return { authority: `https://localhost:${(server.address() as AddressInfo).port}`, caFile, headers };
}

/** The audience that is asked for. Throws what is wrong with the request. */
async function verified(
  form: URLSearchParams,
  { clientId, certificate }: { clientId: string; certificate: X509Certificate },
  endpoint: string,
  headers: Record<string, unknown>[],
): Promise<string> {
  const assertion = form.get('client_assertion') ?? '';
  const header = decodeProtectedHeader(assertion);
  const claims = decodeJwt(assertion);
  const digest = (algorithm: string) => createHash(algorithm).update(certificate.raw).digest('base64url');
  const now = Date.now() / 1000;
  const [audience, ...rest] = (form.get('scope') ?? '').split(/\/\.default$/);
  const held: readonly [what: string, holds: boolean][] = [
    ['grant_type', form.get('grant_type') === 'client_credentials'],
    ['client_id', form.get('client_id') === clientId],
    ['scope', rest.length === 1 && audience !== ''],
    ['client_assertion_type', form.get('client_assertion_type') === 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'],
    ['typ', header.typ === 'JWT'],
    ['thumbprint', header['x5t#S256'] === digest('sha256') || (header.alg === 'RS256' && header.x5t === digest('sha1'))],
    ['iss and sub', claims.iss === clientId && claims.sub === clientId],
    ['aud', claims.aud === endpoint],
    ['jti', typeof claims.jti === 'string' && claims.jti.length >= 16],
    ['nbf and exp', Number(claims.nbf) <= now + 5 && Number(claims.exp) > now && Number(claims.exp) - Number(claims.nbf) <= 600],
  ];
  for (const [what, holds] of held) if (!holds) throw new Error(`${what} will not do`);
  await compactVerify(assertion, certificate.publicKey, { algorithms: ['PS256', 'RS256'] });
  headers.push({ ...header });
  return audience as string;
}
