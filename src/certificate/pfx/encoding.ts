// Types that the library shows: they import nothing, for the packages that others build upon are not installed with certflow.

/**
 * `modern`: AES-256-CBC, PBKDF2 with SHA-256, and a MAC with SHA-256, as OpenSSL 3 and newer Windows write.
 * `compat`: 3DES and SHA-1, which every reader knows, and which Azure's own documents ask for.
 */
export type PfxEncoding = 'modern' | 'compat';

/** What a PFX tells of itself without its password. */
export interface PfxOutline {
  /** `other` where it is neither of the two that certflow writes: mixed, older or newer ciphers. */
  readonly encoding: PfxEncoding | 'other';
  /** How key and certificates are encrypted, in words; empty where they are not. */
  readonly ciphers: readonly string[];
  /** The MAC in words; absent where the file has none. */
  readonly mac?: string;
}
