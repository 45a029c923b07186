import { isAbsolute, join, relative } from 'node:path';
import { UsageError } from '../../diagnostics/errors.ts';
import { isThere } from '../../disk/kind.ts';
import { placeOf } from '../../disk/place.ts';
import { readNamed } from '../../disk/read.ts';
import { replaceFile } from '../../disk/write.ts';
import { decodeText, encodeLike } from '../../document/decode.ts';
import { zip } from '../../document/zip.ts';
import type { Adoption } from '../../library/adopt.ts';
import { convert } from '../../library/convert.ts';

/** A file that is to be written. */
export interface FileToWrite {
  readonly path: string;
  readonly contents: Uint8Array;
}

/**
 * What is written for an adopted document, looked at before the first of all is written: each file in its place or, with `out`, there.
 * Throws a UsageError for what cannot be written.
 */
export function filesToWrite({ files, document }: Adoption, named: string, out: string | undefined): FileToWrite[] {
  if (files.length === 0) return [];
  if (document.files.isPacked) {
    if (document.format !== 'solution' && document.format !== 'flow-package')
      throw new UsageError(`${document.name} is a zip of files: unpack it, and name its folder`);
    const path = out ?? named;
    placeOf(path);
    return [{ path, contents: zip(convert(document, document.format)) }];
  }
  return files.map(({ file, before, after }) => {
    const isNew = !isThere(file);
    const bytes = isNew ? new Uint8Array() : readNamed(file);
    if (!isNew && !Buffer.from(encodeLike(bytes, decodeText(bytes))).equals(bytes))
      throw new UsageError(`${file} is neither UTF-8 nor UTF-16, so nothing was written`);
    if (!isNew && decodeText(bytes) !== before) throw new UsageError(`${file} was changed meanwhile. Nothing was written.`);
    const path = out === undefined ? file : placed(file, named, out);
    placeOf(path, ...(out === undefined ? [] : [out]).slice(1));
    return { path, contents: encodeLike(bytes, after) };
  });
}

/** Where a file lies elsewhere: of one that was named, under the name that was given; of a folder's, at the same place in it. */
function placed(file: string, named: string, out: string): string {
  const inside = relative(named, file);
  return inside === '' ? out : join(out, isAbsolute(inside) || inside.startsWith('..') ? file : inside);
}

export function writeAll(files: readonly FileToWrite[]) {
  for (const { path, contents } of files) replaceFile(path, contents);
}
