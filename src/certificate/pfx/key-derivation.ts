import { joined } from '../bytes.ts';
import type { HashName } from '../platform/names.ts';
import { hash } from '../platform/node.ts';

/** In bytes. */
export const hashLengths: Readonly<Record<HashName, number>> = { sha1: 20, sha224: 28, sha256: 32, sha384: 48, sha512: 64 };

/** How often all rounds are gone through for a key of so many bytes: once for each piece that the hash gives. */
export function derivationsFor(hashName: HashName, length: number): number {
  return Math.ceil(length / hashLengths[hashName]);
}

/** What a derived key is for: RFC 7292, B.3. */
export const purpose = { encryptionKey: 1, initializationVector: 2, macKey: 3 } as const;

/**
 * A password as it enters the derivation. `undefined` is no password at all, which some writers tell from the empty one: Windows
 * and OpenSSL have both kinds of file.
 */
export type Password = string | undefined;

/** UTF-8, as PBKDF2 takes it in OpenSSL, Windows and .NET. */
export function utf8Password(password: Password): Uint8Array {
  return new TextEncoder().encode(password ?? '');
}

/** UTF-16, high byte first, with two zero bytes at the end (RFC 7292, B.1); nothing at all for no password. */
function bmpPassword(password: Password): Uint8Array {
  if (password === undefined) return new Uint8Array();
  const bytes = new DataView(new ArrayBuffer((password.length + 1) * 2));
  for (let at = 0; at < password.length; at++) bytes.setUint16(at * 2, password.charCodeAt(at));
  return new Uint8Array(bytes.buffer);
}

/** The key derivation of PKCS#12 (RFC 7292, appendix B.2), which MACs and the older ciphers use. No platform has a function for it. */
export function deriveKey(
  hashName: HashName,
  use: number,
  password: Password,
  salt: Uint8Array,
  iterations: number,
  length: number,
): Uint8Array {
  const block = hashName === 'sha384' || hashName === 'sha512' ? 128 : 64;
  const diversifier = new Uint8Array(block).fill(use);
  const input = joined([repeated(salt, block), repeated(bmpPassword(password), block)]);
  const parts: Uint8Array[] = [];
  for (let made = 0; made < length; ) {
    let digest = hash(hashName, joined([diversifier, input]));
    for (let round = 1; round < iterations; round++) digest = hash(hashName, digest);
    parts.push(digest);
    made += digest.length;
    if (made < length) addToBlocks(input, repeated(digest, block).subarray(0, block));
  }
  return joined(parts).subarray(0, length);
}

/** As often one after the other as fills whole blocks. */
function repeated(bytes: Uint8Array, block: number): Uint8Array {
  const filled = new Uint8Array(block * Math.ceil(bytes.length / block));
  for (let index = 0; index < filled.length; index++) filled[index] = bytes[index % bytes.length] as number;
  return filled;
}

/** Adds the number and one to every block, each taken as a number that forgets its overflow. */
function addToBlocks(blocks: Uint8Array, number: Uint8Array) {
  for (let start = 0; start < blocks.length; start += number.length) {
    let carry = 1;
    for (let index = number.length - 1; index >= 0; index--) {
      carry += (blocks[start + index] as number) + (number[index] as number);
      blocks[start + index] = carry & 0xff;
      carry >>= 8;
    }
  }
}
