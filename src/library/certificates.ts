// The library's way to certificates. What reads and writes certificates is large and seldom needed: it is loaded at the first call.
import type { KeyAndCertificate } from '../certificate/certificate.ts';
import type { PfxContents } from '../certificate/pfx/read.ts';
import type { CreateCertificateOptions, Inspection, InspectOptions, WritePfxOptions } from '../certificate/shown.ts';

/**
 * Makes a self-signed certificate with a new RSA key, for signing in to Entra ID: SHA-256, 2048 bits and 365 days unless other
 * values are given (`days` up to 3650, `bits` 2048, 3072 or 4096). It begins ten minutes ago, for clocks that are behind.
 *
 * Rejects with a UsageError for a subject that is no distinguished name, and for days or bits out of range.
 */
export async function createCertificate(options: CreateCertificateOptions): Promise<KeyAndCertificate> {
  return (await import('../certificate/index.ts')).createCertificate(options);
}

/**
 * Tells what a PFX, PEM, DER or PKCS#7 file holds (subject, validity, key, thumbprints, encryption) and what Logic Apps, App
 * Service and Entra ID will say to it. A password that is missing or wrong is a problem in the result, not an error.
 *
 * Rejects with a CertificateError `malformed` where the bytes are none of these.
 */
export async function inspectCertificate(bytes: Uint8Array, options?: InspectOptions): Promise<Inspection> {
  return (await import('../certificate/index.ts')).inspectCertificate(bytes, options);
}

/**
 * Reads the private key of a PFX (PKCS#12), its certificate, and the chain, nearest issuer first. Ciphers: AES and 3DES.
 *
 * Rejects with a CertificateError whose `code` is `malformed`, `wrong-password`, `password-needed`, `unreadable-cipher` (RC2, RC4
 * and DES, named in the message), `too-much-work`, `no-private-key`, `no-certificate` or `key-mismatch`.
 */
export async function readPfx(bytes: Uint8Array, options?: { readonly password?: string }): Promise<PfxContents> {
  return (await import('../certificate/index.ts')).readPfx(bytes, options);
}

/**
 * Writes a PFX (PKCS#12). `encoding` is `compat` (3DES and SHA-1, the default, which App Service and Logic Apps read) or `modern`
 * (AES-256-CBC, PBKDF2 and a MAC with SHA-256). Without a password it is written as Key Vault hands its certificates out.
 *
 * Rejects with a CertificateError `key-mismatch` where the key is not the certificate's.
 */
export async function writePfx(contents: KeyAndCertificate, options?: WritePfxOptions): Promise<Uint8Array> {
  return (await import('../certificate/index.ts')).writePfx(contents, options);
}
