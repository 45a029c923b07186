import type { KeyAndCertificate } from './certificate.ts';
import { generateKeyPair, signingAlgorithm } from './key-pair.ts';
import { X509Certificate } from './platform/node.ts';
import { serialNumber } from './serial-number.ts';
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509CertificateGenerator,
} from './x509.ts';

const dayMilliseconds = 86_400_000;
/** Apple's systems take no longer certificate of a server. */
const days = 397;

/** A certificate authority of one's own, for servers on this machine: its key never leaves the caller. Valid for 397 days. */
export async function createAuthority(commonName: string): Promise<KeyAndCertificate> {
  const { keys, privateKey } = await generateKeyPair(2048);
  const made = await X509CertificateGenerator.createSelfSigned({
    ...validity(),
    name: `CN=${commonName}`,
    signingAlgorithm,
    keys,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { privateKey, certificate: new X509Certificate(new Uint8Array(made.rawData)), chain: [] };
}

/** A certificate with which a TLS server answers to these DNS names and to 127.0.0.1 and ::1, signed by an authority. */
export async function issueServerCertificate(
  authority: KeyAndCertificate,
  dnsNames: readonly string[],
): Promise<KeyAndCertificate> {
  const { keys, privateKey } = await generateKeyPair(2048);
  const pkcs8 = authority.privateKey.export({ type: 'pkcs8', format: 'der' });
  const made = await X509CertificateGenerator.create({
    ...validity(),
    subject: `CN=${dnsNames[0]}`,
    issuer: authority.certificate.subject,
    signingAlgorithm,
    publicKey: keys.publicKey,
    signingKey: await crypto.subtle.importKey('pkcs8', pkcs8, signingAlgorithm, false, ['sign']),
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature | KeyUsageFlags.keyEncipherment, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      new SubjectAlternativeNameExtension([
        ...dnsNames.map((value) => ({ type: 'dns' as const, value })),
        { type: 'ip', value: '127.0.0.1' },
        { type: 'ip', value: '::1' },
      ]),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { privateKey, certificate: new X509Certificate(new Uint8Array(made.rawData)), chain: [authority.certificate] };
}

function validity() {
  const begin = Math.floor(Date.now() / 1000) * 1000 - 600_000;
  return {
    serialNumber: serialNumber(),
    notBefore: new Date(begin),
    notAfter: new Date(begin + days * dayMilliseconds),
  };
}
