import { createHash } from 'node:crypto';
import { basename, dirname } from 'node:path';
import { indexedBlobs } from './git.ts';
import { readFound } from './read.ts';

/**
 * Those of the files that git keeps with other contents than they have now: what is written over them is nowhere else. A file that git
 * does not keep is none of them.
 */
export function changedInGit(paths: readonly string[]): string[] {
  const byFolder = new Map<string, ReadonlyMap<string, string> | undefined>();
  return paths.filter((path) => {
    const folder = dirname(path);
    if (!byFolder.has(folder)) byFolder.set(folder, indexedBlobs(folder));
    const kept = byFolder.get(folder)?.get(basename(path));
    const bytes = kept === undefined ? undefined : readFound(folder, basename(path));
    return bytes !== undefined && blobId(bytes, kept?.length === 64 ? 'sha256' : 'sha1') !== kept;
  });
}

/** The id that git gives to contents. Source: git's documentation, "git-hash-object". */
function blobId(bytes: Uint8Array, algorithm: 'sha1' | 'sha256'): string {
  return createHash(algorithm).update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}
