import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createCertificate } from '../../src/certificate/create.ts';
import { anyCertificate, folder, needs, openssl } from './tools.ts';

const now = new Date('2026-03-01T12:00:00.789Z');

test('a certificate for signing in, as openssl sees it', async (context) => {
  needs(context, 'openssl');
  const { certificate } = await createCertificate({ subject: 'CN=HR lists reader, O="Contoso, Ltd", C=DE', bits: 3072, now });
  const file = join(await folder(), 'x.pem');
  writeFileSync(file, certificate.toString());
  const text = openssl(['x509', '-in', file, '-noout', '-text', '-nameopt', 'RFC2253']);
  for (const part of [
    'Issuer: C=DE,O=Contoso\\, Ltd,CN=HR lists reader',
    'Subject: C=DE,O=Contoso\\, Ltd,CN=HR lists reader',
    'Signature Algorithm: sha256WithRSAEncryption',
    'Public-Key: (3072 bit)',
    'Exponent: 65537',
    'Not Before: Mar  1 11:50:00 2026 GMT',
    'Not After : Mar  1 11:50:00 2027 GMT',
    'CA:FALSE',
    'Digital Signature, Key Encipherment',
    'TLS Web Client Authentication',
  ])
    expect(text).toContain(part);
  expect(
    openssl(['verify', '-CAfile', file, '-purpose', 'sslclient', '-attime', String(Math.floor(now.getTime() / 1000)), file]),
  ).toContain('OK');
});

test('the key belongs to the certificate, the serial is ten bytes and new each time', async () => {
  const other = await createCertificate({ subject: 'CN=any' });
  for (const { certificate, privateKey } of [anyCertificate, other]) {
    expect(certificate.checkPrivateKey(privateKey)).toBe(true);
    expect(certificate.serialNumber).toMatch(/^[4-7][0-9A-F]{19}$/);
    expect(privateKey.asymmetricKeyDetails).toEqual({ modulusLength: 2048, publicExponent: 65537n });
  }
  expect(other.certificate.serialNumber).not.toBe(anyCertificate.certificate.serialNumber);
});

test.each([1, 365, 730, 3650])('%i days are what was asked for', async (days) => {
  const { certificate } = await createCertificate({ subject: 'CN=x', days, now });
  expect((certificate.validToDate.getTime() - certificate.validFromDate.getTime()) / 86_400_000).toBe(days);
});

test.each([0, -1, 1.5, 3651, Number.NaN])('%d days are refused', async (days) => {
  await expect(createCertificate({ subject: 'CN=x', days })).rejects.toThrow('1 to 3650 whole days');
});

test.each([1024, 2047, 8192])('a key of %i bits is refused', async (bits) => {
  await expect(createCertificate({ subject: 'CN=x', bits: bits as 2048 })).rejects.toThrow('Lengths: 2048, 3072, 4096');
});

test.each(['', 'foo, bar', 'CN=', 'CN= ', 'CN=a, foo', 'foo, CN=a', 'XX=1', 'CN=a\nb', 'CN=a, O=', 'cn=a'])(
  '"%s" is no subject',
  async (subject) => {
    await expect(createCertificate({ subject })).rejects.toThrow('is no subject');
  },
);

test.each(['CN=Ünï', 'CN=日本', 'CN=a+OU=b', 'CN="A, B"', 'CN=a\\, b', 'CN=a,O=b', 'E=a@b.c'])(
  '%s is a subject',
  async (subject) => {
    await expect(createCertificate({ subject })).resolves.toBeDefined();
  },
);
