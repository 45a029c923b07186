import type { AlgorithmIdentifier } from '@peculiar/asn1-x509';
import { CertificateError } from '../certificate-error.ts';
import { octets, parse } from '../der.ts';
import type { CipherName, HashName } from '../platform/names.ts';
import type { Rc2Name } from './rc2.ts';
import { Pbes2Parameters, Pbkdf2Parameters, Pkcs12PbeParameters } from './structures.ts';

/** Object identifiers of RFC 7292 (PKCS#12), RFC 8018 (PKCS#5) and NIST. */
export const oid = {
  pbes2: '1.2.840.113549.1.5.13',
  pbkdf2: '1.2.840.113549.1.5.12',
  tripleDes: '1.2.840.113549.1.12.1.3',
  aes256: '2.16.840.1.101.3.4.1.42',
  hmacSha256: '1.2.840.113549.2.9',
  sha1: '1.3.14.3.2.26',
  sha256: '2.16.840.1.101.3.4.2.1',
} as const;

/** A cipher with the lengths of its key and block in bytes. */
export interface Cipher {
  readonly name: CipherName | Rc2Name;
  readonly label: string;
  readonly keyLength: number;
  readonly blockLength: number;
}

const tripleDes: Cipher = { name: 'des-ede3-cbc', label: '3DES', keyLength: 24, blockLength: 8 };
const pbes2Ciphers: Readonly<Record<string, Cipher>> = {
  '1.2.840.113549.3.7': tripleDes,
  '2.16.840.1.101.3.4.1.2': { name: 'aes-128-cbc', label: 'AES-128-CBC', keyLength: 16, blockLength: 16 },
  '2.16.840.1.101.3.4.1.22': { name: 'aes-192-cbc', label: 'AES-192-CBC', keyLength: 24, blockLength: 16 },
  [oid.aes256]: { name: 'aes-256-cbc', label: 'AES-256-CBC', keyLength: 32, blockLength: 16 },
};
const pkcs12Ciphers: Readonly<Record<string, Cipher>> = {
  [oid.tripleDes]: tripleDes,
  '1.2.840.113549.1.12.1.4': { name: 'des-ede-cbc', label: '3DES with two keys', keyLength: 16, blockLength: 8 },
  '1.2.840.113549.1.12.1.5': { name: 'rc2-128-cbc', label: 'RC2 (128 bits)', keyLength: 16, blockLength: 8 },
  '1.2.840.113549.1.12.1.6': { name: 'rc2-40-cbc', label: 'RC2 (40 bits)', keyLength: 5, blockLength: 8 },
};

/** PBKDF2's pseudo-random functions: RFC 8018, B.1. */
const prfs: Readonly<Record<string, HashName>> = {
  '1.2.840.113549.2.7': 'sha1',
  '1.2.840.113549.2.8': 'sha224',
  [oid.hmacSha256]: 'sha256',
  '1.2.840.113549.2.10': 'sha384',
  '1.2.840.113549.2.11': 'sha512',
};
const digests: Readonly<Record<string, HashName>> = {
  [oid.sha1]: 'sha1',
  '2.16.840.1.101.3.4.2.4': 'sha224',
  [oid.sha256]: 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
};

/** Ciphers and derivations that are met and that certflow does not read. */
const refused: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.12.1.1': 'RC4 (128 bits)',
  '1.2.840.113549.1.12.1.2': 'RC4 (40 bits)',
  '1.2.840.113549.3.2': 'RC2',
  '1.2.840.113549.1.5.1': 'DES with MD2',
  '1.2.840.113549.1.5.3': 'DES with MD5',
  '1.2.840.113549.1.5.6': 'RC2 with MD5',
  '1.2.840.113549.1.5.10': 'DES with SHA-1',
  '1.2.840.113549.1.5.11': 'RC2 with SHA-1',
  '1.3.14.3.2.7': 'DES',
  '1.3.6.1.4.1.11591.4.11': 'scrypt',
  '1.2.840.113549.1.5.14': 'PBMAC1',
};

/** How something is encrypted, read from its algorithm identifier; no password is needed for that. */
export type Encryption = { readonly label: string; readonly cipher: Cipher; readonly salt: Uint8Array } & (
  | { readonly scheme: 'pkcs12'; readonly iterations: number | string }
  | { readonly scheme: 'pbes2'; readonly iterations: number | string; readonly hash: HashName; readonly iv: Uint8Array }
);

/** Throws a CertificateError `unreadable-cipher` that names what the file uses and nobody should. */
export function readEncryption({ algorithm, parameters }: AlgorithmIdentifier): Encryption {
  const what = 'The encryption of the file';
  if (algorithm === oid.pbes2) {
    const { keyDerivation, encryption } = parse(parameters ?? new ArrayBuffer(0), Pbes2Parameters, what);
    if (keyDerivation.algorithm !== oid.pbkdf2) throw unreadable(keyDerivation.algorithm);
    const cipher = pbes2Ciphers[encryption.algorithm] ?? fail(encryption.algorithm);
    const { salt, iterations, prf } = parse(keyDerivation.parameters ?? new ArrayBuffer(0), Pbkdf2Parameters, what);
    const hash = prf === undefined ? 'sha1' : (prfs[prf.algorithm] ?? fail(prf.algorithm));
    const iv = parseIv(encryption.parameters, cipher);
    const label = `${cipher.label}, PBKDF2 with ${hashLabel(hash)}, ${iterations} rounds`;
    return { scheme: 'pbes2', label, cipher, salt: new Uint8Array(salt.buffer), iterations, hash, iv };
  }
  const cipher = pkcs12Ciphers[algorithm] ?? fail(algorithm);
  const { salt, iterations } = parse(parameters ?? new ArrayBuffer(0), Pkcs12PbeParameters, what);
  const label = `${cipher.label} with SHA-1, ${iterations} rounds`;
  return { scheme: 'pkcs12', label, cipher, salt: new Uint8Array(salt.buffer), iterations };
}

/** The hash of a MAC. */
export function readDigest(algorithm: string): HashName {
  return digests[algorithm] ?? fail(algorithm);
}

export function hashLabel(hash: HashName): string {
  return `SHA-${hash.slice('sha'.length)}`;
}

function parseIv(parameters: ArrayBuffer | null | undefined, { blockLength }: Cipher): Uint8Array {
  const iv = octets(parameters ?? new ArrayBuffer(0), 'The encryption of the file');
  if (iv.length !== blockLength)
    throw new CertificateError('malformed', 'The initialization vector of the file has a wrong length. It is damaged.');
  return iv;
}

function fail(algorithm: string): never {
  throw unreadable(algorithm);
}

function unreadable(algorithm: string): CertificateError {
  const name = refused[algorithm] ?? `the algorithm ${algorithm}`;
  return new CertificateError(
    'unreadable-cipher',
    `The file is encrypted with ${name}, which certflow does not read. Export it again with AES-256 or 3DES, or convert it: "openssl pkcs12 -legacy -in <file> -out <file>.pem", then "certflow cert convert <file>.pem --out <new file>"`,
  );
}
