import { expect, test } from 'vitest';
import { createCertificate } from '../../src/certificate/create.ts';

// `npm test` has its keys from a supply (test/shared-keys.ts); here they are made.
test.each([2048, 3072, 4096] as const)(
  'a certificate of %i bits has a key of that length, another one each time',
  async (bits) => {
    const made = [await createCertificate({ subject: 'CN=x', bits }), await createCertificate({ subject: 'CN=x', bits })];
    for (const { certificate, privateKey } of made) {
      expect(certificate.checkPrivateKey(privateKey)).toBe(true);
      expect(privateKey.asymmetricKeyDetails).toEqual({ modulusLength: bits, publicExponent: 65537n });
    }
    const [first, second] = made.map(({ certificate }) => certificate.publicKey.export({ format: 'jwk' }).n);
    expect(first).not.toBe(second);
  },
);
