import { webcrypto } from 'node:crypto';
import { inject } from 'vitest';
import { algorithm } from './rsa-keys.ts';

// A new key takes a tenth of a second, and an emulator has four: whoever asks for one of the usual length gets the next of those that
// the run has made beforehand. That new keys are made, and of which length, is seen in test/full/keys.test.ts.
const { subtle } = webcrypto;
const generate = subtle.generateKey;
const pairs = inject('rsaKeys');
let next = 0;

async function shared(...[wanted, extractable, usages]: Parameters<typeof generate>) {
  const { name, modulusLength } = wanted as webcrypto.RsaHashedKeyGenParams;
  const pair = pairs[next % pairs.length];
  if (name !== algorithm.name || modulusLength !== algorithm.modulusLength || pair === undefined)
    return generate.call(subtle, wanted as webcrypto.RsaHashedKeyGenParams, extractable, usages);
  next++;
  const [privateUsages, publicUsages] = [
    usages.filter((usage) => usage === 'sign'),
    usages.filter((usage) => usage === 'verify'),
  ];
  return {
    privateKey: await subtle.importKey('pkcs8', Buffer.from(pair.privateKey, 'base64'), algorithm, extractable, privateUsages),
    publicKey: await subtle.importKey('spki', Buffer.from(pair.publicKey, 'base64'), algorithm, true, publicUsages),
  };
}

// Once in each worker, which many files share.
if (generate.name !== shared.name)
  Object.defineProperty(subtle, 'generateKey', { value: shared, configurable: true, writable: true });
