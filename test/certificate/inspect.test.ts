import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createCertificate } from '../../src/certificate/create.ts';
import { inspectCertificate } from '../../src/certificate/inspect.ts';
import { toPem } from '../../src/certificate/pem.ts';
import { writePfx } from '../../src/certificate/pfx/write.ts';
import { completeRequest, createRequest } from '../../src/certificate/request.ts';
import type { Inspection } from '../../src/certificate/shown.ts';
import { authority } from './authority.ts';
import { anyCertificate, folder, needs, openssl, opensslPfx } from './tools.ts';

const password = 'abcd';
const written = { password, rounds: 2 } as const;
const day = 86_400_000;
const key = anyCertificate.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const pfx = writePfx(anyCertificate, written);

/** Severity and name of each problem, then the verdicts of Logic Apps, App Service and Entra ID. */
function said({ problems, verdicts }: Inspection): string[] {
  return [...problems.map(({ severity, name }) => `${severity} ${name}`), Object.values(verdicts).join(', ')];
}

test('everything about a good PFX', () => {
  const { certificate, ...rest } = inspectCertificate(writePfx(anyCertificate, { ...written, friendlyName: 'friend' }), {
    password,
  });
  expect(rest).toEqual({
    kind: 'pfx',
    base64: 0,
    wrappings: [],
    hasPrivateKey: true,
    friendlyName: 'friend',
    chain: [],
    pfx: { encoding: 'compat', ciphers: ['3DES with SHA-1, 2 rounds'], mac: 'HMAC with SHA-1, 2 rounds' },
    problems: [],
    verdicts: { 'logic-apps': 'accepts', 'app-service': 'accepts', entra: 'accepts' },
  });
  const { raw, serialNumber, fingerprint, fingerprint256 } = anyCertificate.certificate;
  const [sha1, sha256] = ['sha1', 'sha256'].map((name) => createHash(name).update(raw));
  expect(certificate).toMatchObject({
    subject: 'CN=any, O=Contoso\\, Ltd',
    issuer: 'CN=any, O=Contoso\\, Ltd',
    isSelfSigned: true,
    serialNumber,
    status: 'valid',
    daysLeft: 364,
    daysInAll: 365,
    key: { algorithm: 'RSA', bits: 2048 },
    thumbprints: {
      sha1: {
        hex: fingerprint.replaceAll(':', ''),
        base64: sha1?.copy().digest('base64'),
        base64url: sha1?.copy().digest('base64url'),
      },
      sha256: {
        hex: fingerprint256.replaceAll(':', ''),
        base64: sha256?.copy().digest('base64'),
        base64url: sha256?.copy().digest('base64url'),
      },
    },
  });
});

