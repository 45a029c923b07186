import { lstatSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Makes a folder and those above it, where they are missing. Throws what the system says. */
export function makeFolder(path: string) {
  mkdirSync(path, { recursive: true });
}

/** A new folder for its owner alone, among those that the system clears away. */
export function temporaryFolder(name: string): string {
  return mkdtempSync(join(tmpdir(), `${name}-`));
}

/** Removes a folder with all that is in it. */
export function removeFolder(path: string) {
  rmSync(path, { recursive: true, force: true });
}

/**
 * Makes a folder that nobody else may enter, where it is missing. Gives whether the one that is there is so: the user's own, as the folder
 * around it is, and open to nobody else. Windows gives folders of a user's profile to that user alone.
 */
export function isOwnFolder(path: string): boolean {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    const stats = lstatSync(path);
    const user = process.getuid?.() ?? stats.uid;
    const isClosed = process.platform === 'win32' || (stats.mode & 0o077) === 0;
    return stats.isDirectory() && stats.uid === user && statSync(dirname(path)).uid === user && isClosed;
  } catch {
    return false;
  }
}
