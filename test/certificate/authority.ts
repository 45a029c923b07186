import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openssl } from './tools.ts';

/** A root and an issuing CA that openssl makes in a folder, and what the issuing one answers to a request. */
export function authority(folder: string) {
  const path = (name: string) => join(folder, name);
  writeFileSync(
    path('ca.ext'),
    'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\nsubjectKeyIdentifier=hash\n',
  );
  const key = (name: string) => ['-newkey', 'rsa:2048', '-nodes', '-keyout', path(`${name}.key`), '-subj', `/CN=${name}`];
  openssl(['req', '-new', ...key('root'), '-out', path('root.csr')]);
  openssl([
    'x509',
    '-req',
    '-in',
    path('root.csr'),
    '-signkey',
    path('root.key'),
    '-days',
    '900',
    '-extfile',
    path('ca.ext'),
    '-out',
    path('root.pem'),
  ]);
  openssl(['req', '-new', ...key('issuing'), '-out', path('issuing.csr')]);
  sign('root', path('issuing.csr'), 'issuing', ['-extfile', path('ca.ext')]);

  function sign(issuer: string, request: string, name: string, options: readonly string[] = []): Buffer {
    const issued = ['-CA', path(`${issuer}.pem`), '-CAkey', path(`${issuer}.key`), '-CAcreateserial', '-days', '300'];
    openssl(['x509', '-req', '-in', request, ...issued, ...options, '-out', path(`${name}.pem`)]);
    return readFileSync(path(`${name}.pem`));
  }
  return {
    path,
    /** The certificate alone, PEM. */
    answer: (request: string) => sign('issuing', request, 'answer'),
    root: readFileSync(path('root.pem')),
    issuing: readFileSync(path('issuing.pem')),
    /** All three as PKCS#7, which holds them in an order of its own. */
    pkcs7: (form: 'PEM' | 'DER') => {
      const files = ['root', 'answer', 'issuing'].flatMap((name) => ['-certfile', path(`${name}.pem`)]);
      openssl(['crl2pkcs7', '-nocrl', ...files, '-outform', form, '-out', path('answer.p7b')]);
      return readFileSync(path('answer.p7b'));
    },
  };
}
