import type { KeyAndCertificate } from './certificate.ts';
import { CertificateError } from './certificate-error.ts';
import { withChain } from './chain.ts';
import { parseName } from './distinguished-name.ts';
import { clientExtensions } from './extensions.ts';
import type { KeyLength } from './key-length.ts';
import { generateKeyPair, signingAlgorithm } from './key-pair.ts';
import { certificatesIn } from './open.ts';
import type { KeyObject } from './platform/node.ts';
import { certificateOf } from './read-certificate.ts';
import { Pkcs10CertificateRequestGenerator } from './x509.ts';

/** A signing request (PKCS#10, DER) with the key that its certificate will belong to. */
export interface CertificateRequest {
  readonly privateKey: KeyObject;
  readonly request: Uint8Array;
}

/** A request for a company's or a public CA, with a new RSA key. Throws a UsageError for a subject or a key length that is none. */
export async function createRequest({
  subject,
  bits = 2048,
}: {
  readonly subject: string;
  readonly bits?: KeyLength;
}): Promise<CertificateRequest> {
  const name = parseName(subject).toString();
  const { keys, privateKey } = await generateKeyPair(bits);
  const made = await Pkcs10CertificateRequestGenerator.create({ name, keys, signingAlgorithm, extensions: clientExtensions() });
  return { privateKey, request: new Uint8Array(made.rawData) };
}

/**
 * Joins a key with the certificate that a CA made for it. Each answer is what the CA sent: PEM, DER or PKCS#7 (.p7b), one
 * certificate or several in any order. Certificates that do not lead from the key's own to its root are left out.
 *
 * Throws a CertificateError: `malformed`, or `key-mismatch` where none of the certificates belongs to the key.
 */
export function completeRequest(
  privateKey: KeyObject,
  answers: readonly Uint8Array[],
): KeyAndCertificate & { readonly missingIssuer?: string } {
  const certificates = answers.flatMap((answer) => certificatesIn(answer));
  const certificate = certificateOf(privateKey, certificates);
  if (certificate === undefined)
    throw new CertificateError(
      'key-mismatch',
      `None of the ${certificates.length} certificates in the answer belongs to the key. Is it the answer to another request?`,
    );
  return { privateKey, certificate, ...withChain(certificate, certificates) };
}
