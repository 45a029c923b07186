import { randomUUID, X509Certificate } from 'node:crypto';
import { thumbprintsOf } from '../../certificate/index.ts';
import { isObject } from '../../json/json.ts';
import { member } from '../../json/member.ts';
import { refuse } from '../http/answer.ts';
import type { KeyCredential } from '../state.ts';

/** A certificate as Graph keeps it with an application. Throws where the bytes are no certificate. */
export function keyCredential(der: Uint8Array, displayName: string): KeyCredential {
  const { validFromDate, validToDate } = new X509Certificate(der);
  return {
    keyId: randomUUID(),
    customKeyIdentifier: thumbprintsOf(der).sha1.base64,
    displayName,
    key: Buffer.from(der).toString('base64'),
    type: 'AsymmetricX509Cert',
    usage: 'Verify',
    startDateTime: seconds(validFromDate),
    endDateTime: seconds(validToDate),
  };
}

/** Graph writes no fractions. */
export function seconds(date: Date): string {
  return date.toISOString().replace(/\.\d+Z$/, 'Z');
}

/**
 * The certificates of an application as a request writes them: the whole collection. One that is there already may come without its
 * `key`. Throws Graph's refusal for a certificate that is none, or that is to be valid for longer than it is.
 */
export function writtenCredentials(given: unknown, before: readonly KeyCredential[]): KeyCredential[] {
  if (!Array.isArray(given))
    refuse(400, 'Request_BadRequest', "Invalid value specified for property 'keyCredentials' of resource 'Application'.");
  return given.map((one) => {
    const old = before.find(({ keyId }) => keyId === member(one, 'keyId'));
    return old && typeof member(one, 'key') !== 'string' ? old : written(one);
  });
}

/** One certificate that a request adds. */
export function written(given: unknown): KeyCredential {
  const { key, type, usage, displayName, startDateTime, endDateTime, keyId } = isObject(given) ? given : {};
  if (type !== 'AsymmetricX509Cert' || usage !== 'Verify' || typeof key !== 'string')
    refuse(
      400,
      'Request_BadRequest',
      "Invalid value specified for property 'keyCredentials' of resource 'Application': type AsymmetricX509Cert, usage Verify and key are needed.",
    );
  let credential: KeyCredential;
  try {
    credential = keyCredential(Buffer.from(key, 'base64'), typeof displayName === 'string' ? displayName : '');
  } catch {
    refuse(400, 'KeyCredentialsInvalidCertificate', 'Key credential is not a valid X.509 certificate (base64 of its DER).');
  }
  const begin = timeOf(startDateTime) ?? Date.parse(credential.startDateTime);
  const end = timeOf(endDateTime) ?? Date.parse(credential.endDateTime);
  if (end > Date.parse(credential.endDateTime) || end <= begin)
    refuse(400, 'KeyCredentialsInvalidEndDate', 'Key credential end date is invalid.');
  if (begin < Date.parse(credential.startDateTime))
    refuse(400, 'KeyCredentialsInvalidStartDate', 'Key credential start date is invalid.');
  return {
    ...credential,
    ...(typeof keyId === 'string' && { keyId }),
    startDateTime: seconds(new Date(begin)),
    endDateTime: seconds(new Date(end)),
  };
}

function timeOf(text: unknown): number | undefined {
  if (typeof text !== 'string') return undefined;
  const time = Date.parse(text);
  if (Number.isNaN(time)) refuse(400, 'Request_BadRequest', `'${text}' is no time.`);
  return time;
}
