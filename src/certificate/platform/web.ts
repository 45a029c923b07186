// What this room asks of the platform, in a browser: node.ts says what each does. WebCrypto makes and exports keys; the rest must give
// its result at once, and knows 3DES, so that libraries do it.
import { hmac as hmacOf } from '@noble/hashes/hmac.js';
import { sha1 } from '@noble/hashes/legacy.js';
import { pbkdf2 as pbkdf2Of } from '@noble/hashes/pbkdf2.js';
import { sha224, sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import type { HashName } from './names.ts';
import { type PrivateKey, readPkcs8 } from './web-key.ts';

export { WebCertificate as X509Certificate } from './web-certificate.ts';
export { decipher, encipher } from './web-ciphers.ts';
export { readPem } from './web-pem.ts';
export { readPkcs8 };

const hashes = { sha1, sha224, sha256, sha384, sha512 };

export function hash(name: HashName, bytes: Uint8Array): Uint8Array {
  return hashes[name](bytes);
}

export function hmac(name: HashName, key: Uint8Array, bytes: Uint8Array): Uint8Array {
  return hmacOf(hashes[name], key, bytes);
}

export function isEqual(one: Uint8Array, other: Uint8Array): boolean {
  let difference = one.length ^ other.length;
  for (const [index, byte] of one.entries()) difference |= byte ^ (other[index] ?? 0);
  return difference === 0;
}

export function pbkdf2(name: HashName, password: Uint8Array, salt: Uint8Array, rounds: number, length: number): Uint8Array {
  return pbkdf2Of(hashes[name], password, salt, { c: rounds, dkLen: length });
}

export async function privateKeyOf(key: Parameters<typeof crypto.subtle.exportKey>[1]): Promise<PrivateKey> {
  return readPkcs8(new Uint8Array(await crypto.subtle.exportKey('pkcs8', key)));
}
