import { CertificateError } from './certificate-error.ts';
import { reading } from './der.ts';
import { X509Certificate } from './platform/node.ts';

/** Reads a certificate (DER). `what` names it in the error, as in "A certificate in the file". Throws a CertificateError `malformed`. */
export function readCertificate(der: Uint8Array, what: string): X509Certificate {
  return reading(what, () => {
    const certificate = new X509Certificate(der);
    for (const date of [certificate.validFromDate, certificate.validToDate])
      if (Number.isNaN(date.getTime()))
        throw new CertificateError('malformed', `${what} has a date that does not exist. It is damaged.`);
    return certificate;
  });
}

/**
 * The certificate that a private key belongs to, or undefined. Throws a CertificateError `malformed` where none does, and the public key of one
 * cannot be read: it may be the one that is meant.
 */
export function certificateOf(
  privateKey: Parameters<X509Certificate['checkPrivateKey']>[0],
  certificates: readonly X509Certificate[],
): X509Certificate | undefined {
  const own = certificates.find((one) => hasReadableKey(one) && one.checkPrivateKey(privateKey));
  if (own === undefined && !certificates.every(hasReadableKey))
    throw new CertificateError(
      'malformed',
      'The public key of a certificate in the file cannot be read: it is damaged, or of a kind that nothing here knows. Export or download it again.',
    );
  return own;
}

export function hasReadableKey(certificate: X509Certificate): boolean {
  try {
    return certificate.publicKey !== undefined;
  } catch {
    return false;
  }
}
