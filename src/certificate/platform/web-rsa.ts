import { sha1 } from '@noble/hashes/legacy.js';
import { sha224, sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import jsbn from 'node-forge/lib/jsbn.js';
import rsa from 'node-forge/lib/rsa.js';
import { toHex } from '../bytes.ts';
import type { PublicKey } from './web-key.ts';

/** PKCS#1 v1.5 with each hash: RFC 8017, appendix A.2.4. */
const hashes: Readonly<Record<string, (bytes: Uint8Array) => Uint8Array>> = {
  '1.2.840.113549.1.1.5': sha1,
  '1.2.840.113549.1.1.14': sha224,
  '1.2.840.113549.1.1.11': sha256,
  '1.2.840.113549.1.1.12': sha384,
  '1.2.840.113549.1.1.13': sha512,
};

/** Whether the key made the signature. Throws for a key or a signature of another kind. */
export function isRsaSignature(key: PublicKey, algorithm: string, signed: Uint8Array, signature: Uint8Array): boolean {
  const hash = hashes[algorithm];
  if (hash === undefined || key.asymmetricKeyType !== 'rsa') throw new Error(`signatures of the kind ${algorithm} are not known`);
  const { modulus, publicExponent } = key.rsa();
  const number = (bytes: ArrayBuffer) => new jsbn.BigInteger(toHex(new Uint8Array(bytes)), 16);
  try {
    return rsa.setPublicKey(number(modulus), number(publicExponent)).verify(binary(hash(signed)), binary(signature));
  } catch {
    // It throws where what comes out is no signature at all.
    return false;
  }
}

function binary(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
}
