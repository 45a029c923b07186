// The platform that browsers have instead of Node's: whatever Node says of a file, it says too.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import type { CertificateError } from '../../src/certificate/certificate-error.ts';
import * as node from '../../src/certificate/index.ts';
import { authority } from '../certificate/authority.ts';
import { anyCertificate, folder, needs, openssl, opensslPfx, pemFiles, pkcs8 } from '../certificate/tools.ts';

vi.resetModules();
vi.doMock('../../src/certificate/platform/node.ts', () => import('../../src/certificate/platform/web.ts'));
const web: typeof node = await import('../../src/certificate/index.ts');

const password = 'ab Ünï';
const now = new Date('2026-08-01T00:00:00Z');

/** What is said of a file, or the code of the error; an error's class is another in the other graph of modules. */
function said({ inspectCertificate }: typeof node, bytes: Uint8Array, password?: string): unknown {
  try {
    return inspectCertificate(bytes, { now, ...(password === undefined ? {} : { password }) });
  } catch (error) {
    return { code: (error as CertificateError).code, message: (error as Error).message };
  }
}

function expectSame(bytes: Uint8Array, password?: string) {
  const here = said(node, bytes, password);
  expect(said(web, bytes, password)).toEqual(here);
  return here;
}

test('the browser has another platform indeed', async () => {
  expect(web.inspectCertificate).not.toBe(node.inspectCertificate);
  const { X509Certificate } = await import('../../src/certificate/platform/node.ts');
  expect(X509Certificate.name).toBe('WebCertificate');
});

test.each(['compat', 'modern'] as const)('a PFX that is %s, and one that is cut short or changed', (encoding) => {
  const pfx = node.writePfx(anyCertificate, { password, encoding, rounds: 3, friendlyName: 'Fründ' });
  expect(expectSame(pfx, password)).toMatchObject({ hasPrivateKey: true, friendlyName: 'Fründ' });
  expectSame(pfx);
  expectSame(pfx, 'another');
  for (let length = 0; length < pfx.length; length += 97) expectSame(pfx.subarray(0, length), password);
  for (let at = 0; at < pfx.length; at += 31) {
    const changed = new Uint8Array(pfx);
    changed[at] = (changed[at] as number) ^ 0x10;
    expectSame(changed, password);
  }
});

test.each(['compat', 'modern'] as const)('each reads what the other writes: %s', (encoding) => {
  const contents = [web, node].map((writer) => {
    const other = writer === web ? node : web;
    const made = writer.readPfx(node.writePfx(anyCertificate, { rounds: 2 }));
    const read = other.readPfx(writer.writePfx(made, { password, encoding, rounds: 3 }), { password });
    return [
      Buffer.from(read.privateKey.export({ type: 'pkcs8', format: 'der' })).toString('hex'),
      Buffer.from(read.certificate.raw),
    ];
  });
  const wanted = [pkcs8(anyCertificate), anyCertificate.certificate.raw];
  expect(contents).toEqual([wanted, wanted]);
});

test('a certificate made in a browser signs in: openssl verifies it, Node takes key and certificate together', async (context) => {
  needs(context, 'openssl');
  const made = await web.createCertificate({ subject: 'CN=made, O="Contoso, Ltd"', days: 30 });
  const { certificate, chain, privateKey } = node.readPfx(web.writePfx(made, { password, rounds: 2 }), { password });
  expect([certificate.verify(certificate.publicKey), certificate.checkPrivateKey(privateKey), chain]).toEqual([true, true, []]);
  const cert = join(await folder(), 'made.pem');
  writeFileSync(cert, node.toPem('CERTIFICATE', certificate.raw));
  expect(openssl(['verify', '-CAfile', cert, cert])).toContain('OK');
  expectSame(certificate.raw);
});

test('a private key prints as nothing', () => {
  const { privateKey } = web.readPfx(node.writePfx(anyCertificate, { rounds: 2 }));
  expect([JSON.stringify(privateKey), String(privateKey)]).toEqual(['{}', '[object Object]']);
});

