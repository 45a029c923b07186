// What certflow writes, others read: openssl, Java's keytool, Node's tls, node-forge.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { connect, createServer, type TLSSocket } from 'node:tls';
import forge from 'node-forge';
import { expect, test } from 'vitest';
import { writePfx } from '../../src/certificate/pfx/write.ts';
import { anyCertificate, folder, needs, openssl, pkcs8 } from '../certificate/tools.ts';

const encodings = ['modern', 'compat'] as const;
const passwords = { 'a password': 'Correct horse 1!', 'a password beyond ASCII': 'pä€𝄞ß wörd', 'no password': '' };
const cases = encodings.flatMap((encoding) =>
  Object.entries(passwords).map(([kind, password]) => ({ encoding, kind, password })),
);
const pem = anyCertificate.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString().trim();

test.for(cases)('openssl reads $encoding with $kind', async ({ encoding, password }, context) => {
  needs(context, 'openssl');
  const file = join(await folder(), 'x.pfx');
  writeFileSync(file, writePfx(anyCertificate, { password, encoding, friendlyName: 'friend', rounds: 2048 }));
  const text = openssl(['pkcs12', '-in', file, '-passin', 'env:IN', '-nodes'], { IN: password });
  expect(text).toContain('friendlyName: friend');
  expect(text).toContain(pem);
  expect(text).toContain(anyCertificate.certificate.toString().trim());
  expect(() => openssl(['pkcs12', '-in', file, '-passin', 'env:IN', '-noout'], { IN: `${password}x` })).toThrow(
    'Mac verify error',
  );
});

test.for(encodings)('openssl finds in %s the ciphers that the documents name', async (encoding, context) => {
  needs(context, 'openssl');
  const file = join(await folder(), 'x.pfx');
  writeFileSync(file, writePfx(anyCertificate, { password: 'abcd', encoding }));
  // It tells them on stderr.
  const told = execFileSync('sh', ['-c', 'openssl pkcs12 -in "$1" -passin pass:abcd -noout -info 2>&1', 'sh', file], {
    encoding: 'utf8',
  });
  const cipher =
    encoding === 'modern'
      ? 'PBES2, PBKDF2, AES-256-CBC, Iteration 100000, PRF hmacWithSHA256'
      : 'pbeWithSHA1And3-KeyTripleDES-CBC, Iteration 100000';
  expect(told).toContain(`MAC: ${encoding === 'modern' ? 'sha256' : 'sha1'}, Iteration 100000`);
  expect(told).toContain(`PKCS7 Encrypted data: ${cipher}`);
  expect(told).toContain(`Shrouded Keybag: ${cipher}`);
});

test.for(encodings)('keytool reads %s', async (encoding, context) => {
  needs(context, 'keytool');
  const file = join(await folder(), 'x.pfx');
  writeFileSync(file, writePfx(anyCertificate, { password: 'canary1', encoding, friendlyName: 'friend', rounds: 2048 }));
  const list = execFileSync('keytool', ['-list', '-v', '-storetype', 'PKCS12', '-keystore', file, '-storepass', 'canary1'], {
    encoding: 'utf8',
    stdio: 'pipe',
  });
  expect(list).toContain('Entry type: PrivateKeyEntry');
  expect(list).toContain(anyCertificate.certificate.fingerprint256);
});

test.each(encodings)("Node's tls signs in with %s", async (encoding) => {
  const pfx = Buffer.from(writePfx(anyCertificate, { password: 'abcd', encoding, rounds: 2048 }));
  const { certificate, privateKey } = anyCertificate;
  // The server's own certificate is of no interest here: the client presents its certificate, and the server knows it.
  const server = createServer({
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
    cert: certificate.toString(),
    ca: [certificate.toString()],
    requestCert: true,
    rejectUnauthorized: true,
  });
  const presented = new Promise<string>((resolve, reject) => {
    server.on('secureConnection', (socket: TLSSocket) => resolve(socket.getPeerCertificate().fingerprint256));
    server.on('tlsClientError', reject);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const client = connect({
    port: (server.address() as AddressInfo).port,
    host: '127.0.0.1',
    pfx,
    passphrase: 'abcd',
    rejectUnauthorized: false,
  });
  client.on('error', () => {});
  try {
    expect(await presented).toBe(certificate.fingerprint256);
  } finally {
    client.destroy();
    server.close();
  }
});

test.each(encodings)('node-forge reads %s', (encoding) => {
  const bytes = Buffer.from(writePfx(anyCertificate, { password: 'abcd', encoding, rounds: 2048 })).toString('binary');
  const pfx = forge.pkcs12.pkcs12FromAsn1(forge.asn1.fromDer(bytes), 'abcd');
  const { pkcs8ShroudedKeyBag, certBag } = forge.pki.oids as Record<string, string>;
  const keyBag = pfx.getBags({ bagType: pkcs8ShroudedKeyBag as string })[pkcs8ShroudedKeyBag as string]?.[0];
  const bag = pfx.getBags({ bagType: certBag as string })[certBag as string]?.[0];
  const info = forge.pki.wrapRsaPrivateKey(forge.pki.privateKeyToAsn1(keyBag?.key as forge.pki.rsa.PrivateKey));
  expect(Buffer.from(forge.asn1.toDer(info).getBytes(), 'binary').toString('hex')).toBe(pkcs8(anyCertificate));
  const der = forge.asn1.toDer(forge.pki.certificateToAsn1(bag?.cert as forge.pki.Certificate)).getBytes();
  expect(Buffer.from(der, 'binary')).toEqual(anyCertificate.certificate.raw);
});
