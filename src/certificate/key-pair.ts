import { UsageError } from '../diagnostics/errors.ts';
import { keyLengths } from './key-length.ts';
import { type KeyObject, privateKeyOf, type KeyPair as WebKeyPair } from './platform/node.ts';

/** Every signature of ours: PKCS#1 v1.5 with SHA-256, which all that read certificates know. */
export const signingAlgorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' } as const;

export interface KeyPair {
  readonly keys: WebKeyPair;
  readonly privateKey: KeyObject;
}

/** A new RSA key pair. Throws a UsageError where the length is none of `keyLengths`. */
export async function generateKeyPair(bits: number): Promise<KeyPair> {
  if (!(keyLengths as readonly number[]).includes(bits))
    throw new UsageError(`A key of ${bits} bits is not made. Lengths: ${keyLengths.join(', ')}.`);
  const algorithm = { ...signingAlgorithm, modulusLength: bits, publicExponent: new Uint8Array([1, 0, 1]) };
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  return { keys, privateKey: await privateKeyOf(keys.privateKey) };
}