test('what openssl writes: ciphers, keys, chains and names', async (context) => {
  needs(context, 'openssl');
  const home = await folder();
  const path = (name: string) => join(home, name);
  for (const options of [
    [],
    ['-keypbe', 'PBE-SHA1-2DES', '-certpbe', 'PBE-SHA1-3DES', '-macalg', 'sha1'],
    ['-keypbe', 'aes-192-cbc', '-certpbe', 'aes-128-cbc', '-macalg', 'sha224'],
    ['-keypbe', 'NONE', '-certpbe', 'NONE', '-nomac'],
    ['-macalg', 'sha512', '-iter', '1'],
  ])
    expect(expectSame(opensslPfx(home, anyCertificate, options, password), password)).toMatchObject({ hasPrivateKey: true });

  const { key, cert } = pemFiles(home, anyCertificate);
  openssl(['rsa', '-in', key, '-traditional', '-out', path('rsa.key')]);
  openssl(['pkcs8', '-topk8', '-in', key, '-passout', 'env:OUT', '-out', path('locked.key')], { OUT: password });
  for (const name of ['key.pem', 'rsa.key', 'locked.key']) {
    const pem = Buffer.concat([readFileSync(cert), readFileSync(path(name))]);
    expect(expectSame(pem, password)).toMatchObject({ hasPrivateKey: true });
    expectSame(pem);
    expectSame(pem, 'another');
  }

  const subject = String.raw`/C=DE/ST=a, b/L=#x/O=q "x"; <y>/OU=a+b\\c/emailAddress=a@b.c/serialNumber=7/DC=contoso/UID=u/GN=g/SN=s/title=t/CN= é日 `;
  const curves = ['prime256v1', 'secp384r1', 'secp521r1', 'secp256k1'].map((curve) => [
    'ec',
    '-pkeyopt',
    `ec_paramgen_curve:${curve}`,
  ]);
  for (const kind of [['rsa:1024'], ['rsa:3072'], ['ed25519'], ...curves]) {
    const made = ['-keyout', path('own.key'), '-out', path('own.pem'), '-days', '800', '-set_serial', '0x00f7', '-utf8'];
    openssl(['req', '-x509', '-nodes', '-newkey', ...kind, '-subj', subject, ...made]);
    const pem = readFileSync(path('own.pem'));
    expect(expectSame(pem)).toMatchObject({ kind: 'pem', hasPrivateKey: false });
    expect(expectSame(Buffer.concat([pem, readFileSync(path('own.key'))]))).toMatchObject({ hasPrivateKey: true });
  }
});

test('chains: what openssl issued, in any order, and with a link missing', async (context) => {
  needs(context, 'openssl');
  const home = await folder();
  const ca = authority(home);
  const { privateKey, request } = await node.createRequest({ subject: 'CN=own' });
  writeFileSync(ca.path('own.csr'), node.toPem('CERTIFICATE REQUEST', request));
  const answer = ca.answer(ca.path('own.csr'));
  const key = Buffer.from(node.privateKeyToPem(privateKey, undefined));
  for (const parts of [[ca.root, answer, ca.issuing, key], [answer, key], [answer, ca.root], [ca.issuing]])
    expectSame(Buffer.concat(parts));
  for (const form of ['PEM', 'DER'] as const) expect(expectSame(ca.pkcs7(form))).toMatchObject({ chain: [{}, {}] });
});

test('what OpenSSL encrypted before PKCS#8 is refused in a browser, with what to do', async (context) => {
  needs(context, 'openssl');
  const home = await folder();
  const { key, cert } = pemFiles(home, anyCertificate);
  const out = join(home, 'old.key');
  openssl(['rsa', '-in', key, '-traditional', '-aes256', '-passout', 'env:OUT', '-out', out], { OUT: 'abcd' });
  const pem = Buffer.concat([readFileSync(cert), readFileSync(out)]);
  expect(said(node, pem, 'abcd')).toMatchObject({ hasPrivateKey: true });
  expect(said(web, pem, 'abcd')).toMatchObject({ problems: [{ name: 'pem-instead-of-pfx' }, { name: 'unreadable-cipher' }] });
});
