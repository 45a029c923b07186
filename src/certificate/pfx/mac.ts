import { MacData } from '@peculiar/asn1-pfx';
import { DigestInfo } from '@peculiar/asn1-rsa';
import { OctetString } from '@peculiar/asn1-schema';
import { AlgorithmIdentifier } from '@peculiar/asn1-x509';
import { randomBytes } from '../bytes.ts';
import type { HashName } from '../platform/names.ts';
import { hmac, isEqual } from '../platform/node.ts';
import { hashLabel, oid, readDigest } from './algorithms.ts';
import type { PfxEncoding } from './encoding.ts';
import { deriveKey, hashLengths, type Password, purpose } from './key-derivation.ts';
import type { WorkLimit } from './work-limit.ts';

/** The MAC by which a reader knows a wrong password from a right one: RFC 7292, 4. */
export function createMac(content: Uint8Array, password: Password, encoding: PfxEncoding, iterations: number): MacData {
  const hash = encoding === 'modern' ? 'sha256' : 'sha1';
  const salt = randomBytes(encoding === 'modern' ? 16 : 8);
  const digestAlgorithm = new AlgorithmIdentifier({ algorithm: oid[hash], parameters: null });
  const digest = new OctetString(compute(hash, content, password, salt, iterations));
  return new MacData({ mac: new DigestInfo({ digestAlgorithm, digest }), macSalt: new OctetString(salt), iterations });
}

/** Whether there is a MAC at all; RFC 7292 lets it be left out. */
export function hasMac({ mac }: MacData): boolean {
  return mac.digestAlgorithm.algorithm !== '';
}

export function macLabel({ mac, iterations }: MacData): string {
  return `HMAC with ${hashLabel(readDigest(mac.digestAlgorithm.algorithm))}, ${iterations} rounds`;
}

/** The one of the passwords whose MAC is that of the file, or nothing. */
export function matchingPassword(
  { mac, macSalt, iterations }: MacData,
  content: Uint8Array,
  passwords: readonly Password[],
  work: WorkLimit,
): { password: Password } | undefined {
  const hash = readDigest(mac.digestAlgorithm.algorithm);
  const written = new Uint8Array(mac.digest.buffer);
  for (const password of passwords) {
    const rounds = work.spend(iterations, 1);
    const computed = compute(hash, content, password, new Uint8Array(macSalt.buffer), rounds);
    if (isEqual(written, computed)) return { password };
  }
  return undefined;
}

function compute(hash: HashName, content: Uint8Array, password: Password, salt: Uint8Array, iterations: number): Uint8Array {
  const key = deriveKey(hash, purpose.macKey, password, salt, iterations, hashLengths[hash]);
  return hmac(hash, key, content);
}
