import { UsageError } from '../diagnostics/errors.ts';
import type { KeyAndCertificate } from './certificate.ts';
import { parseName } from './distinguished-name.ts';
import { clientExtensions } from './extensions.ts';
import { generateKeyPair, signingAlgorithm } from './key-pair.ts';
import { X509Certificate } from './platform/node.ts';
import { serialNumber } from './serial-number.ts';
import type { CreateCertificateOptions } from './shown.ts';
import { SubjectKeyIdentifierExtension, X509CertificateGenerator } from './x509.ts';

const defaultDays = 365;
const maximumDays = 3650;

/** A clock that is some minutes behind must not find the certificate "not yet valid" (Azure/azure-cli#3163). */
const backdatedMilliseconds = 10 * 60_000;
const dayMilliseconds = 86_400_000;

/**
 * A self-signed certificate with a new RSA key, made for signing in: SHA-256, no CA, for client authentication. It begins ten minutes
 * ago and ends `days` after that.
 *
 * Throws a UsageError for a subject that is none, and for days or bits out of range.
 */
export async function createCertificate(options: CreateCertificateOptions): Promise<KeyAndCertificate> {
  const { subject, days = defaultDays, bits = 2048, now = new Date() } = options;
  if (!Number.isInteger(days) || days < 1 || days > maximumDays)
    throw new UsageError(`A certificate is valid for 1 to ${maximumDays} whole days, not ${days}.`);
  const name = parseName(subject);
  const { keys, privateKey } = await generateKeyPair(bits);
  // Certificates count in seconds.
  const begin = Math.floor((now.getTime() - backdatedMilliseconds) / 1000) * 1000;
  const made = await X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: name.toString(),
    notBefore: new Date(begin),
    notAfter: new Date(begin + days * dayMilliseconds),
    signingAlgorithm,
    keys,
    extensions: [...clientExtensions(), await SubjectKeyIdentifierExtension.create(keys.publicKey)],
  });
  return { privateKey, certificate: new X509Certificate(new Uint8Array(made.rawData)), chain: [] };
}
