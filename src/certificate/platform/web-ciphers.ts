import 'node-forge/lib/aes.js';
import 'node-forge/lib/des.js';
import cipher from 'node-forge/lib/cipher.js';
import util from 'node-forge/lib/util.js';
import { joined } from '../bytes.ts';
import type { CipherName } from './names.ts';

/** Its types do not know that `finish` takes another look at the padding than the library's own. */
type Decipher = Omit<ReturnType<typeof cipher.createDecipher>, 'finish'> & { finish(isSound: () => boolean): boolean };

export function encipher(name: CipherName, key: Uint8Array, iv: Uint8Array, bytes: Uint8Array): Uint8Array {
  const work = cipher.createCipher(algorithmOf(name), keyOf(name, key));
  work.start({ iv: buffer(iv) });
  work.update(buffer(bytes));
  work.finish();
  return contentsOf(work.output);
}

export function decipher(name: CipherName, key: Uint8Array, iv: Uint8Array, bytes: Uint8Array): Uint8Array {
  const work: Decipher = cipher.createDecipher(algorithmOf(name), keyOf(name, key));
  work.start({ iv: buffer(iv) });
  work.update(buffer(bytes));
  // The library looks at the last byte alone; a wrong password should be seen by all of the padding.
  const isWhole = work.finish(() => true);
  const padded = contentsOf(work.output);
  const padding = padded.at(-1) ?? 0;
  const isSound = padding > 0 && padding <= iv.length && padded.subarray(-padding).every((byte) => byte === padding);
  if (!isWhole || !isSound) throw new Error('no sound padding');
  return padded.subarray(0, -padding);
}

function algorithmOf(name: CipherName): 'AES-CBC' | '3DES-CBC' {
  return name.startsWith('aes') ? 'AES-CBC' : '3DES-CBC';
}

/** 3DES with two keys takes the first again as the third. */
function keyOf(name: CipherName, key: Uint8Array) {
  return buffer(name === 'des-ede-cbc' ? joined([key, key.subarray(0, 8)]) : key);
}

function contentsOf(output: { getBytes(): string }): Uint8Array {
  return Uint8Array.from(output.getBytes(), (character) => character.charCodeAt(0));
}

function buffer(bytes: Uint8Array) {
  return util.createBuffer(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}
