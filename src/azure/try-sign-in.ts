import { textOf } from '../json/json.ts';
import { attempt } from './attempt.ts';
import type { Azure } from './azure.ts';
import { AzureError } from './azure-error.ts';
import { claimsOf } from './claims.ts';
import { credentialOf } from './sign-in.ts';
import { waitFor } from './wait.ts';

export interface CertificateSignIn {
  readonly tenantId: string;
  readonly clientId: string;
  /** Private key and certificate, in memory only. */
  readonly pem: string;
}

/**
 * Signs in with a certificate, as a workflow would, until Entra ID takes it: what was just written to an app registration takes some
 * minutes to reach all who check. Throws the AzureError of the last sign-in where it is refused for good or for too long.
 */
export async function untilSignedIn(azure: Azure, { tenantId, clientId, pem }: CertificateSignIn): Promise<void> {
  await waitFor(
    azure,
    {
      waitingFor: `Entra ID to take the certificate of ${clientId}`,
      limit: 10 * 60_000,
      whenOver: 'Nothing was changed for the workflow: it signs in with the old one. Run the same command again in some minutes.',
    },
    async () => {
      try {
        // A new credential each time: they remember what did not work.
        const credential = credentialOf(
          { kind: 'certificate', tenantId, clientId, certificate: { pem } },
          azure.profile,
          azure.clientOptions,
        );
        await attempt(azure, 'signing in with the new certificate', () =>
          credential.getToken(`${azure.profile.graph.audience}/.default`, azure.signal ? { abortSignal: azure.signal } : {}),
        );
        return true;
      } catch (error) {
        if (error instanceof AzureError && error.message.includes('AADSTS700027')) return undefined;
        throw error;
      }
    },
  );
}

/** An access token, with what it says of itself. Only what calls the API with it sees the token. */
export interface Token {
  readonly token: string;
  readonly audience: string;
  readonly appId: string;
  readonly roles: readonly string[];
  /** ISO 8601. */
  readonly ends: string;
}

/**
 * Signs in with a certificate once, as a workflow does, and reads the claims of the token, which is ours: nothing is trusted because of
 * them. Throws an AzureError.
 */
export async function signInOnce(azure: Azure, { tenantId, clientId, pem }: CertificateSignIn, audience: string): Promise<Token> {
  const credential = credentialOf(
    { kind: 'certificate', tenantId, clientId, certificate: { pem } },
    azure.profile,
    azure.clientOptions,
  );
  const given = await attempt(azure, `signing in as ${clientId}`, () =>
    credential.getToken(`${audience}/.default`, azure.signal ? { abortSignal: azure.signal } : {}),
  );
  const token = given?.token ?? '';
  const claims = claimsOf(token);
  return {
    token,
    audience: textOf(claims.aud),
    appId: textOf(claims.appid ?? claims.azp),
    roles: Array.isArray(claims.roles) ? claims.roles.map(textOf) : [],
    ends: new Date(given?.expiresOnTimestamp ?? 0).toISOString(),
  };
}