const base64 = Buffer.from(pfx).toString('base64');
const refused = 'refuses, refuses, refuses';
test.each<[string, Uint8Array, string[]]>([
  [
    'base64 of a PFX, in lines',
    Buffer.from(base64.replaceAll(/.{64}/g, '$&\r\n')),
    ['warning base64-text', 'accepts, may refuse, may refuse'],
  ],
  [
    'the same in UTF-16, as PowerShell writes it',
    Buffer.from(`\ufeff${base64}\r\n`, 'utf16le'),
    ['warning base64-text', 'accepts, may refuse, may refuse'],
  ],
  ['base64 in quotes, as the Azure CLI prints a value', Buffer.from(`"${base64}"\n`), ['error quoted-text', refused]],
  ['base64 in quotes of a shell', Buffer.from(`'${base64}'`), ['error quoted-text', refused]],
  [
    'the answer of a vault',
    Buffer.from(JSON.stringify({ contentType: 'application/x-pkcs12', value: base64, id: 'https://kv/secrets/a/1' }, null, 2)),
    ['error vault-answer', refused],
  ],
  [
    'the answer of a vault that keeps PEM',
    Buffer.from(JSON.stringify({ contentType: 'application/x-pem-file', value: `${key}${anyCertificate.certificate}` })),
    ['error vault-answer', 'error pem-instead-of-pfx', refused],
  ],
  [
    'the answer of a vault about the certificate, where only its public part is',
    Buffer.from(JSON.stringify({ id: 'https://kv/certificates/a/1', cer: anyCertificate.certificate.raw.toString('base64') })),
    ['error vault-answer', 'error no-private-key', refused],
  ],
  ['base64url', Buffer.from(Buffer.from(pfx).toString('base64url')), ['error base64url-text', refused]],
  [
    'base64 of PEM',
    Buffer.from(Buffer.from(`${key}${anyCertificate.certificate}`).toString('base64')),
    ['warning base64-text', 'error pem-instead-of-pfx', 'refuses, refuses, may refuse'],
  ],
  [
    'base64 between the lines of a certificate, as certutil writes it',
    Buffer.from(toPem('CERTIFICATE', pfx)),
    ['error base64-lines', refused],
  ],
  [
    'the outputs of an action that reads the vault',
    Buffer.from(JSON.stringify({ statusCode: 200, body: { value: base64, name: 'a' } })),
    ['error vault-answer', refused],
  ],
  ['base64 twice', Buffer.from(Buffer.from(base64).toString('base64')), ['error base64-twice', 'refuses, refuses, refuses']],
  [
    'modern',
    writePfx(anyCertificate, { ...written, encoding: 'modern' }),
    ['warning modern-encoding', 'may refuse, may refuse, accepts'],
  ],
  ['PEM with its key', Buffer.from(key + anyCertificate.certificate), ['error pem-instead-of-pfx', 'refuses, refuses, accepts']],
  ['DER', anyCertificate.certificate.raw, ['error no-private-key', 'refuses, refuses, accepts']],
  [
    'PEM without a key',
    Buffer.from(String(anyCertificate.certificate)),
    ['error pem-instead-of-pfx', 'error no-private-key', 'refuses, refuses, accepts'],
  ],
])('%s', (_, bytes, expected) => {
  expect(said(inspectCertificate(bytes, { password }))).toEqual(expected);
});

test.each<[string, number, string[]]>([
  ['on the last day but 30', 365 - 31, ['accepts, accepts, accepts']],
  ['on the last 30 days', 365 - 30, ['warning expires-soon', 'accepts, accepts, accepts']],
  ['a day after its end', 366, ['error expired', 'refuses, refuses, refuses']],
  ['a day before its beginning', -1, ['error not-yet-valid', 'refuses, refuses, refuses']],
])('%s', (_, days, expected) => {
  const now = new Date(anyCertificate.certificate.validFromDate.getTime() + days * day - 1000);
  expect(said(inspectCertificate(pfx, { password, now }))).toEqual(expected);
});

test('more than a year, and no password', async () => {
  const made = await createCertificate({ subject: 'CN=x', days: 366 });
  expect(said(inspectCertificate(writePfx(made)))).toEqual([
    'warning no-password',
    'warning too-long',
    'accepts, may refuse, may refuse',
  ]);
});

test('a file that stays closed shows how it is encrypted all the same', () => {
  for (const [given, name] of [
    ['wrong', 'wrong-password'],
    [undefined, 'password-needed'],
  ] as const) {
    const inspection = inspectCertificate(pfx, given === undefined ? {} : { password: given });
    expect(said(inspection)).toEqual([`error ${name}`, 'cannot tell, cannot tell, cannot tell']);
    expect([inspection.pfx?.encoding, inspection.certificate]).toEqual(['compat', undefined]);
  }
});

test('a public key that cannot be decoded is told, wherever the certificate lies', () => {
  const der = Buffer.from(anyCertificate.certificate.raw);
  const rsa = Buffer.from('2a864886f70d010101', 'hex');
  // In the key itself, the tag of the modulus; and the algorithm, as another one that nobody knows.
  for (const [at, byte] of [
    [der.indexOf(rsa) + rsa.length + 7, 0x31],
    [der.indexOf(rsa) + rsa.length - 1, 0x77],
  ] as const) {
    const broken = Buffer.from(der);
    broken[at] = byte;
    expect(said(inspectCertificate(broken))).toEqual([
      'error no-private-key',
      'error unreadable-key',
      'refuses, refuses, refuses',
    ]);
    const message = 'The public key of a certificate in the file cannot be read';
    expect(() => inspectCertificate(Buffer.from(key + toPem('CERTIFICATE', broken)))).toThrow(message);
    expect(() => completeRequest(anyCertificate.privateKey, [broken])).toThrow(message);
    const both = [anyCertificate.certificate.raw, broken].map((one) => toPem('CERTIFICATE', one)).join('');
    expect(inspectCertificate(Buffer.from(key + both)).certificate?.key).toEqual({ algorithm: 'RSA', bits: 2048 });
  }
});

