import { isAbsolute, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UsageError } from '../diagnostics/errors.ts';
import { isReallyWithin } from '../disk/read.ts';

/** The folders that a client has given: nothing outside of them is read. */
export class Roots {
  readonly folders: readonly string[];

  /** Paths, or addresses that begin with `file:`; others are passed over. */
  constructor(given: readonly string[]) {
    this.folders = given
      .flatMap((one) => (one.startsWith('file:') ? [fileURLToPath(one)] : /^[a-z][a-z+.-]+:/i.test(one) ? [] : [one]))
      .map((folder) => resolve(folder));
  }

  /** The path of something in one of the folders. Throws a UsageError for what lies elsewhere, links followed, and what is not there. */
  pathOf(path: string): string {
    if (this.folders.length === 0)
      throw new UsageError(
        'the client has given no folder, so no file is read: give the text itself as "content", or start certflow with folders',
      );
    const candidates = isAbsolute(path) ? [resolve(path)] : this.folders.map((folder) => join(folder, path));
    const found = candidates.find((one) => this.folders.some((folder) => isReallyWithin(folder, one)));
    if (found === undefined)
      throw new UsageError(`${path} is not in the folders that the client has given: ${this.folders.join(', ')}`);
    return found;
  }
}
