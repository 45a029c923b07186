import { AsnParser, AsnSerializer } from '@peculiar/asn1-schema';
import { fromBER, OctetString } from 'asn1js';
import { CertificateError } from './certificate-error.ts';

/** Certificates with their chains take some kilobytes. What is larger than this is something else, or made to keep us busy. */
export const maximumBytes = 1_048_576;

/** No chain is longer; a file with more certificates or keys is made to keep us busy. */
export const maximumCertificates = 100;

/** Reads one ASN.1 structure. `what` names it in the error: "the PFX". */
export function parse<Structure>(bytes: ArrayBuffer | Uint8Array, structure: new () => Structure, what: string): Structure {
  return reading(what, () => AsnParser.parse(bytes, structure));
}

/** The bytes of an OCTET STRING, also of one in pieces, as the streaming writers of NSS and PKI.js leave it. */
export function octets(bytes: ArrayBuffer | Uint8Array, what: string): Uint8Array<ArrayBuffer> {
  return reading(what, () => {
    const { result } = fromBER(bytes);
    if (!(result instanceof OctetString)) throw new Error('not an OCTET STRING');
    return new Uint8Array(result.getValue());
  });
}

export function serialize(structure: unknown): Uint8Array<ArrayBuffer> {
  return new Uint8Array(AsnSerializer.serialize(structure));
}

/** Whatever a parser throws at hostile bytes becomes one error; what has been explained already stays as it is. */
export function reading<Result>(what: string, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    if (error instanceof CertificateError) throw error;
    throw new CertificateError('malformed', `${what} is damaged or cut short. Export or download it again, as a binary file.`, {
      cause: error,
    });
  }
}
