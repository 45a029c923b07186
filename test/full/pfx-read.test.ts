// What others write, certflow reads, or refuses by name.
import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ContentInfo, EncryptedContent, id_data } from '@peculiar/asn1-cms';
import { AuthenticatedSafe, PFX } from '@peculiar/asn1-pfx';
import { OctetString as AsnOctetString, AsnParser, AsnSerializer } from '@peculiar/asn1-schema';
import { OctetString } from 'asn1js';
import forge from 'node-forge';
import { expect, test } from 'vitest';
import { octets } from '../../src/certificate/der.ts';
import { createMac } from '../../src/certificate/pfx/mac.ts';
import { readPfx } from '../../src/certificate/pfx/read.ts';
import { EncryptedData } from '../../src/certificate/pfx/structures.ts';
import { writePfx } from '../../src/certificate/pfx/write.ts';
import { anyCertificate, folder, needs, opensslPfx, pkcs8 } from '../certificate/tools.ts';

const tripleDes = ['-keypbe', 'PBE-SHA1-3DES', '-certpbe', 'PBE-SHA1-3DES'];

test.for([
  { name: 'as OpenSSL 3 does', options: [], encoding: 'modern' },
  { name: 'with 3DES and SHA-1', options: [...tripleDes, '-macalg', 'sha1'], encoding: 'compat' },
  { name: 'with 3DES and a SHA-256 MAC', options: [...tripleDes, '-macalg', 'sha256'], encoding: 'other' },
  { name: 'with 3DES of two keys', options: ['-keypbe', 'PBE-SHA1-2DES', '-certpbe', 'PBE-SHA1-2DES'], encoding: 'other' },
  {
    name: 'with AES-128 and a SHA-512 MAC',
    options: ['-keypbe', 'AES-128-CBC', '-certpbe', 'AES-192-CBC', '-macalg', 'sha512'],
    encoding: 'other',
  },
  { name: 'with 3DES by PBES2', options: ['-keypbe', 'DES-EDE3-CBC', '-certpbe', 'DES-EDE3-CBC'], encoding: 'other' },
  { name: 'with open certificates', options: ['-certpbe', 'NONE'], encoding: 'modern' },
  { name: 'with an open key', options: ['-keypbe', 'NONE'], encoding: 'modern' },
  { name: 'without a MAC', options: ['-nomac'], encoding: 'other' },
  { name: 'with one round', options: ['-iter', '1'], encoding: 'modern' },
  { name: 'with 200,000 rounds', options: ['-iter', '200000'], encoding: 'modern' },
  { name: 'with a name', options: ['-name', 'Ümlaut €'], encoding: 'modern' },
])('openssl, $name', async ({ options, encoding }, context) => {
  needs(context, 'openssl');
  for (const password of ['abcd', 'pä€𝄞ß wörd', undefined]) {
    const bytes = opensslPfx(await folder(), anyCertificate, options, password);
    const read = readPfx(bytes, password === undefined ? {} : { password });
    expect(read.outline.encoding).toBe(encoding);
    expect([pkcs8(read), read.certificate.fingerprint256]).toEqual([
      pkcs8(anyCertificate),
      anyCertificate.certificate.fingerprint256,
    ]);
    expect(read.friendlyName).toBe(options.includes('-name') ? 'Ümlaut €' : undefined);
    if (password !== undefined) {
      expect(() => readPfx(bytes, { password: `${password} ` })).toThrow(expect.objectContaining({ code: 'wrong-password' }));
      expect(() => readPfx(bytes)).toThrow(expect.objectContaining({ code: 'password-needed' }));
    }
  }
});

test.for([
  ['RC2-40', 'RC2 (40 bits)'],
  ['RC2-128', 'RC2 (128 bits)'],
] as const)('%s, as OpenSSL 1 and old Windows hid certificates with it, is read', async ([cipher, name], context) => {
  needs(context, 'openssl');
  const options = ['-legacy', '-certpbe', `PBE-SHA1-${cipher}`, '-keypbe', `PBE-SHA1-${cipher}`];
  const bytes = opensslPfx(await folder(), anyCertificate, options, 'abcd');
  const { certificate, privateKey, outline } = readPfx(bytes, { password: 'abcd' });
  expect([certificate.raw, certificate.checkPrivateKey(privateKey)]).toEqual([anyCertificate.certificate.raw, true]);
  expect(outline).toMatchObject({ encoding: 'other', ciphers: [expect.stringContaining(name)] });
  expect(() => readPfx(bytes, { password: 'wrong' })).toThrow(expect.objectContaining({ code: 'wrong-password' }));
  expect(() => readPfx(bytes)).toThrow(expect.objectContaining({ code: 'password-needed' }));
});

test.for([
  ['RC4-128', 'RC4 (128 bits)'],
  ['RC4-40', 'RC4 (40 bits)'],
] as const)('%s is refused by name, before a password is asked for', async ([cipher, name], context) => {
  needs(context, 'openssl');
  const options = ['-legacy', '-certpbe', `PBE-SHA1-${cipher}`];
  const bytes = opensslPfx(await folder(), anyCertificate, options, 'abcd');
  for (const password of ['abcd', 'wrong', ''])
    expect(() => readPfx(bytes, { password })).toThrow(
      expect.objectContaining({ code: 'unreadable-cipher', message: expect.stringContaining(name) }),
    );
});

