import { connect } from '../../src/azure/azure.ts';
import { toPem } from '../../src/certificate/pem.ts';
import { createCertificate } from '../../src/index.ts';
import { type Answer, loopback, type Received, wholeProfileAt } from './loopback.ts';

/** An app registration that signs in at this address with a new certificate. */
export async function registration(answer: (request: Received) => Answer) {
  const server = await loopback(answer);
  const { privateKey, certificate } = await createCertificate({ subject: 'CN=signs in', days: 2 });
  const key = String(privateKey.export({ type: 'pkcs8', format: 'pem' }));
  const azure = connect(wholeProfileAt(server.address, server.certificate), {
    application: 'certflow/test',
    signIn: {
      kind: 'certificate',
      tenantId: '11111111-1111-1111-1111-111111111111',
      clientId: '22222222-2222-2222-2222-222222222222',
      certificate: { pem: key + toPem('CERTIFICATE', certificate.raw) },
    },
  });
  return { azure, ...server };
}

/** What MSAL reads before it asks for a token. */
export function discovery({ path, headers }: Received): Answer | undefined {
  if (!path.includes('openid-configuration')) return undefined;
  const base = `https://${headers.host}/11111111-1111-1111-1111-111111111111`;
  const endpoints = { token_endpoint: `${base}/oauth2/v2.0/token`, authorization_endpoint: `${base}/oauth2/v2.0/authorize` };
  return { status: 200, body: { issuer: `${base}/v2.0`, jwks_uri: `${base}/keys`, ...endpoints } };
}
