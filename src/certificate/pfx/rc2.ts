import rc2 from 'node-forge/lib/rc2.js';
import util from 'node-forge/lib/util.js';

/** RC2 with its effective bits (RFC 2268), as OpenSSL 1 and old Windows hid the certificates of a PFX; neither Node nor WebCrypto knows it. */
export const rc2Bits = { 'rc2-40-cbc': 40, 'rc2-128-cbc': 128 } as const;
export type Rc2Name = keyof typeof rc2Bits;

/** Throws where what comes out has no sound end. */
export function decipherRc2(name: Rc2Name, key: Uint8Array, iv: Uint8Array, bytes: Uint8Array): Uint8Array {
  const work = rc2.createDecryptionCipher(binary(key), rc2Bits[name]);
  work.start(binary(iv));
  work.update(util.createBuffer(binary(bytes)));
  if (bytes.length === 0 || bytes.length % iv.length !== 0 || !work.finish(() => true)) throw new Error('no whole blocks');
  const padded = Uint8Array.from(work.output.getBytes(), (character) => character.charCodeAt(0));
  const padding = padded.at(-1) ?? 0;
  if (padding === 0 || padding > iv.length || !padded.subarray(-padding).every((byte) => byte === padding))
    throw new Error('no sound padding');
  return padded.subarray(0, -padding);
}

function binary(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
}
