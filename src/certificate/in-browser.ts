// The way into this room of `certflow/browser`: what src/library/certificates.ts has, with types that have nothing of Node's.
import type { KeyAndCertificate as NodeKeyAndCertificate } from './certificate.ts';
import type { CreateCertificateOptions, Inspection, InspectOptions, PfxDetails, WritePfxOptions } from './shown.ts';

/** A private key. It prints and serialises as nothing, so that it does not get into a log by accident. */
export interface PrivateKey {
  /** PKCS#8, DER, as `crypto.subtle.importKey` takes it. */
  export(options: { readonly type: 'pkcs8'; readonly format: 'der' }): Uint8Array;
}

export interface Certificate {
  /** DER. */
  readonly raw: Uint8Array;
  /** A line for each part, such as `CN=HR lists reader`. */
  readonly subject: string;
  readonly issuer: string;
  /** Hexadecimal capitals. */
  readonly serialNumber: string;
  readonly validFromDate: Date;
  readonly validToDate: Date;
}

/** A private key, the certificate that belongs to it, and those that issued it, nearest first. */
export interface KeyAndCertificate {
  readonly privateKey: PrivateKey;
  readonly certificate: Certificate;
  readonly chain: readonly Certificate[];
}

export interface PfxContents extends KeyAndCertificate, PfxDetails {}

/** Makes a self-signed certificate with a new RSA key, as `createCertificate` of `certflow` does. */
export async function createCertificate(options: CreateCertificateOptions): Promise<KeyAndCertificate> {
  return (await import('./index.ts')).createCertificate(options);
}

/** Tells what a PFX, PEM, DER or PKCS#7 file holds and who takes it, as `inspectCertificate` of `certflow` does. */
export async function inspectCertificate(bytes: Uint8Array, options?: InspectOptions): Promise<Inspection> {
  return (await import('./index.ts')).inspectCertificate(bytes, options);
}

/** Reads a PFX (PKCS#12), as `readPfx` of `certflow` does. */
export async function readPfx(bytes: Uint8Array, options?: { readonly password?: string }): Promise<PfxContents> {
  return (await import('./index.ts')).readPfx(bytes, options);
}

/** Writes a PFX (PKCS#12) of what `createCertificate` or `readPfx` gave, as `writePfx` of `certflow` does. */
export async function writePfx(contents: KeyAndCertificate, options?: WritePfxOptions): Promise<Uint8Array> {
  // In a browser, the platform's own objects are in it (platform/web.ts), and the rest of the room takes them for Node's.
  return (await import('./index.ts')).writePfx(contents as NodeKeyAndCertificate, options);
}
