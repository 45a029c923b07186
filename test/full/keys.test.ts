import { expect, test } from 'vitest';
import { createCertificate } from '../../src/index.ts';

// The other tests share keys that were made beforehand (test/shared-keys.ts).
test('each certificate has a key of its own, of the length that was asked for or the default', async () => {
  const made = [];
  for (const bits of [undefined, undefined, 3072, 4096] as const)
    made.push(await createCertificate({ subject: 'CN=x', ...(bits === undefined ? {} : { bits }) }));
  const details = made.map(({ privateKey }) => privateKey.asymmetricKeyDetails);
  expect(details.map((each) => each?.modulusLength)).toEqual([2048, 2048, 3072, 4096]);
  const publicKeys = made.map(({ certificate }) => certificate.publicKey.export({ type: 'spki', format: 'pem' }));
  expect(new Set(publicKeys).size).toBe(4);
});
