import { strToU8, type Zippable, zipSync } from 'fflate/browser';
import { refuseNames } from './file-name.ts';

/**
 * A zip of files, in this order. The same files give the same bytes everywhere: the time of every entry is the first that a zip can
 * hold, and the compressor is the bundled one, since those of Node and of browsers differ from version to version. Throws a UsageError
 * for a path that not every system can unpack.
 */
export function zip(files: readonly { readonly path: string; readonly contents: string | Uint8Array }[]): Uint8Array {
  // Zips hold local time without a zone, and the library takes it apart as such.
  const mtime = new Date(1980, 0, 1);
  refuseNames(files);
  const entries = files.map(({ path, contents }): [string, Zippable[string]] => [
    path,
    [typeof contents === 'string' ? strToU8(contents) : contents, { mtime, level: 9 }],
  ]);
  return zipSync(Object.fromEntries(entries));
}
