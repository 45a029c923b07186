import { createPrivateKey } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { privateKeyIn } from '../../src/certificate/open.ts';
import { pemBlocks, privateKeyToPem } from '../../src/certificate/pem.ts';
import { anyCertificate, folder, needs, openssl, pkcs8 } from './tools.ts';

const { privateKey } = anyCertificate;

test('openssl and Node read the encrypted key', async (context) => {
  const password = 'pä€ss';
  const pem = privateKeyToPem(privateKey, password);
  expect(pem).toContain('BEGIN ENCRYPTED PRIVATE KEY');
  expect(pkcs8({ privateKey: createPrivateKey({ key: pem, passphrase: password }) })).toBe(pkcs8(anyCertificate));
  needs(context, 'openssl');
  const file = join(await folder(), 'x.key');
  writeFileSync(file, pem);
  expect(openssl(['pkey', '-in', file, '-passin', 'env:IN', '-outform', 'PEM'], { IN: password })).toBe(
    privateKey.export({ type: 'pkcs8', format: 'pem' }),
  );
});

test.for([
  ['PKCS#8', ['pkcs8', '-topk8', '-v2', 'aes-256-cbc']],
  ['PKCS#8 with 3DES', ['pkcs8', '-topk8', '-v1', 'PBE-SHA1-3DES']],
  ['PKCS#1 of old', ['rsa', '-aes256', '-traditional']],
] as const)('the key that openssl encrypts as %s', async ([, options], context) => {
  needs(context, 'openssl');
  const key = join(await folder(), 'x.key');
  writeFileSync(key, privateKey.export({ type: 'pkcs8', format: 'pem' }));
  const file = Buffer.from(openssl([...options, '-in', key, '-passout', 'env:OUT'], { OUT: 'abcd' }));
  expect(pkcs8({ privateKey: privateKeyIn(file, 'abcd') })).toBe(pkcs8(anyCertificate));
  expect(() => privateKeyIn(file, 'abce')).toThrow(expect.objectContaining({ code: 'wrong-password' }));
  expect(() => privateKeyIn(file, undefined)).toThrow(expect.objectContaining({ code: 'password-needed' }));
});

test('open keys, whatever they are called', () => {
  for (const type of ['pkcs1', 'pkcs8'] as const) {
    const file = Buffer.from(`some words\n${privateKey.export({ type, format: 'pem' })}`);
    expect(pkcs8({ privateKey: privateKeyIn(file, undefined) })).toBe(pkcs8(anyCertificate));
  }
  expect(() => privateKeyIn(Buffer.from(anyCertificate.certificate.toString()), undefined)).toThrow(
    expect.objectContaining({ code: 'no-private-key' }),
  );
});

test('a block that does not end, or ends as another, is none', () => {
  expect(pemBlocks('-----BEGIN A-----\nAAAA\n-----BEGIN B-----\nBBBB\n-----END B-----\n-----END A-----')).toMatchObject([
    { label: 'B' },
  ]);
});