test('keys that do not sign in: EC, too short', async (context) => {
  needs(context, 'openssl');
  const at = await folder();
  const path = (name: string) => join(at, name);
  for (const [options, expected] of [
    [
      ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256'],
      ['error not-rsa', 'refuses, accepts, refuses'],
    ],
    [['rsa:1024'], ['error short-key', 'accepts, refuses, accepts']],
  ] as const) {
    openssl([
      'req',
      '-x509',
      '-newkey',
      ...options,
      '-nodes',
      '-days',
      '90',
      '-subj',
      '/CN=x',
      '-keyout',
      path('k'),
      '-out',
      path('c'),
    ]);
    openssl([
      'pkcs12',
      '-export',
      '-inkey',
      path('k'),
      '-in',
      path('c'),
      '-out',
      path('p'),
      '-passout',
      'pass:abcd',
      '-keypbe',
      'PBE-SHA1-3DES',
      '-certpbe',
      'PBE-SHA1-3DES',
      '-macalg',
      'sha1',
    ]);
    const inspection = inspectCertificate(readFileSync(path('p')), { password });
    expect(said(inspection)).toEqual(expected);
    expect(inspection.certificate?.key).toEqual(
      options[0] === 'ec' ? { algorithm: 'EC', curve: 'prime256v1' } : { algorithm: 'RSA', bits: 1024 },
    );
  }
});

test('RC2, a mark of a Windows provider, a PFX without key, and keys of others', async (context) => {
  needs(context, 'openssl');
  const at = await folder();
  const compat = ['-keypbe', 'PBE-SHA1-3DES', '-certpbe', 'PBE-SHA1-3DES', '-macalg', 'sha1'];
  // What OpenSSL 1 wrote by itself: Logic Apps takes it (MicrosoftDocs/azure-docs#69192).
  expect(said(inspectCertificate(opensslPfx(at, anyCertificate, ['-legacy'], password), { password }))).toEqual([
    'warning old-ciphers',
    'accepts, accepts, accepts',
  ]);
  expect(
    said(inspectCertificate(opensslPfx(at, anyCertificate, ['-legacy', '-certpbe', 'PBE-SHA1-RC4-40'], password), { password })),
  ).toEqual(['error unreadable-cipher', 'cannot tell, cannot tell, cannot tell']);
  const old = [...compat, '-CSP', 'Microsoft Enhanced Cryptographic Provider v1.0'];
  expect(said(inspectCertificate(opensslPfx(at, anyCertificate, old, password), { password }))).toEqual([
    'warning old-provider',
    'accepts, accepts, accepts',
  ]);
  const channel = [...compat, '-CSP', 'Microsoft RSA SChannel Cryptographic Provider'];
  expect(said(inspectCertificate(opensslPfx(at, anyCertificate, channel, password), { password }))).toEqual([
    'warning old-provider',
    'accepts, accepts, accepts',
  ]);
  // New in a part is new: whoever knows SHA-1 alone says that the password is wrong.
  for (const [options, words] of [
    [['-keypbe', 'PBE-SHA1-3DES', '-certpbe', 'AES-256-CBC', '-macalg', 'sha1'], 'AES-256 and SHA-256, which'],
    [['-keypbe', 'PBE-SHA1-3DES', '-certpbe', 'PBE-SHA1-3DES', '-macalg', 'sha256'], 'protected with SHA-256, which'],
  ] as const) {
    const mixture = inspectCertificate(opensslPfx(at, anyCertificate, [...options], password), { password });
    expect(said(mixture)).toEqual(['warning modern-encoding', 'may refuse, may refuse, accepts']);
    expect(mixture.problems[0]?.message).toContain(words);
  }
  const marked = opensslPfx(at, anyCertificate, [...compat, '-CSP', 'Microsoft Software Key Storage Provider'], password);
  expect(said(inspectCertificate(marked, { password }))).toEqual([
    'warning key-storage-provider',
    'may refuse, accepts, accepts',
  ]);
  const legacy = opensslPfx(
    at,
    anyCertificate,
    [...compat, '-CSP', 'Microsoft Enhanced RSA and AES Cryptographic Provider'],
    password,
  );
  expect(said(inspectCertificate(legacy, { password }))).toEqual(['accepts, accepts, accepts']);
  const keyless = opensslPfx(at, anyCertificate, [...compat, '-nokeys'], password);
  expect(said(inspectCertificate(keyless, { password }))).toEqual(['error no-private-key', 'refuses, refuses, cannot tell']);
  const certless = opensslPfx(at, anyCertificate, [...compat, '-nocerts'], password);
  expect(said(inspectCertificate(certless, { password }))).toEqual(['error no-certificate', 'refuses, refuses, refuses']);
  const { privateKey } = await createCertificate({ subject: 'CN=x' });
  const mixed = Buffer.from(privateKey.export({ type: 'pkcs8', format: 'pem' }) + String(anyCertificate.certificate));
  expect(said(inspectCertificate(mixed))).toEqual([
    'error pem-instead-of-pfx',
    'error key-mismatch',
    'refuses, refuses, cannot tell',
  ]);
});

