import { createHash, X509Certificate } from 'node:crypto';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair } from 'jose';
import { Provider } from 'oidc-provider';
import { onTestFinished } from 'vitest';
import { createAuthority, issueServerCertificate, privateKeyToPem } from '../../src/certificate/index.ts';

export interface Registration {
  readonly tenantId: string;
  readonly clientId: string;
  /** PEM. */
  readonly certificate: string;
  /** Claims of its tokens besides those of OpenID. */
  readonly claims: () => Readonly<Record<string, unknown>>;
}

/**
 * A token endpoint by oidc-provider, which is certified for OpenID Connect, at Entra ID's addresses. Entra's scope
 * `<audience>/.default` becomes a resource (RFC 8707). Ends with the test.
 */
export async function oidcAuthority({ tenantId, clientId, certificate, claims }: Registration) {
  const authority = await createAuthority('oidc-provider');
  const tls = await issueServerCertificate(authority, ['localhost']);
  const server = createServer({ key: privateKeyToPem(tls.privateKey, undefined), cert: tls.certificate.toString() });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = `https://localhost:${(server.address() as AddressInfo).port}`;
  const issuer = `${address}/${tenantId}/v2.0`;
  const keys = await generateKeyPair('RS256', { extractable: true });
  const { publicKey, raw } = new X509Certificate(certificate);
  const clientKey = {
    ...publicKey.export({ format: 'jwk' }),
    use: 'sig',
    kid: createHash('sha256').update(raw).digest('base64url'),
  };
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: clientId,
        redirect_uris: [],
        response_types: [],
        grant_types: ['client_credentials'],
        token_endpoint_auth_method: 'private_key_jwt',
        jwks: { keys: [clientKey as never] },
      },
    ],
    jwks: { keys: [{ ...(await exportJWK(keys.privateKey)), kid: 'oidc', use: 'sig', alg: 'RS256' } as never] },
    enabledJWA: { clientAuthSigningAlgValues: ['PS256', 'RS256'] },
    clientAuthMethods: ['private_key_jwt'],
    scopes: [],
    ttl: { ClientCredentials: 3599 },
    routes: { token: '/oauth2/v2.0/token', jwks: '/discovery/v2.0/keys', authorization: '/oauth2/v2.0/authorize' },
    extraTokenClaims: () => claims() as never,
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        useGrantedResource: () => true,
        getResourceServerInfo: (_, resource) => ({
          scope: '',
          audience: resource,
          accessTokenFormat: 'jwt',
          accessTokenTTL: 3599,
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
  });
  const answer = provider.callback();
  server.on('request', async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    const path = (request.url ?? '').replace(`/${tenantId}`, '').replace('/v2.0/.well-known', '/.well-known');
    const form = new URLSearchParams(text);
    form.set('resource', (form.get('scope') ?? '').replace(/\/\.default$/, ''));
    form.delete('scope');
    // It takes a body that was read already, and needs the whole address for those that it gives out.
    Object.assign(request, {
      url: path,
      originalUrl: `/${tenantId}${path}`,
      ...(text !== '' && { body: Object.fromEntries(form) }),
    });
    answer(request, response);
  });
  const { kty, n, e } = await exportJWK(keys.publicKey);
  return {
    authority: {
      address,
      issuer,
      jwks: { keys: [{ kty: kty as string, n: n as string, e: e as string, kid: 'oidc', alg: 'RS256' }] },
    },
    certificateAuthority: authority.certificate.toString(),
  };
}
