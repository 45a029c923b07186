import { ContentInfo, EncryptedContent, EncryptedContentInfo, id_data, id_encryptedData } from '@peculiar/asn1-cms';
import {
  AuthenticatedSafe,
  CertBag,
  id_certBag,
  id_pkcs8ShroudedKeyBag,
  id_x509Certificate,
  PFX,
  PKCS8ShroudedKeyBag,
  PKCS12Attribute,
  SafeBag,
  SafeContents,
} from '@peculiar/asn1-pfx';
import { EncryptedData as EncryptedKey } from '@peculiar/asn1-pkcs8';
import { OctetString } from '@peculiar/asn1-schema';
import { BmpString } from 'asn1js';
import { UsageError } from '../../diagnostics/errors.ts';
import type { KeyAndCertificate } from '../certificate.ts';
import { CertificateError } from '../certificate-error.ts';
import { serialize } from '../der.ts';
import { hash } from '../platform/node.ts';
import type { WritePfxOptions } from '../shown.ts';
import type { PfxEncoding } from './encoding.ts';
import { encrypt } from './encryption.ts';
import { createMac } from './mac.ts';
import { dataContent, EncryptedData, octetString, toArrayBuffer } from './structures.ts';

/** Rounds of key derivation: what guessing a password costs. Key Vault takes as many (hashicorp/packer-plugin-azure#571). */
const roundsWithPassword = 100_000;
/** Nothing is guessed where there is no password: the number that OpenSSL writes. */
const roundsWithoutPassword = 2048;
/** What `readPfx` takes for a whole file: key, certificates and MAC each have theirs, and the older ciphers derive three pieces. */
const maximumRounds: Readonly<Record<PfxEncoding, number>> = { modern: 1_000_000, compat: 400_000 };

/** Object identifiers of RFC 2985, 5.5. */
const friendlyNameId = '1.2.840.113549.1.9.20';
const localKeyId = '1.2.840.113549.1.9.21';

/**
 * The bytes of a PFX (PKCS#12): certificates in an encrypted safe, the key in a bag encrypted by itself, laid out as OpenSSL does.
 * Throws a CertificateError `key-mismatch` where the key is not the certificate's, and a UsageError for rounds out of range.
 */
export function writePfx({ privateKey, certificate, chain }: KeyAndCertificate, options: WritePfxOptions = {}): Uint8Array {
  if (!certificate.checkPrivateKey(privateKey))
    throw new CertificateError('key-mismatch', 'The private key does not belong to the certificate.');
  const { password = '', encoding = 'compat', friendlyName } = options;
  const { rounds = password === '' ? roundsWithoutPassword : roundsWithPassword } = options;
  if (!Number.isInteger(rounds) || rounds < 1 || rounds > maximumRounds[encoding])
    throw new UsageError(`A PFX is written with 1 to ${maximumRounds[encoding]} rounds of key derivation, not ${rounds}.`);
  const attributes = bagAttributes(certificate.raw, friendlyName);

  const key = encrypt(privateKey.export({ type: 'pkcs8', format: 'der' }), password, encoding, rounds);
  const keyBag = new SafeBag({
    bagId: id_pkcs8ShroudedKeyBag,
    bagValue: der(
      Object.assign(new PKCS8ShroudedKeyBag(), {
        encryptionAlgorithm: key.algorithm,
        encryptedData: new EncryptedKey(key.bytes),
      }),
    ),
    bagAttributes: attributes,
  });
  const certificateBags = [certificate, ...chain].map(
    ({ raw }, index) =>
      new SafeBag({
        bagId: id_certBag,
        bagValue: der(new CertBag({ certId: id_x509Certificate, certValue: octetString(raw) })),
        ...(index === 0 ? { bagAttributes: attributes } : {}),
      }),
  );
  const certificates = encrypt(serialize(new SafeContents(certificateBags)), password, encoding, rounds);
  const safe = serialize(
    new AuthenticatedSafe([
      new ContentInfo({ contentType: id_encryptedData, content: der(encryptedData(certificates)) }),
      dataContent(serialize(new SafeContents([keyBag]))),
    ]),
  );
  return serialize(new PFX({ authSafe: dataContent(safe), macData: createMac(safe, password, encoding, rounds) }));
}

function encryptedData({ algorithm, bytes }: ReturnType<typeof encrypt>): EncryptedData {
  const encryptedContentInfo = new EncryptedContentInfo({
    contentType: id_data,
    contentEncryptionAlgorithm: algorithm,
    encryptedContent: new EncryptedContent({ value: new OctetString(bytes) }),
  });
  return Object.assign(new EncryptedData(), { encryptedContentInfo });
}

/** By the key id, the certificate's SHA-1 thumbprint, readers know which certificate the key belongs to. */
function bagAttributes(certificate: Uint8Array, friendlyName: string | undefined): PKCS12Attribute[] {
  const keyId = hash('sha1', certificate);
  return [
    ...(friendlyName === undefined
      ? []
      : [attribute(friendlyNameId, toArrayBuffer(serialize(new BmpString({ value: friendlyName }))))]),
    attribute(localKeyId, octetString(keyId)),
  ];
}

function attribute(attrId: string, value: ArrayBuffer): PKCS12Attribute {
  // Its constructor does not take up what it is given (2.11.1).
  return Object.assign(new PKCS12Attribute(), { attrId, attrValues: [value] });
}

function der(structure: unknown): ArrayBuffer {
  return toArrayBuffer(serialize(structure));
}
