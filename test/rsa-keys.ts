import { webcrypto } from 'node:crypto';
import type { TestProject } from 'vitest/node';

/** A pair of keys as DER in base64. */
export interface EncodedPair {
  readonly privateKey: string;
  readonly publicKey: string;
}

declare module 'vitest' {
  export interface ProvidedContext {
    rsaKeys: readonly EncodedPair[];
  }
}

export const algorithm = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
};

/** More than any test asks for, so that no key comes twice in one. */
const count = 24;

/** Makes the keys that the tests of a run share (test/shared-keys.ts): they are in memory alone, and gone after the run. */
export default async function setup(project: TestProject) {
  const pairs = Array.from({ length: count }, async () => {
    const { privateKey, publicKey } = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
    const encoded = async (format: 'pkcs8' | 'spki', key: webcrypto.CryptoKey) =>
      Buffer.from(await webcrypto.subtle.exportKey(format, key)).toString('base64');
    return { privateKey: await encoded('pkcs8', privateKey), publicKey: await encoded('spki', publicKey) };
  });
  project.provide('rsaKeys', await Promise.all(pairs));
}
