// Types that the library shows, in Node and in browsers: what Node has of its own is in none of them.
import type { KeyLength } from './key-length.ts';
import type { PfxEncoding, PfxOutline } from './pfx/encoding.ts';
import type { Problem, Service, Verdict } from './problems.ts';
import type { Thumbprints } from './thumbprints.ts';
import type { Wrapping } from './wrapping.ts';

export interface CreateCertificateOptions {
  /** Distinguished name, such as `CN=HR lists reader`. */
  readonly subject: string;
  /** How long it is valid: 365 days unless asked for more, up to 3650. Many tenants refuse more than a year. */
  readonly days?: number;
  /** Length of the RSA key: 2048 by default. */
  readonly bits?: KeyLength;
  /** The time at which it begins; now by default. */
  readonly now?: Date;
}

export interface WritePfxOptions {
  /** Left out or empty: no password, as Key Vault hands its certificates out. */
  readonly password?: string;
  /** `compat` by default: Microsoft's documents of App Service and Logic Apps ask for it. */
  readonly encoding?: PfxEncoding;
  /** The name that Windows shows for the certificate. */
  readonly friendlyName?: string;
  /** Rounds of key derivation: 100,000 by default, and 2048 where there is no password to be guessed. At most a million; with `compat`, 400,000. */
  readonly rounds?: number;
}

export interface InspectOptions {
  readonly password?: string;
  /** The time that validity is judged at; now by default. */
  readonly now?: Date;
}

export type FileKind = 'pfx' | 'pem' | 'der' | 'pkcs7';

/** What is known of a certificate. Times are ISO 8601 in UTC. */
export interface CertificateFacts {
  readonly subject: string;
  readonly issuer: string;
  readonly isSelfSigned: boolean;
  /** Hexadecimal capitals. */
  readonly serialNumber: string;
  readonly notBefore: string;
  readonly notAfter: string;
  readonly status: 'valid' | 'expired' | 'not yet valid';
  /** Whole days until `notAfter`; negative once it has passed. */
  readonly daysLeft: number;
  /** From `notBefore` to `notAfter`, in days. */
  readonly daysInAll: number;
  readonly key: { readonly algorithm: string; readonly bits?: number; readonly curve?: string };
  readonly thumbprints: Thumbprints;
}

export interface Inspection {
  readonly kind: FileKind;
  /** How often the file is wrapped in base64. */
  readonly base64: 0 | 1 | 2;
  /** All that stands around it, from outside: base64, quotes, the answer of a vault. */
  readonly wrappings: readonly Wrapping[];
  /** Absent where the file could not be opened; `problems` says why. */
  readonly certificate?: CertificateFacts;
  readonly hasPrivateKey?: boolean;
  readonly friendlyName?: string;
  readonly chain: readonly { readonly subject: string; readonly notAfter: string }[];
  /** How a PFX is encrypted, also where it could not be opened. */
  readonly pfx?: PfxOutline;
  readonly problems: readonly Problem[];
  /** What each service will say to the file. */
  readonly verdicts: Readonly<Record<Service, Verdict>>;
}

/** What a PFX holds beside key and certificates. */
export interface PfxDetails {
  /** How it is encrypted. */
  readonly outline: PfxOutline;
  /** The name that Windows shows for the certificate. */
  readonly friendlyName?: string;
  /** The Windows provider that the key is marked for. */
  readonly keyProvider?: string;
}
