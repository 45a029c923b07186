import { lstatSync, type Stats, statSync } from 'node:fs';

/** What a path leads to. */
export type Kind = 'file' | 'folder' | 'link' | 'pipe' | 'socket' | 'device';

/** What lies at a path, links followed; undefined where nothing does, or a link leads nowhere. */
export function kindOf(path: string): Kind | undefined {
  return kindIn(() => statSync(path, { throwIfNoEntry: false }));
}

/** The same of the path itself: a link is a link, wherever it leads. */
export function ownKindOf(path: string): Kind | undefined {
  return kindIn(() => lstatSync(path, { throwIfNoEntry: false }));
}

/** Whether anything lies there, a link that leads nowhere too. */
export function isThere(path: string): boolean {
  return ownKindOf(path) !== undefined;
}

/** Whether a folder is one for everybody, as /tmp: who makes a file there first decides what it says. */
export function isForEverybody(folder: string): boolean {
  const stats = statSync(folder, { throwIfNoEntry: false });
  return stats !== undefined && process.platform !== 'win32' && (stats.mode & 0o1002) === 0o1002;
}

export function kindOfStats(stats: Pick<Stats, 'isFile' | 'isDirectory' | 'isSymbolicLink' | 'isFIFO' | 'isSocket'>): Kind {
  if (stats.isFile()) return 'file';
  if (stats.isDirectory()) return 'folder';
  if (stats.isSymbolicLink()) return 'link';
  if (stats.isFIFO()) return 'pipe';
  return stats.isSocket() ? 'socket' : 'device';
}

function kindIn(look: () => Stats | undefined): Kind | undefined {
  try {
    const stats = look();
    return stats && kindOfStats(stats);
  } catch {
    // A circle of links, a file where a folder should be, a folder that may not be entered: who reads there is told.
    return undefined;
  }
}
