import type { KeyCredential } from '@microsoft/microsoft-graph-types';
import type { VaultCertificateVersion } from '../../azure/vault-certificates.ts';
import { thumbprintOfEntry } from '../../proofs/thumbprints.ts';
import { type Pair, readMark } from './mark.ts';

/** Days that old and new certificate work side by side: Standard and App Service read the vault once a day, people look once a week. */
export const defaultOverlap = 7;

const day = 86_400_000;

/** A rotation waits for sign-in and rights, at most so long: a younger entry without a version in the vault may be one under way. */
const longestRotation = 3_600_000;

/** An entry of the app registration that a rotation has made old, and what becomes of it. */
export interface OldEntry {
  readonly entry: KeyCredential;
  /** SHA-1, base64url. */
  readonly thumbprint: string;
  /** Whether the vault has it as an older version; otherwise a rotation that was broken off put it there. */
  readonly isInVault: boolean;
  readonly fate: 'goes' | 'stays';
  /** Why it goes or stays, for people. */
  readonly why: string;
}

/** Who else signs in with a certificate: for people, such as `prod signs in with it, from the vault kv-contoso-prod`. */
export type UsedElsewhere = (thumbprint: string) => string | undefined;

export interface Known {
  readonly pair: Pair;
  readonly keyCredentials: readonly KeyCredential[];
  /** Those of the certificate in the vault, the newest first. */
  readonly versions: readonly VaultCertificateVersion[];
  readonly usedElsewhere: UsedElsewhere;
  readonly now: Date;
}

/**
 * The entries that are older than what the vault hands out: earlier versions of the certificate in this vault, and what a rotation of
 * it put there without getting as far as the vault. Certificates that came from elsewhere are not among them.
 */
export function oldEntries({ pair, keyCredentials, versions: [newest, ...older], usedElsewhere, now }: Known): OldEntry[] {
  const earlier = new Set(older.map(({ thumbprint }) => thumbprint));
  return keyCredentials.flatMap((entry): OldEntry[] => {
    const thumbprint = thumbprintOfEntry(entry);
    const mark = readMark(entry.displayName, pair);
    const isInVault = earlier.has(thumbprint);
    if (thumbprint === newest?.thumbprint || mark?.kind === 'other' || !(isInVault || mark)) return [];
    const old = (fate: OldEntry['fate'], why: string) => [{ entry, thumbprint, isInVault, fate, why }];
    const use = usedElsewhere(thumbprint);
    if (use !== undefined) return old('stays', use);
    if (isInVault) return old('goes', `an older version of ${pair.certificate} in the vault ${pair.vault}`);
    if (mark?.kind !== 'own')
      return old('stays', 'an earlier certflow put it there, for a vault that it did not name: not one of this vault');
    const began = new Date(mark.since).toISOString();
    if (now.getTime() - mark.since < longestRotation)
      return old('stays', `a rotation that began at ${began} put it there, and may be under way`);
    return old('goes', `a rotation that began at ${began} was broken off: nobody has its key`);
  });
}

/** Whether old and new certificate work side by side. */
export function isSideBySide(old: readonly OldEntry[]): boolean {
  return old.some(({ fate, isInVault }) => fate === 'goes' && isInVault);
}

/** When the old certificate may go. */
export function finishFrom(since: Date, overlapDays: number): Date {
  return new Date(since.getTime() + overlapDays * day);
}
