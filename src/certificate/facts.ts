import { CertificateError } from './certificate-error.ts';
import { isSelfSigned } from './chain.ts';
import { nameText } from './name-text.ts';
import type { X509Certificate } from './platform/node.ts';
import { hasReadableKey } from './read-certificate.ts';
import type { CertificateFacts } from './shown.ts';
import { thumbprints } from './thumbprints.ts';

const dayMilliseconds = 86_400_000;

/** Throws a CertificateError `malformed` where the certificate holds a time or key that cannot be. */
export function factsOf(certificate: X509Certificate, now: Date): CertificateFacts {
  const { validFromDate, validToDate } = certificate;
  return {
    subject: nameText(certificate.subject),
    issuer: nameText(certificate.issuer),
    isSelfSigned: isSelfSigned(certificate),
    serialNumber: certificate.serialNumber,
    notBefore: isoTime(validFromDate),
    notAfter: isoTime(validToDate),
    status: now < validFromDate ? 'not yet valid' : now > validToDate ? 'expired' : 'valid',
    daysLeft: Math.floor((validToDate.getTime() - now.getTime()) / dayMilliseconds),
    daysInAll: Math.round((validToDate.getTime() - validFromDate.getTime()) / dayMilliseconds),
    key: keyFacts(certificate),
    thumbprints: thumbprints(certificate.raw),
  };
}

/** The algorithm of a key that cannot be read. */
export const unknownKey = 'UNKNOWN';

function keyFacts(certificate: X509Certificate): CertificateFacts['key'] {
  if (!hasReadableKey(certificate)) return { algorithm: unknownKey };
  const { asymmetricKeyType = unknownKey, asymmetricKeyDetails } = certificate.publicKey;
  const { modulusLength, namedCurve } = asymmetricKeyDetails ?? {};
  return {
    algorithm: asymmetricKeyType.toUpperCase(),
    ...(modulusLength === undefined ? {} : { bits: modulusLength }),
    ...(namedCurve === undefined ? {} : { curve: namedCurve }),
  };
}

/** Without the milliseconds, which certificates do not have. */
export function isoTime(date: Date): string {
  if (Number.isNaN(date.getTime()))
    throw new CertificateError('malformed', 'The certificate has a date that does not exist. It is damaged.');
  return date.toISOString().replace('.000Z', 'Z');
}
