// Passwords of every kind, and files that are damaged or made to harm.
import { inspect as printed } from 'node:util';
import { PFX } from '@peculiar/asn1-pfx';
import { AsnParser, AsnSerializer } from '@peculiar/asn1-schema';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CertificateError } from '../../src/certificate/certificate-error.ts';
import { createCertificate } from '../../src/certificate/create.ts';
import { inspectCertificate } from '../../src/certificate/inspect.ts';
import { matchingPassword } from '../../src/certificate/pfx/mac.ts';
import { openOutline } from '../../src/certificate/pfx/outline.ts';
import { readPfx } from '../../src/certificate/pfx/read.ts';
import { readBags } from '../../src/certificate/pfx/safes.ts';
import { WorkLimit } from '../../src/certificate/pfx/work-limit.ts';
import { writePfx } from '../../src/certificate/pfx/write.ts';
import { anyCertificate, pkcs8 } from '../certificate/tools.ts';

const encodings = ['modern', 'compat'] as const;
const quick = { rounds: 2 };

describe.each(encodings)('%s', (encoding) => {
  test('any password opens what it closed, and no other does', () => {
    const password = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.string({ unit: 'grapheme', minLength: 60, maxLength: 200 }),
    );
    fc.assert(
      fc.property(password, password, (right, wrong) => {
        const bytes = writePfx(anyCertificate, { password: right, encoding, ...quick });
        expect(pkcs8(readPfx(bytes, { password: right }))).toBe(pkcs8(anyCertificate));
        if (wrong !== right)
          expect(() => readPfx(bytes, { password: wrong })).toThrow(
            expect.objectContaining({ code: wrong === '' ? 'password-needed' : 'wrong-password' }),
          );
      }),
    );
  });

  test('damaged anywhere, it is refused or read, and never takes the process with it', () => {
    const whole = writePfx(anyCertificate, { password: 'abcd', encoding, ...quick });
    const damage = fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }));
    fc.assert(
      fc.property(fc.array(damage, { minLength: 1, maxLength: 3 }), fc.option(fc.nat(whole.length)), (damages, length) => {
        const bytes = Uint8Array.from(whole).subarray(0, length ?? whole.length);
        for (const [at, by] of damages) if (at < bytes.length) bytes[at] = (bytes[at] as number) ^ by;
        expectTame(bytes);
      }),
      { numRuns: 400 },
    );
  });
});

test('any bytes are refused', () => {
  const likely = fc.constantFrom(0x30, 0x80, 0x02, 0x04, 0x24, 0xa0, 0x84, 0xff, 0x00);
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.array(fc.oneof(likely, fc.nat(255)), { maxLength: 300 }).map((all) => Uint8Array.from(all)),
  );
  fc.assert(fc.property(bytes, expectTame), { numRuns: 500 });
});

test.each([
  ['nothing', Buffer.alloc(0)],
  ['nested 300,000 times', Buffer.concat(Array(300_000).fill(Buffer.from([0x30, 0x80])))],
  ['a length beyond the end', Buffer.from([0x30, 0x84, 0x7f, 0xff, 0xff, 0xff, 0x02])],
  [
    'a million small values',
    Buffer.concat([Buffer.from([0x30, 0x83, 0x0f, 0x42, 0x3c]), Buffer.alloc(999_996, Buffer.from([0x05, 0x00]))]),
  ],
  ['too large', Buffer.alloc(2_000_000, 0x30)],
  ['a thousand beginnings of PEM', Buffer.from('-----BEGIN CERTIFICATE-----\nA:'.repeat(30_000))],
  ['a PEM block of nothing', Buffer.from('-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n')],
  [
    'base64 of base64 of base64',
    Buffer.from(Buffer.from(Buffer.from(Buffer.alloc(99).toString('base64')).toString('base64')).toString('base64')),
  ],
])('%s is refused at once', (_, bytes) => {
  expectTame(bytes);
  expect(() => readPfx(bytes)).toThrow(expect.objectContaining({ code: 'malformed' }));
});

test.each([[3_000_001], [2_147_483_647], [0], [-1]])('%i rounds are refused without being done', (iterations) => {
  const structure = AsnParser.parse(writePfx(anyCertificate, { password: 'abcd', ...quick }), PFX);
  structure.macData.iterations = iterations;
  const bytes = new Uint8Array(AsnSerializer.serialize(structure));
  expect(() => readPfx(bytes, { password: 'abcd' })).toThrow(
    expect.objectContaining({ code: iterations > 0 ? 'too-much-work' : 'malformed' }),
  );
});

test('each derivation is counted: for each password that is tried, and for each piece of a key', () => {
  const spent: number[] = [];
  class Counted extends WorkLimit {
    override spend(iterations: number | string, derivations: number): number {
      spent.push(derivations);
      return super.spend(iterations, derivations);
    }
  }
  const bytes = writePfx(anyCertificate, { password: 'abcd', encoding: 'compat', ...quick });
  const { structure, safe } = openOutline(bytes);
  matchingPassword(structure.macData, safe, ['', undefined, 'abcd'], new Counted());
  readBags(safe, 'abcd', new Counted());
  // Three passwords; then certificates and key, each 24 bytes of key from SHA-1's 20 a time, and one vector.
  expect(spent).toEqual([1, 1, 1, 3, 3]);
  expect(() => new WorkLimit().spend(1_000_001, 3)).toThrow(expect.objectContaining({ code: 'too-much-work' }));
});

test('more certificates than any chain has are refused', () => {
  const chain = Array(101).fill(anyCertificate.certificate);
  const file = Buffer.from(chain.join(''));
  const bytes = writePfx({ ...anyCertificate, chain }, { password: 'abcd', ...quick });
  for (const look of [() => readPfx(bytes, { password: 'abcd' }), () => inspectCertificate(file)])
    expect(look).toThrow(expect.objectContaining({ code: 'malformed', message: expect.stringContaining('than any chain') }));
});

test('a key that is not the certificate’s is not written', async () => {
  const { privateKey } = await createCertificate({ subject: 'CN=other' });
  expect(() => writePfx({ ...anyCertificate, privateKey })).toThrow(expect.objectContaining({ code: 'key-mismatch' }));
  expect(() => writePfx(anyCertificate, { rounds: 400_001 })).toThrow('1 to 400000 rounds');
  const modern = { encoding: 'modern', rounds: 1_000_001 } as const;
  expect(() => writePfx(anyCertificate, modern)).toThrow('1 to 1000000 rounds');
});

test('what is read prints without its key, and an error without the password', () => {
  const bytes = writePfx(anyCertificate, { password: 'canary-password', ...quick });
  const contents = readPfx(bytes, { password: 'canary-password' });
  const { d } = contents.privateKey.export({ format: 'jwk' });
  for (const text of [printed(contents, { depth: 9, showHidden: true }), JSON.stringify(contents)]) {
    expect(text).not.toContain(String(d).slice(0, 20));
    expect(text).not.toContain(pkcs8(contents).slice(100, 140));
  }
  try {
    readPfx(bytes, { password: 'canary-other' });
    expect.unreachable();
  } catch (error) {
    expect(printed(error, { depth: 9, showHidden: true })).not.toContain('canary');
  }
});

/** Read, inspected or refused with an explanation. */
function expectTame(bytes: Uint8Array) {
  for (const look of [() => readPfx(bytes, { password: 'abcd' }), () => inspectCertificate(bytes, { password: 'abcd' })]) {
    try {
      look();
    } catch (error) {
      if (!(error instanceof CertificateError)) throw error;
    }
  }
}
