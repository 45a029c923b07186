import { textOf } from '../json/json.ts';
import { attempt } from './attempt.ts';
import type { Azure } from './azure.ts';
import { AzureError } from './azure-error.ts';
import { claimsOf } from './claims.ts';

/** Who is signed in, as the token for Azure Resource Manager says. */
export interface SignedIn {
  readonly objectId: string;
  readonly tenantId: string;
  readonly principalType: 'User' | 'ServicePrincipal';
}

/** Reads that from a token for Resource Manager. Rejects with an AzureError, also where the token does not say it. */
export async function whoIsSignedIn(azure: Azure): Promise<SignedIn> {
  const tried = 'finding out who is signed in';
  const token = await attempt(azure, tried, () =>
    azure.credential.getToken(
      `${azure.profile.resourceManager.audience}/.default`,
      azure.signal ? { abortSignal: azure.signal } : {},
    ),
  );
  const { oid, tid, idtyp } = claimsOf(token?.token ?? '');
  if (typeof oid !== 'string')
    throw new AzureError('sign-in', tried, 'failed: the token does not say whom it is for.', {
      cure: 'Sign in again: "az login".',
    });
  return { objectId: oid, tenantId: textOf(tid), principalType: idtyp === 'app' ? 'ServicePrincipal' : 'User' };
}
