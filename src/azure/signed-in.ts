import { attempt } from './attempt.ts';
import type { Azure } from './azure.ts';

/** Who is signed in, as the token for Azure Resource Manager says. */
export interface SignedIn {
  readonly objectId: string;
  readonly tenantId: string;
  readonly principalType: 'User' | 'ServicePrincipal';
}

/** Reads the claims of a token that is ours: nothing is trusted because of them, so that the signature does not matter. */
export async function whoIsSignedIn(azure: Azure): Promise<SignedIn> {
  const token = await attempt(azure, 'finding out who is signed in', () =>
    azure.credential.getToken(
      `${azure.profile.resourceManager.audience}/.default`,
      azure.signal ? { abortSignal: azure.signal } : {},
    ),
  );
  const claims = JSON.parse(Buffer.from(token?.token.split('.')[1] ?? '', 'base64url').toString('utf8')) as Record<
    string,
    unknown
  >;
  return {
    objectId: String(claims.oid ?? ''),
    tenantId: String(claims.tid ?? ''),
    principalType: claims.idtyp === 'app' ? 'ServicePrincipal' : 'User',
  };
}
