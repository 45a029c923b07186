import { EncryptedData, EncryptedPrivateKeyInfo } from '@peculiar/asn1-pkcs8';
import { fromBase64, toBase64 } from './bytes.ts';
import { CertificateError } from './certificate-error.ts';
import { parse, reading, serialize } from './der.ts';
import { decrypt, encrypt } from './pfx/encryption.ts';
import { WorkLimit } from './pfx/work-limit.ts';
import { type KeyObject, readPem, readPkcs8 } from './platform/node.ts';

export interface PemBlock {
  /** What stands after BEGIN, such as `CERTIFICATE`. */
  readonly label: string;
  readonly bytes: Uint8Array;
  /** The block as it was written. */
  readonly text: string;
}

/** Rounds of key derivation of an encrypted key. */
const rounds = 100_000;

/** The blocks of a PEM file, in order. Text around them is passed over, as RFC 7468 has it. */
export function pemBlocks(text: string): PemBlock[] {
  const blocks: PemBlock[] = [];
  let open: { label: string; at: number; body: number } | undefined;
  for (const { 0: line, 1: edge, 2: label = '', index } of text.matchAll(/-----(BEGIN|END) ([A-Z0-9 #]+)-----/g)) {
    if (edge === 'BEGIN') open = { label, at: index, body: index + line.length };
    else if (open?.label === label) {
      const body = withoutHeaders(text.slice(open.body, index));
      blocks.push({ label, bytes: fromBase64(body), text: text.slice(open.at, index + line.length) });
      open = undefined;
    }
  }
  return blocks;
}

/** OpenSSL's older encrypted keys have headers before an empty line. */
function withoutHeaders(body: string): string {
  const [, ...rest] = body.split(/\r?\n\r?\n/);
  return body.includes(':') ? rest.join('') : body;
}

export function toPem(label: string, bytes: Uint8Array): string {
  const lines = toBase64(bytes).match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}

/** A private key as PKCS#8 PEM, encrypted with AES-256 where there is a password. */
export function privateKeyToPem(privateKey: KeyObject, password: string | undefined): string {
  const pkcs8 = privateKey.export({ type: 'pkcs8', format: 'der' });
  if (password === undefined || password === '') return toPem('PRIVATE KEY', pkcs8);
  const { algorithm, bytes } = encrypt(pkcs8, password, 'modern', rounds);
  const info = new EncryptedPrivateKeyInfo({ encryptionAlgorithm: algorithm, encryptedData: new EncryptedData(bytes) });
  return toPem('ENCRYPTED PRIVATE KEY', serialize(info));
}

export function isPrivateKey({ label }: PemBlock): boolean {
  return label.endsWith('PRIVATE KEY');
}

/** Throws a CertificateError: `password-needed`, `wrong-password`, `unreadable-cipher`, `too-much-work` or `malformed`. */
export function readPrivateKey(block: PemBlock, password: string | undefined): KeyObject {
  const { label, bytes, text } = block;
  const what = 'The private key';
  const isEncrypted = label === 'ENCRYPTED PRIVATE KEY' || text.includes('Proc-Type: 4,ENCRYPTED');
  if (!isEncrypted) return reading(what, () => readPem(block));
  if (password === undefined || password === '')
    throw new CertificateError('password-needed', 'The private key has a password, and none was given.');
  if (label === 'ENCRYPTED PRIVATE KEY') {
    const { encryptionAlgorithm, encryptedData } = parse(bytes, EncryptedPrivateKeyInfo, what);
    const pkcs8 = decrypt(encryptionAlgorithm, new Uint8Array(encryptedData.buffer), password, new WorkLimit());
    return openedKey(() => readPkcs8(pkcs8));
  }
  return openedKey(() => readPem(block, password));
}

/** A wrong password gives bytes that look right once in 256 times, and are no key. */
function openedKey(open: () => KeyObject): KeyObject {
  try {
    return open();
  } catch (error) {
    if (error instanceof CertificateError) throw error;
    throw new CertificateError('wrong-password', 'The password does not open the private key.', { cause: error });
  }
}
