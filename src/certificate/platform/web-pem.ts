import { ECParameters, ECPrivateKey, id_ecPublicKey } from '@peculiar/asn1-ecc';
import { PrivateKeyInfo, PrivateKey as PrivateKeyOctets } from '@peculiar/asn1-pkcs8';
import { id_rsaEncryption } from '@peculiar/asn1-rsa';
import { AsnParser, AsnSerializer } from '@peculiar/asn1-schema';
import { AlgorithmIdentifier } from '@peculiar/asn1-x509';
import { CertificateError } from '../certificate-error.ts';
import { type PrivateKey, readPkcs8 } from './web-key.ts';

/** A key in PKCS#8, or in the form of its kind (RFC 8017, RFC 5915). Throws a CertificateError `unreadable-cipher` for one that OpenSSL encrypted before PKCS#8. */
export function readPem(
  { label, bytes }: { readonly label: string; readonly bytes: Uint8Array },
  passphrase?: string,
): PrivateKey {
  if (passphrase !== undefined)
    throw new CertificateError(
      'unreadable-cipher',
      'The private key is encrypted as OpenSSL did before PKCS#8, which is not read here. Convert it: openssl pkcs8 -topk8 -in <file> -out <new file>',
    );
  if (label === 'PRIVATE KEY') return readPkcs8(bytes);
  return readPkcs8(
    new Uint8Array(
      AsnSerializer.serialize(
        new PrivateKeyInfo({ privateKeyAlgorithm: algorithmOf(label, bytes), privateKey: new PrivateKeyOctets(bytes) }),
      ),
    ),
  );
}

function algorithmOf(label: string, bytes: Uint8Array): AlgorithmIdentifier {
  if (label === 'RSA PRIVATE KEY') return new AlgorithmIdentifier({ algorithm: id_rsaEncryption, parameters: null });
  if (label !== 'EC PRIVATE KEY') throw new Error(`a ${label} is not read`);
  const { parameters } = AsnParser.parse(bytes, ECPrivateKey);
  return new AlgorithmIdentifier({
    algorithm: id_ecPublicKey,
    parameters: AsnSerializer.serialize(parameters ?? new ECParameters()),
  });
}
