// What this room asks of the platform, as Node has it. The build for browsers takes web.ts in its place, which exports the same names.
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createPrivateKey,
  hash as hashOf,
  KeyObject,
  pbkdf2Sync,
  timingSafeEqual,
  type webcrypto,
  X509Certificate,
} from 'node:crypto';
import type { CipherName, HashName } from './names.ts';

export { type KeyObject, X509Certificate };

export type KeyPair = webcrypto.CryptoKeyPair;

export function hash(name: HashName, bytes: Uint8Array): Uint8Array {
  return hashOf(name, bytes, 'buffer');
}

export function hmac(name: HashName, key: Uint8Array, bytes: Uint8Array): Uint8Array {
  return createHmac(name, key).update(bytes).digest();
}

/** Whether two texts of the same length are the same, in a time that does not tell where they differ. */
export function isEqual(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && timingSafeEqual(one, other);
}

export function pbkdf2(name: HashName, password: Uint8Array, salt: Uint8Array, rounds: number, length: number): Uint8Array {
  return pbkdf2Sync(password, salt, rounds, length, name);
}

export function encipher(name: CipherName, key: Uint8Array, iv: Uint8Array, bytes: Uint8Array): Uint8Array {
  return run(createCipheriv(name, key, iv), bytes);
}

/** Throws where what comes out has no sound end. */
export function decipher(name: CipherName, key: Uint8Array, iv: Uint8Array, bytes: Uint8Array): Uint8Array {
  return run(createDecipheriv(name, key, iv), bytes);
}

function run(cipher: { update(bytes: Uint8Array): Buffer; final(): Buffer }, bytes: Uint8Array): Uint8Array {
  return Buffer.concat([cipher.update(bytes), cipher.final()]);
}

/** A key as WebCrypto has it, where it can be exported. */
export async function privateKeyOf(key: KeyPair['privateKey']): Promise<KeyObject> {
  return KeyObject.from(key);
}

/** Throws where the bytes are no private key. */
export function readPkcs8(pkcs8: Uint8Array): KeyObject {
  return createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' });
}

/** A key in PEM. `passphrase` opens those that OpenSSL encrypted before PKCS#8. Throws where the block is no private key. */
export function readPem({ text }: { readonly text: string }, passphrase?: string): KeyObject {
  return createPrivateKey(passphrase === undefined ? text : { key: text, passphrase });
}
