import { X509Certificate } from 'node:crypto';
import { jwtVerify } from 'jose';
import { refuse } from '../http/answer.ts';
import type { Call } from '../http/router.ts';
import type { Application } from '../state.ts';

/** Whom the proof is meant for: Azure AD Graph. Source: docs/facts/certificates.md#microsoft-graph. */
const audience = '00000002-0000-0000-c000-000000000000';

/** Throws unless the request holds a proof that one of the application's valid certificates signed. */
export async function checkProof(call: Call, { id, appId, keyCredentials }: Application) {
  const { proof } = call.json();
  if (typeof proof !== 'string') refuse(400, 'Request_BadRequest', "A value is required for property 'proof'.");
  for (const { key, startDateTime, endDateTime } of keyCredentials) {
    if (Date.now() < Date.parse(startDateTime) || Date.now() > Date.parse(endDateTime)) continue;
    const { publicKey } = new X509Certificate(Buffer.from(key, 'base64'));
    try {
      await jwtVerify(proof, publicKey, { algorithms: ['RS256', 'PS256'], audience, issuer: [id, appId] });
      return;
    } catch {
      // Another certificate may have signed it.
    }
  }
  refuse(
    403,
    'Authentication_MissingOrMalformed',
    'Access Token missing or malformed: the proof is not signed by a valid certificate of the application.',
  );
}