test.for([
  ['as it does by itself', []],
  [
    'with the ciphers of old',
    [
      '-J-Dkeystore.pkcs12.certProtectionAlgorithm=PBEWithSHA1AndDESede',
      '-J-Dkeystore.pkcs12.keyProtectionAlgorithm=PBEWithSHA1AndDESede',
      '-J-Dkeystore.pkcs12.macAlgorithm=HmacPBESHA1',
    ],
  ],
] as const)('keytool, %s', async ([, options], context) => {
  needs(context, 'keytool');
  const file = join(await folder(), 'x.p12');
  const store = ['-storetype', 'PKCS12', '-keystore', file, '-storepass', 'canary1'];
  execFileSync('keytool', ['-genkeypair', '-alias', 'friend', '-keyalg', 'RSA', '-dname', 'CN=java', ...store, ...options], {
    stdio: 'pipe',
  });
  const read = readPfx(readFileSync(file), { password: 'canary1' });
  expect([read.certificate.subject, read.friendlyName]).toEqual(['CN=java', 'friend']);
  expect(read.certificate.checkPrivateKey(read.privateKey)).toBe(true);
});

test.each(['3des', 'aes128', 'aes256'] as const)('node-forge, %s', (algorithm) => {
  const key = forge.pki.privateKeyFromPem(anyCertificate.privateKey.export({ type: 'pkcs1', format: 'pem' }).toString());
  const certificate = forge.pki.certificateFromPem(anyCertificate.certificate.toString());
  const asn1 = forge.pkcs12.toPkcs12Asn1(key, [certificate], 'abcd', { algorithm, friendlyName: 'friend' });
  const read = readPfx(Buffer.from(forge.asn1.toDer(asn1).getBytes(), 'binary'), { password: 'abcd' });
  expect([pkcs8(read), read.certificate.raw, read.friendlyName]).toEqual([
    pkcs8(anyCertificate),
    anyCertificate.certificate.raw,
    'friend',
  ]);
});

test('without a MAC a wrong password is told even where it decrypts to something, as one in 256 does', async (context) => {
  needs(context, 'openssl');
  const bytes = opensslPfx(await folder(), anyCertificate, ['-iter', '1', '-nomac'], 'abcd');
  const codes = new Set<string>();
  for (let at = 0; at < 800; at++) {
    try {
      readPfx(bytes, { password: `wrong ${at}` });
    } catch (error) {
      codes.add((error as { code: string }).code);
    }
  }
  expect([...codes]).toEqual(['wrong-password']);
});

test('octet strings in pieces, as NSS and PKI.js write them', () => {
  const pfx = AsnParser.parse(writePfx(anyCertificate, { password: 'abcd', rounds: 2 }), PFX);
  const safe = AsnParser.parse(contentOf(pfx.authSafe.content), AuthenticatedSafe);
  const [encrypted, open] = safe as unknown as [ContentInfo, ContentInfo];
  const data = AsnParser.parse(encrypted.content, EncryptedData);
  const whole = data.encryptedContentInfo.encryptedContent?.value?.buffer as ArrayBuffer;
  const halves = [whole.slice(0, 100), whole.slice(100)].map((half) => new AsnOctetString(half));
  data.encryptedContentInfo.encryptedContent = new EncryptedContent({ constructedValue: halves });
  encrypted.content = AsnSerializer.serialize(data);
  open.content = inPieces(contentOf(open.content));
  const bytes = Buffer.from(AsnSerializer.serialize(safe));
  const authSafe = new ContentInfo({ contentType: id_data, content: inPieces(bytes) });
  const written = new PFX({ authSafe, macData: createMac(bytes, 'abcd', 'compat', 2) });
  const read = readPfx(new Uint8Array(AsnSerializer.serialize(written)), { password: 'abcd' });
  expect([pkcs8(read), read.certificate.raw]).toEqual([pkcs8(anyCertificate), anyCertificate.certificate.raw]);
});

function contentOf(content: ArrayBuffer): Uint8Array {
  return octets(content, 'it');
}

function inPieces(bytes: Uint8Array): ArrayBuffer {
  const value = [bytes.subarray(0, 50), bytes.subarray(50)].map(
    (piece) => new OctetString({ valueHex: new Uint8Array(piece).buffer }),
  );
  const constructed = new OctetString({ isConstructed: true, value } as never);
  const ber = constructed.toBER();
  expect(new Uint8Array(ber)[0]).toBe(0x24);
  return ber;
}

test('without a password, written by node-forge: none, where others mean the empty one', () => {
  const key = forge.pki.privateKeyFromPem(anyCertificate.privateKey.export({ type: 'pkcs1', format: 'pem' }).toString());
  const certificate = forge.pki.certificateFromPem(anyCertificate.certificate.toString());
  for (const password of [null, '']) {
    const asn1 = forge.pkcs12.toPkcs12Asn1(key, [certificate], password, { algorithm: '3des' });
    const read = readPfx(Buffer.from(forge.asn1.toDer(asn1).getBytes(), 'binary'));
    expect(new X509Certificate(read.certificate.raw).fingerprint).toBe(anyCertificate.certificate.fingerprint);
  }
});
