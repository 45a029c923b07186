import type { KeyCredential } from '@microsoft/microsoft-graph-types';
import type { Application } from '../../azure/graph.ts';
import type { VaultCertificateVersion } from '../../azure/vault-certificates.ts';
import { thumbprintOfEntry } from '../key-credentials.ts';

/** Days that old and new certificate work side by side: Standard and App Service read the vault once a day, people look once a week. */
export const defaultOverlap = 7;

const day = 86_400_000;

/** How far a rotation has come, from what the vault and the app registration hold. */
export type Rotation =
  /** The vault's certificate signs in, and no older one does. */
  | { readonly kind: 'none' }
  /** The vault hands out a certificate that the app registration does not know: nobody can sign in with it. */
  | { readonly kind: 'unknown to the registration' }
  /** Old and new work side by side. */
  | { readonly kind: 'side by side'; readonly since: Date };

/**
 * Reads how far it is. `versions` are those of the certificate in the vault, the newest first.
 */
export function rotationOf(application: Application, versions: readonly VaultCertificateVersion[], name: string): Rotation {
  const [newest] = versions;
  const there = new Set(application.keyCredentials.map(thumbprintOfEntry));
  if (!newest || !there.has(newest.thumbprint)) return { kind: 'unknown to the registration' };
  if (oldEntries(application, versions, name).some(({ thumbprint }) => thumbprint !== undefined))
    return { kind: 'side by side', since: new Date(newest.created) };
  return { kind: 'none' };
}

/** When the old certificate may go. */
export function finishFrom(since: Date, overlapDays: number): Date {
  return new Date(since.getTime() + overlapDays * day);
}

export interface OldEntry {
  readonly entry: KeyCredential;
  /** Of the version in the vault; absent for what a broken-off rotation left, whose key is gone. */
  readonly thumbprint?: string;
}

/**
 * Entries of the app registration that a rotation has made old: earlier versions of the vault's certificate, and what a broken-off
 * rotation put there. Certificates that came from elsewhere are not among them.
 */
export function oldEntries(
  { keyCredentials }: Application,
  [newest, ...older]: readonly VaultCertificateVersion[],
  name: string,
): OldEntry[] {
  const earlier = new Set(older.map(({ thumbprint }) => thumbprint));
  return keyCredentials.flatMap((entry): OldEntry[] => {
    const thumbprint = thumbprintOfEntry(entry);
    if (thumbprint === newest?.thumbprint) return [];
    if (earlier.has(thumbprint)) return [{ entry, thumbprint }];
    return entry.displayName === rotationMark(name) ? [{ entry }] : [];
  });
}

/** What a rotation names its entries: at most 90 characters, as Graph takes. */
export function rotationMark(name: string): string {
  return `certflow rotate: ${name}`.slice(0, 90);
}
