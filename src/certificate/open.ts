import { ContentInfo, id_signedData } from '@peculiar/asn1-cms';
import { CertificateError } from './certificate-error.ts';
import { withChain } from './chain.ts';
import { maximumBytes, maximumCertificates, parse, reading } from './der.ts';
import { isPrivateKey, type PemBlock, pemBlocks, readPrivateKey } from './pem.ts';
import { openOutline } from './pfx/outline.ts';
import { type PfxContents, readPfx } from './pfx/read.ts';
import { type KeyObject, X509Certificate } from './platform/node.ts';
import { certificateOf, readCertificate } from './read-certificate.ts';
import type { FileKind } from './shown.ts';
import { decodeText } from './text.ts';
import { isJson, unwrap, type Wrapping } from './wrapping.ts';
import { X509Certificates } from './x509.ts';

/** What a file is, before anything in it is decrypted. */
export interface CertificateFile {
  readonly kind: FileKind;
  /** How often it is wrapped in base64: once is what a `pfx` field takes, twice is a mistake. */
  readonly base64: 0 | 1 | 2;
  /** All that stands around it, from outside. */
  readonly wrappings: readonly Wrapping[];
  /** Without what stands around it. */
  readonly bytes: Uint8Array;
}

export type Contents = Partial<PfxContents> & Pick<PfxContents, 'certificate' | 'chain'>;

/** An answer of the vault, whose value is base64 of base64 of PEM. */
const deepestWrapping = 3;

/** Tells a PFX, a PEM file, a certificate (DER) and a PKCS#7 file apart. Throws a CertificateError `malformed`. */
export function recognise(bytes: Uint8Array): CertificateFile {
  if (bytes.length > maximumBytes)
    throw new CertificateError('malformed', 'The file is larger than any certificate or PFX: it must be something else.');
  let inner = bytes;
  const wrappings: Wrapping[] = [];
  while (wrappings.length <= deepestWrapping) {
    // PEM within JSON has its lines on one, and is read after that is off.
    const kind = isJson(inner) ? undefined : kindOf(inner);
    const base64 = wrappings.filter((wrapping) => wrapping.startsWith('base64')).length;
    if (kind !== undefined) return { kind, base64: base64 > 1 ? 2 : base64 === 1 ? 1 : 0, wrappings, bytes: inner };
    const layer = unwrap(inner);
    if (layer === undefined) break;
    wrappings.push(layer.wrapping);
    inner = layer.bytes;
  }
  throw new CertificateError(
    'malformed',
    'This is no PFX, no certificate (DER or PEM) and no PKCS#7 file, or it is damaged. Export or download it again, as a binary file.',
  );
}

/** Opens a file of any kind. Throws what `readPfx` throws. */
export function openFile({ kind, bytes }: CertificateFile, password: string | undefined): Contents {
  if (kind === 'pfx') return readPfx(bytes, password === undefined ? {} : { password });
  const blocks = blocksOf(bytes);
  const certificates = certificatesOf(kind, bytes, blocks);
  const keyBlock = blocks.find(isPrivateKey);
  if (keyBlock === undefined) {
    // Without a key the certificate meant is the one that issued no other.
    const own =
      certificates.find((one) => !certificates.some((other) => other !== one && other.checkIssued(one))) ?? certificates[0];
    if (own === undefined) throw noCertificate();
    return { certificate: own, chain: withChain(own, certificates).chain };
  }
  if (certificates.length === 0) throw noCertificate();
  const privateKey = readPrivateKey(keyBlock, password);
  const certificate = certificateOf(privateKey, certificates);
  if (certificate === undefined)
    throw new CertificateError('key-mismatch', 'The private key in the file belongs to none of the certificates in it.');
  return { privateKey, certificate, chain: withChain(certificate, certificates).chain };
}

/** Every certificate of a file that holds no key: PEM, DER or PKCS#7. */
export function certificatesIn(file: Uint8Array): X509Certificate[] {
  const { kind, bytes } = recognise(file);
  const found = kind === 'pfx' ? [] : certificatesOf(kind, bytes, blocksOf(bytes));
  if (found.length === 0) throw noCertificate();
  return found;
}

/** The private key of a PEM file. Throws a CertificateError, `no-private-key` among them. */
export function privateKeyIn(file: Uint8Array, password: string | undefined): KeyObject {
  const block = file.length > maximumBytes ? undefined : pemBlocks(decodeText(file)).find(isPrivateKey);
  if (block === undefined) throw new CertificateError('no-private-key', 'The file holds no private key in PEM.');
  return readPrivateKey(block, password);
}

function kindOf(bytes: Uint8Array): FileKind | undefined {
  if (bytes[0] === 0x30) {
    if (isReadable(() => new X509Certificate(bytes))) return 'der';
    if (isReadable(() => isSignedData(bytes) || fail())) return 'pkcs7';
    if (isReadable(() => openOutline(bytes))) return 'pfx';
  }
  const blocks = blocksOf(bytes);
  const [first] = blocks;
  if (first === undefined || (blocks.length === 1 && isMislabelled(first))) return undefined;
  return blocks.every(isPkcs7) ? 'pkcs7' : 'pem';
}

function blocksOf(bytes: Uint8Array): PemBlock[] {
  return bytes[0] === 0x30 ? [] : pemBlocks(decodeText(bytes));
}

/** `certutil -encode` writes the label of a certificate around whatever file it is given. */
function isMislabelled({ label, bytes }: PemBlock): boolean {
  return label === 'CERTIFICATE' && ['pfx', 'pkcs7'].includes(kindOf(bytes) ?? '');
}

/** RFC 7468 has PKCS7 and CMS; OpenSSL reads the third, too. */
function isPkcs7({ label }: PemBlock): boolean {
  return label === 'PKCS7' || label === 'CMS' || label === 'PKCS #7 SIGNED DATA';
}

function isSignedData(bytes: Uint8Array): boolean {
  return parse(bytes, ContentInfo, 'The file').contentType === id_signedData;
}

/** A cipher that is refused by name is a PFX all the same. */
function isReadable(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch (error) {
    return error instanceof CertificateError && error.code !== 'malformed';
  }
}

function fail(): never {
  throw new Error('another type of content');
}

function certificatesOf(kind: FileKind, bytes: Uint8Array, blocks: readonly PemBlock[]): X509Certificate[] {
  const found = ders(kind, bytes, blocks);
  if (found.length > maximumCertificates)
    throw new CertificateError(
      'malformed',
      `The file holds ${found.length} certificates, more than any chain. It must be something else.`,
    );
  return found.map((der) => readCertificate(der, 'A certificate in the file'));
}

function ders(kind: FileKind, bytes: Uint8Array, blocks: readonly PemBlock[]): Uint8Array[] {
  if (kind === 'der') return [bytes];
  if (kind === 'pkcs7' && blocks.length === 0) return inPkcs7(bytes);
  return blocks.flatMap((block) => {
    if (/^(X509 )?CERTIFICATE$/.test(block.label)) return [block.bytes];
    return isPkcs7(block) ? inPkcs7(block.bytes) : [];
  });
}

function inPkcs7(bytes: Uint8Array): Uint8Array[] {
  return reading('The PKCS#7 file', () => [...new X509Certificates(bytes)].map(({ rawData }) => new Uint8Array(rawData)));
}

function noCertificate(): CertificateError {
  return new CertificateError('no-certificate', 'The file holds no certificate.');
}
