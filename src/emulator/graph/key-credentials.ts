import { randomUUID, X509Certificate } from 'node:crypto';
import { thumbprintsOf } from '../../certificate/index.ts';
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
