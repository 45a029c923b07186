import { X509Certificate } from 'node:crypto';
import { compactVerify, decodeJwt, decodeProtectedHeader, type JWTPayload, type ProtectedHeaderParameters } from 'jose';
import { thumbprintsOf } from '../../certificate/index.ts';
import type { KeyCredential } from '../state.ts';
import { EntraError } from './entra-error.ts';

/** Entra ID takes no assertion that is valid for longer. */
const longestLifetime = 24 * 3600;
/** Clocks may differ by this many seconds. */
const clockSkew = 300;

export interface AssertionContext {
  readonly clientId: string;
  readonly credentials: readonly KeyCredential[];
  /** What `aud` may be: the token endpoint, or the issuer. */
  readonly audiences: readonly string[];
  readonly now: Date;
}

/**
 * Holds a client assertion (RFC 7523) against the certificates of an application, as Entra ID does: the one that its header names by
 * thumbprint, its signature, who it speaks for, for whom it is meant, and when. Throws an EntraError.
 */
export async function verifyAssertion(assertion: string, { clientId, credentials, audiences, now }: AssertionContext) {
  const { header, claims } = decode(assertion);
  const credential = credentials.find(({ key }) => isNamed(key, header));
  const thumbprint = thumbprintIn(header);
  if (credential === undefined)
    throw new EntraError(
      401,
      'invalid_client',
      700027,
      `The certificate with identifier used to sign the client assertion is not registered on application. [Reason - The key was not found., Thumbprint of key used by client: '${thumbprint}', Please visit the Azure Portal, Graph Explorer or directly use MS Graph to see configured keys for app Id '${clientId}'.]`,
    );
  const [start, end] = [new Date(credential.startDateTime), new Date(credential.endDateTime)];
  if (now < start || now > end)
    throw new EntraError(
      401,
      'invalid_client',
      700027,
      `Client assertion contains an invalid signature. [Reason - The key used is ${now < start ? 'not yet valid' : 'expired'}., Thumbprint of key used by client: '${thumbprint}', Found key 'Start=${credential.startDateTime}, End=${credential.endDateTime}'.]`,
    );
  await verifySignature(assertion, credential, thumbprint);
  verifyClaims(claims, { clientId, audiences, now });
}

function decode(assertion: string): { header: ProtectedHeaderParameters; claims: JWTPayload } {
  try {
    return { header: decodeProtectedHeader(assertion), claims: decodeJwt(assertion) };
  } catch {
    throw new EntraError(401, 'invalid_client', 50027, 'JWT token is invalid or malformed.');
  }
}

function isNamed(key: string, header: ProtectedHeaderParameters): boolean {
  const { sha1, sha256 } = thumbprintsOf(Buffer.from(key, 'base64'));
  const wanted = header['x5t#S256'];
  if (typeof wanted === 'string') return wanted === sha256.base64url;
  if (typeof header.x5t === 'string') return header.x5t === sha1.base64url;
  return header.kid === sha1.hex;
}

/** As Entra ID shows it: hexadecimal capitals. */
function thumbprintIn(header: ProtectedHeaderParameters): string {
  const given = header['x5t#S256'] ?? header.x5t;
  if (typeof given !== 'string') return String(header.kid ?? '');
  return Buffer.from(given, 'base64url').toString('hex').toUpperCase();
}

async function verifySignature(assertion: string, { key }: KeyCredential, thumbprint: string) {
  const { publicKey } = new X509Certificate(Buffer.from(key, 'base64'));
  try {
    await compactVerify(assertion, publicKey, { algorithms: ['RS256', 'PS256'] });
  } catch {
    throw new EntraError(
      401,
      'invalid_client',
      700027,
      `Client assertion failed signature validation. [Reason - The key was found, but the signature does not match., Thumbprint of key used by client: '${thumbprint}']`,
    );
  }
}

function verifyClaims(
  { aud, iss, sub, exp, nbf, iat }: JWTPayload,
  { clientId, audiences, now }: Omit<AssertionContext, 'credentials'>,
) {
  if (iss !== clientId || sub !== clientId)
    throw new EntraError(
      401,
      'invalid_client',
      700021,
      "Client assertion application identifier doesn't match 'client_id' parameter.",
    );
  if (!audiences.includes(String(aud)))
    throw new EntraError(401, 'invalid_client', 700023, 'Client assertion audience claim does not match Realm issuer.');
  const seconds = now.getTime() / 1000;
  const start = nbf ?? iat ?? seconds;
  if (exp === undefined || exp < seconds - clockSkew || start > seconds + clockSkew || exp - start > longestLifetime)
    throw new EntraError(
      401,
      'invalid_client',
      700024,
      `Client assertion is not within its valid time range. Current time: ${now.toISOString()}, assertion valid from ${time(start)}, expiry time of assertion ${exp === undefined ? 'missing' : time(exp)}.`,
    );
}

function time(seconds: number): string {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? String(seconds) : date.toISOString();
}
