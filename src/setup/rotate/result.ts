import type { KeyAndCertificate } from '../../certificate/certificate.ts';
import type { Progress } from '../../deploy/progress.ts';
import type { OldEntry } from './rotation.ts';

export interface RotateOptions {
  /** Name of the environment. Needed where the spec has more than one. */
  readonly environment?: string;
  /** The new key and certificate; without it they are made here, in memory. */
  readonly certificate?: KeyAndCertificate;
  /** Days that the old one stays. Default: 7. */
  readonly overlapDays?: number;
  /**
   * Asked before anything is changed; twice where a right is needed to look what there is to do. `what` is text of one or more lines.
   * Without it everything is only planned.
   */
  readonly confirm?: (what: string) => boolean | Promise<boolean>;
  /** Told of what comes about. */
  readonly progress?: Progress;
  /** Told of every text that holds a private key, so that nothing prints it. */
  readonly onSecret?: (secret: string) => void;
  readonly now?: Date;
}

export interface RotateResult {
  readonly outcome: 'planned' | 'rotated' | 'finished' | 'side by side' | 'nothing to finish' | 'not confirmed';
  /** For people, in a sentence or two; of a plan, what would be asked. Times in it are ISO 8601. */
  readonly message: string;
  /** SHA-1 thumbprint of the certificate that the vault hands out now, base64url. */
  readonly thumbprint?: string;
  /** From when on the old one may be removed; ISO 8601. */
  readonly finishFrom?: string;
  /** Thumbprints that were removed from the app registration. */
  readonly removed?: readonly string[];
  /** What goes from the app registration by a plan. */
  readonly goes?: readonly OldCertificate[];
  /** What is older than the certificate of the vault, and stays. */
  readonly stays?: readonly OldCertificate[];
  /** A sentence for each right that was given for the moment and could not be taken back. */
  readonly notTakenBack?: readonly string[];
}

/** An old certificate on the app registration. */
export interface OldCertificate {
  /** SHA-1, base64url. */
  readonly thumbprint: string;
  /** ISO 8601; absent where Graph does not say it. */
  readonly ends?: string;
  readonly why: string;
}

/** Those with one fate. */
export function withFate(old: readonly OldEntry[], fate: OldEntry['fate']): OldCertificate[] {
  return old
    .filter((one) => one.fate === fate)
    .map(({ entry, thumbprint, why }) => ({ thumbprint, ...(entry.endDateTime ? { ends: entry.endDateTime } : {}), why }));
}

/** Two lines for each: the thumbprint as portals show it with its end in ISO 8601, and why. */
export function certificateLines(certificates: readonly OldCertificate[]): string[] {
  return certificates.flatMap(({ thumbprint, ends, why }) => [
    `  ${Buffer.from(thumbprint, 'base64url').toString('hex').toUpperCase()}${ends === undefined ? '' : `, until ${ends}`}`,
    `    ${why}`,
  ]);
}

/** What stays, as the end of a message. */
export function staying(stays: readonly OldCertificate[]): string {
  return stays.length === 0 ? '' : ['', 'These stay:', ...certificateLines(stays)].join('\n');
}
