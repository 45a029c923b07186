import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createCertificate } from '../../src/certificate/create.ts';
import { toPem } from '../../src/certificate/pem.ts';
import { completeRequest, createRequest } from '../../src/certificate/request.ts';
import { authority } from './authority.ts';
import { anyCertificate, folder, needs, openssl } from './tools.ts';

test('openssl verifies a request, signs it, and the answer is completed in any form and order', async (context) => {
  needs(context, 'openssl');
  const ca = authority(await folder());
  const { request, privateKey } = await createRequest({ subject: 'CN=HR lists reader, O=Contoso' });
  const csr = ca.path('request.csr');
  writeFileSync(csr, toPem('CERTIFICATE REQUEST', request));
  const text = openssl(['req', '-in', csr, '-verify', '-noout', '-text', '-nameopt', 'RFC2253']);
  for (const part of [
    'Subject: O=Contoso,CN=HR lists reader',
    'Public-Key: (2048 bit)',
    'sha256WithRSAEncryption',
    'TLS Web Client Authentication',
  ])
    expect(text).toContain(part);
  writeFileSync(ca.path('bad.csr'), toPem('CERTIFICATE REQUEST', request.with(60, (request[60] as number) ^ 1)));
  expect(() => openssl(['req', '-in', ca.path('bad.csr'), '-verify', '-noout'])).toThrow();

  const answer = ca.answer(csr);
  const { root, issuing } = ca;
  const inOrder = ['CN=HR lists reader, O=Contoso', 'CN=issuing', 'CN=root'];
  const forms = [
    [answer, issuing, root],
    [root, answer, issuing],
    [Buffer.concat([root, issuing, answer])],
    [ca.pkcs7('PEM')],
    [ca.pkcs7('DER')],
  ];
  for (const answers of forms) {
    const { certificate, chain, missingIssuer } = completeRequest(privateKey, answers);
    expect([certificate, ...chain].map(({ subject }) => subject.replaceAll('\n', ', '))).toEqual(inOrder);
    expect([certificate.checkPrivateKey(privateKey), missingIssuer]).toEqual([true, undefined]);
  }
  expect(completeRequest(privateKey, [answer])).toMatchObject({ chain: [], missingIssuer: 'CN=issuing' });
  expect(completeRequest(privateKey, [answer, root])).toMatchObject({ chain: [], missingIssuer: 'CN=issuing' });
  expect(completeRequest(privateKey, [answer, Buffer.from(anyCertificate.certificate.raw), issuing])).toMatchObject({
    chain: [{ subject: 'CN=issuing' }],
    missingIssuer: 'CN=root',
  });
});

test('an answer to another request is refused', async () => {
  const { privateKey } = await createRequest({ subject: 'CN=x' });
  const { certificate } = await createCertificate({ subject: 'CN=other' });
  expect(() => completeRequest(privateKey, [certificate.raw])).toThrow(expect.objectContaining({ code: 'key-mismatch' }));
  expect(() => completeRequest(privateKey, [Buffer.from('nothing')])).toThrow(expect.objectContaining({ code: 'malformed' }));
});

test('a subject that is none is refused', async () => {
  await expect(createRequest({ subject: 'HR, O' })).rejects.toThrow('is no subject');
});
