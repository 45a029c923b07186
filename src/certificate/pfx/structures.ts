import { ContentInfo, EncryptedContentInfo, id_data } from '@peculiar/asn1-cms';
import { AsnProp, AsnPropTypes, OctetString } from '@peculiar/asn1-schema';
import { AlgorithmIdentifier } from '@peculiar/asn1-x509';
import { OctetString as OctetStringValue } from 'asn1js';
import { serialize } from '../der.ts';

/** Structures that @peculiar/asn1-pfx and its kin do not have. Their decorators are called as functions, for Node runs no decorators. */

/** RFC 5652, 8: EncryptedData. */
export class EncryptedData {
  version = 0;
  encryptedContentInfo = new EncryptedContentInfo();
}
AsnProp({ type: AsnPropTypes.Integer })(EncryptedData.prototype, 'version');
AsnProp({ type: EncryptedContentInfo })(EncryptedData.prototype, 'encryptedContentInfo');

/** RFC 7292, appendix C: pkcs-12PbeParams. */
export class Pkcs12PbeParameters {
  salt = new OctetString();
  iterations: number | string = 0;
}
AsnProp({ type: OctetString })(Pkcs12PbeParameters.prototype, 'salt');
AsnProp({ type: AsnPropTypes.Integer })(Pkcs12PbeParameters.prototype, 'iterations');

/** RFC 8018, A.4: PBES2-params. */
export class Pbes2Parameters {
  keyDerivation = new AlgorithmIdentifier();
  encryption = new AlgorithmIdentifier();
}
AsnProp({ type: AlgorithmIdentifier })(Pbes2Parameters.prototype, 'keyDerivation');
AsnProp({ type: AlgorithmIdentifier })(Pbes2Parameters.prototype, 'encryption');

/** RFC 8018, A.2: PBKDF2-params, with the salt in the file itself. */
export class Pbkdf2Parameters {
  salt = new OctetString();
  iterations: number | string = 0;
  keyLength?: number | string;
  prf?: AlgorithmIdentifier;
}
AsnProp({ type: OctetString })(Pbkdf2Parameters.prototype, 'salt');
AsnProp({ type: AsnPropTypes.Integer })(Pbkdf2Parameters.prototype, 'iterations');
AsnProp({ type: AsnPropTypes.Integer, optional: true })(Pbkdf2Parameters.prototype, 'keyLength');
AsnProp({ type: AlgorithmIdentifier, optional: true })(Pbkdf2Parameters.prototype, 'prf');

/** Bytes as a CMS ContentInfo of the type `data`. */
export function dataContent(bytes: Uint8Array): ContentInfo {
  return new ContentInfo({ contentType: id_data, content: octetString(bytes) });
}

/** The DER of an OCTET STRING. */
export function octetString(bytes: Uint8Array): ArrayBuffer {
  return toArrayBuffer(serialize(new OctetStringValue({ valueHex: toArrayBuffer(bytes) })));
}

export function toArrayBuffer(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}