test('chains: whole, cut off, and in PKCS#7', async (context) => {
  needs(context, 'openssl');
  const ca = authority(await folder());
  const { request, privateKey } = await createRequest({ subject: 'CN=x' });
  writeFileSync(ca.path('x.csr'), toPem('CERTIFICATE REQUEST', request));
  const answer = ca.answer(ca.path('x.csr'));
  const whole = inspectCertificate(writePfx(completeRequest(privateKey, [answer, ca.root, ca.issuing]), written), { password });
  expect([whole.chain.map(({ subject }) => subject), said(whole)]).toEqual([
    ['CN=issuing', 'CN=root'],
    ['accepts, accepts, accepts'],
  ]);
  const cut = inspectCertificate(writePfx(completeRequest(privateKey, [answer]), written), { password });
  expect(said(cut)).toEqual(['warning chain-incomplete', 'accepts, may refuse, accepts']);
  const pkcs7 = inspectCertificate(ca.pkcs7('DER'));
  expect([pkcs7.kind, pkcs7.certificate?.subject, pkcs7.chain.length]).toEqual(['pkcs7', 'CN=x', 2]);
  expect(said(pkcs7)).toEqual(['error no-private-key', 'refuses, refuses, accepts']);
  const der = ca.pkcs7('DER');
  for (const label of ['PKCS7', 'CMS', 'PKCS #7 SIGNED DATA']) {
    const text = Buffer.from(toPem(label, der));
    expect({ ...inspectCertificate(text), kind: label }).toEqual({ ...pkcs7, kind: label });
    expect(inspectCertificate(text).kind).toBe('pkcs7');
    const withKey = inspectCertificate(
      Buffer.concat([text, Buffer.from(String(privateKey.export({ type: 'pkcs8', format: 'pem' })))]),
    );
    expect([withKey.kind, withKey.hasPrivateKey, withKey.chain.length]).toEqual(['pem', true, 2]);
  }
  const mislabelled = inspectCertificate(Buffer.from(toPem('CERTIFICATE', der)));
  expect([mislabelled.kind, mislabelled.wrappings, mislabelled.certificate?.subject]).toEqual([
    'pkcs7',
    ['base64-lines'],
    'CN=x',
  ]);
  expect(said(mislabelled)).toEqual(['error base64-lines', 'error no-private-key', refused]);
});

test('an empty password is told where another one was given, and the file is judged', () => {
  for (const encoding of ['compat', 'modern'] as const) {
    const open = writePfx(anyCertificate, { encoding, rounds: 2 });
    const inspection = inspectCertificate(open, { password: 'guessed' });
    expect(said(inspection)).toEqual(expect.arrayContaining(['warning empty-password', 'warning no-password']));
    expect(inspection.certificate?.subject).toBeDefined();
  }
  expect(said(inspectCertificate(pfx, { password: 'guessed' }))[0]).toBe('error wrong-password');
});

test.each([
  '{',
  '{"value": 1}',
  '{"value": "hello"}',
  '"hello"',
  "'",
  `"${'"'.repeat(9)}`,
  JSON.stringify(JSON.stringify(JSON.stringify(JSON.stringify(base64)))),
])('a text that begins as JSON does, and is no file: %s', (text) => {
  expect(() => inspectCertificate(Buffer.from(text))).toThrow(expect.objectContaining({ code: 'malformed' }));
});
