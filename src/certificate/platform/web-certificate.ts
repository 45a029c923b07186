import { sha256 } from '@noble/hashes/sha2.js';
import { AsnParser, AsnSerializer } from '@peculiar/asn1-schema';
import {
  AuthorityKeyIdentifier,
  Certificate,
  id_ce_authorityKeyIdentifier,
  id_ce_keyUsage,
  id_ce_subjectKeyIdentifier,
  KeyUsage,
  KeyUsageFlags,
  SubjectKeyIdentifier,
} from '@peculiar/asn1-x509';
import { toHex } from '../bytes.ts';
import { type PrivateKey, PublicKey } from './web-key.ts';
import { nameLines } from './web-name.ts';
import { isRsaSignature } from './web-rsa.ts';

/** A certificate with what this room asks of Node's. Throws where the bytes are none. */
export class WebCertificate {
  readonly raw: Uint8Array;
  readonly subject: string;
  readonly issuer: string;
  readonly serialNumber: string;
  readonly validFromDate: Date;
  readonly validToDate: Date;
  readonly fingerprint256: string;
  readonly #parsed: Certificate;

  constructor(der: Uint8Array) {
    this.#parsed = AsnParser.parse(der, Certificate);
    const { serialNumber, subject, issuer, validity } = this.#parsed.tbsCertificate;
    this.raw = new Uint8Array(der);
    this.subject = nameLines(subject);
    this.issuer = nameLines(issuer);
    this.serialNumber = evenDigits(
      BigInt(`0x${toHex(new Uint8Array(serialNumber)) || '0'}`)
        .toString(16)
        .toUpperCase(),
    );
    this.validFromDate = validity.notBefore.getTime();
    this.validToDate = validity.notAfter.getTime();
    this.fingerprint256 = toHex(sha256(this.raw));
  }

  get publicKey(): PublicKey {
    return new PublicKey(this.#parsed.tbsCertificate.subjectPublicKeyInfo);
  }

  checkPrivateKey(key: PrivateKey): boolean {
    return key.belongsTo(this.publicKey);
  }

  /** By names, key identifiers and the right to sign certificates: RFC 5280, 6.1.3 and 4.2.1. */
  checkIssued(issuer: WebCertificate): boolean {
    if (this.issuer !== issuer.subject) return false;
    const wanted = this.#extension(id_ce_authorityKeyIdentifier, AuthorityKeyIdentifier)?.keyIdentifier;
    const has = issuer.#extension(id_ce_subjectKeyIdentifier, SubjectKeyIdentifier);
    if (wanted && has && toHex(new Uint8Array(wanted.buffer)) !== toHex(new Uint8Array(has.buffer))) return false;
    const usage = issuer.#extension(id_ce_keyUsage, KeyUsage);
    return usage === undefined || (usage.toNumber() & KeyUsageFlags.keyCertSign) !== 0;
  }

  /** Whether the key signed it. Throws where the signature is of another kind than RSA's with PKCS#1 v1.5. */
  verify(key: PublicKey): boolean {
    const { tbsCertificate, tbsCertificateRaw, signatureAlgorithm, signatureValue } = this.#parsed;
    const signed = new Uint8Array(tbsCertificateRaw ?? AsnSerializer.serialize(tbsCertificate));
    return isRsaSignature(key, signatureAlgorithm.algorithm, signed, new Uint8Array(signatureValue));
  }

  #extension<Value>(id: string, type: new () => Value): Value | undefined {
    const found = this.#parsed.tbsCertificate.extensions?.find(({ extnID }) => extnID === id);
    return found && AsnParser.parse(found.extnValue.buffer, type);
  }
}

function evenDigits(hex: string): string {
  return hex.length % 2 === 0 ? hex : `0${hex}`;
}
