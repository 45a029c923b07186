import { hash } from 'node:crypto';

export type HashName = 'sha1' | 'sha224' | 'sha256' | 'sha384' | 'sha512';

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
export function utf8Password(password: Password): Buffer {
  return Buffer.from(password ?? '', 'utf8');
}

/** UTF-16, high byte first, with two zero bytes at the end (RFC 7292, B.1); nothing at all for no password. */
function bmpPassword(password: Password): Buffer {
  return password === undefined ? Buffer.alloc(0) : Buffer.from(`${password}\0`, 'utf16le').swap16();
}

/** The key derivation of PKCS#12 (RFC 7292, appendix B.2), which MACs and the older ciphers use. Node has no function for it. */
export function deriveKey(
  hashName: HashName,
  use: number,
  password: Password,
  salt: Uint8Array,
  iterations: number,
  length: number,
): Buffer {
  const block = hashName === 'sha384' || hashName === 'sha512' ? 128 : 64;
  const diversifier = Buffer.alloc(block, use);
  const input = Buffer.concat([repeated(salt, block), repeated(bmpPassword(password), block)]);
  const parts: Buffer[] = [];
  for (let made = 0; made < length; ) {
    let digest = hash(hashName, Buffer.concat([diversifier, input]), 'buffer');
    for (let round = 1; round < iterations; round++) digest = hash(hashName, digest, 'buffer');
    parts.push(digest);
    made += digest.length;
    if (made < length) addToBlocks(input, repeated(digest, block).subarray(0, block));
  }
  return Buffer.concat(parts).subarray(0, length);
}

/** As often one after the other as fills whole blocks. */
function repeated(bytes: Uint8Array, block: number): Buffer {
  const filled = Buffer.alloc(block * Math.ceil(bytes.length / block));
  for (let index = 0; index < filled.length; index++) filled[index] = bytes[index % bytes.length] as number;
  return filled;
}

/** Adds the number and one to every block, each taken as a number that forgets its overflow. */
function addToBlocks(blocks: Buffer, number: Buffer) {
  for (let start = 0; start < blocks.length; start += number.length) {
    let carry = 1;
    for (let index = number.length - 1; index >= 0; index--) {
      carry += (blocks[start + index] as number) + (number[index] as number);
      blocks[start + index] = carry & 0xff;
      carry >>= 8;
    }
  }
}
