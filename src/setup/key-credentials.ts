import type { KeyCredential } from '@microsoft/microsoft-graph-types';
import type { Azure } from '../azure/azure.ts';
import { AzureError } from '../azure/azure-error.ts';
import { type Application, readApplication } from '../azure/graph.ts';
import { replaceKeyCredentials } from '../azure/key-credentials.ts';
import { waitFor } from '../azure/wait.ts';
import { readCertificate } from '../certificate/index.ts';
import { thumbprintOfEntry } from '../proofs/thumbprints.ts';

/** Certificates on an app registration, as Graph has them. */

/** The entry for a certificate. Its times are the certificate's own: a later end is refused (KeyCredentialsInvalidEndDate). */
export function keyCredential(der: Uint8Array, displayName: string): KeyCredential {
  const certificate = readCertificate(der, 'The certificate');
  return {
    type: 'AsymmetricX509Cert',
    usage: 'Verify',
    key: Buffer.from(der).toString('base64'),
    displayName,
    startDateTime: certificate.validFromDate.toISOString(),
    endDateTime: certificate.validToDate.toISOString(),
  } as unknown as KeyCredential;
}

export interface KeyCredentialChange {
  readonly add?: readonly KeyCredential[];
  readonly remove?: readonly KeyCredential[];
}

export interface Changed {
  /** Whether anything had to be written. */
  readonly isChanged: boolean;
  /** Entries that somebody else wrote at the same time: they were overwritten for a moment, and are there again. */
  readonly putBack: readonly KeyCredential[];
}

/**
 * Adds and removes certificates of an app registration, beside whoever else does so: the one way in which certflow changes them. Graph
 * replaces the whole list, and refuses nothing that is out of date. So the list is read right before each change, and once more within
 * it; what was overwritten is put back, and it is over when a later reading finds everything as it should be. At most twelve rounds.
 * Throws an AzureError.
 */
export async function changeKeyCredentials(
  azure: Azure,
  application: Pick<Application, 'id' | 'displayName'>,
  { add = [], remove = [] }: KeyCredentialChange,
): Promise<Changed> {
  const owed = [...add];
  const putBack: KeyCredential[] = [];
  const goes = ({ keyId }: KeyCredential) => remove.some((one) => one.keyId === keyId);
  let isChanged = false;
  return waitFor(
    azure,
    {
      waitingFor: `the certificates of the app registration "${application.displayName}" to stay as they were written`,
      limit: 60_000,
      whenOver: 'Somebody else changes them all the time. Run the same command again when that is over.',
    },
    async () => {
      const { keyCredentials: there } = await readApplication(azure, application.id);
      const missing = owed.filter((entry) => !has(there, entry));
      if (missing.length === 0 && !there.some(goes)) return { isChanged, putBack };
      const next = [...there.filter((entry) => !goes(entry)), ...missing];
      const replaced = await replaceKeyCredentials(azure, application, next).catch(unlessPassing);
      if (!replaced) return undefined;
      isChanged = true;
      const overwritten = replaced.before.filter((entry) => !goes(entry) && !has(next, entry));
      owed.push(...overwritten);
      putBack.push(...overwritten);
      return undefined;
    },
  );
}

/** By thumbprint too: a new one has no id yet, and one that is put back may get another. */
function has(entries: readonly KeyCredential[], entry: KeyCredential): boolean {
  const thumbprint = thumbprintOfEntry(entry);
  return entries.some(
    (one) => (entry.keyId && one.keyId === entry.keyId) || (thumbprint !== '' && thumbprintOfEntry(one) === thumbprint),
  );
}

/** What goes over by itself is tried again in the next round. */
function unlessPassing(error: unknown): undefined {
  if (error instanceof AzureError && [429, 500, 502, 503, 504].includes(error.status ?? 0)) return undefined;
  throw error;
}
