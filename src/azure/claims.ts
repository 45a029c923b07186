import { isObject } from '../json/json.ts';

/**
 * What a token says of itself; nothing is trusted because of that, so that the signature does not matter. None where the token is of a
 * form that only its API reads.
 */
export function claimsOf(token: string): Readonly<Record<string, unknown>> {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
    return isObject(claims) ? claims : {};
  } catch {
    return {};
  }
}
