import { closeSync, fchmodSync, openSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { RefusedError, UsageError } from '../diagnostics/errors.ts';
import { isThere } from './kind.ts';
import { makeFolder } from './own-folder.ts';
import { placeOf } from './place.ts';

export interface ReplaceOptions {
  /** What the file belongs to; a link there may lead to a file in it. Default: the folder that it lies in. */
  readonly folder?: string;
  /** Who may do what with it (0o600: its owner alone). Default: as before, and for a new file what is usual. */
  readonly mode?: number;
}

/**
 * Writes a file whole or not at all, also over one that is there, whose mode it keeps; of a link to a file in its folder, that file. Folders
 * are made. Throws what `placeOf` throws, and a UsageError where the system refuses.
 */
export function replaceFile(path: string, contents: string | Uint8Array, { folder, mode }: ReplaceOptions = {}) {
  const place = placeOf(path, folder);
  try {
    makeFolder(dirname(place));
    const before = statSync(place, { throwIfNoEntry: false });
    writeBeside(place, contents, mode ?? (before && before.mode & 0o777));
  } catch (error) {
    throw new UsageError(`${path} cannot be written: ${(error as Error).message}`, { cause: error });
  }
}

/** Under a name that nobody has, and then in place of what was there. */
function writeBeside(place: string, contents: string | Uint8Array, mode: number | undefined) {
  const temporary = join(dirname(place), `.certflow-${process.pid}-${Math.random().toString(36).slice(2)}.tmp`);
  const descriptor = openSync(temporary, 'wx', mode ?? 0o666);
  try {
    writeInto(descriptor, contents, mode);
    renameSync(temporary, place);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

function writeInto(descriptor: number, contents: string | Uint8Array, mode?: number) {
  try {
    writeFileSync(descriptor, contents);
    // What the process is told to take away from new files was there before.
    if (mode !== undefined) fchmodSync(descriptor, mode);
  } finally {
    closeSync(descriptor);
  }
}

export interface NewFile {
  readonly path: string;
  readonly contents: string | Uint8Array;
  /** Holds a private key: only its owner may read it (mode 0600; Windows keeps the rights of the folder). */
  readonly isSecret: boolean;
}

/** Throws a RefusedError where one of these is there already, and what `placeOf` throws. To be called before a password is asked for. */
export function refuseExisting(paths: readonly string[]) {
  const inTheWay = paths.filter(isThere);
  if (inTheWay.length > 0) throw thereAlready(inTheWay);
  for (const path of paths) placeOf(path);
}

/**
 * Writes files that are not there yet, and does what belongs to it: all or none. Throws what `refuseExisting` throws, and a UsageError
 * where the system refuses.
 */
export function writeNewFiles<Result>(files: readonly NewFile[], andThen: () => Result): Result {
  refuseExisting(files.map(({ path }) => path));
  for (const { path } of files) makeFolderOf(path);
  const made: string[] = [];
  try {
    for (const { path, contents, isSecret } of files) {
      // Straight to its place, and not by way of a temporary file: a key lies on the disk once. `wx` never writes over a file.
      const descriptor = openSync(path, 'wx', isSecret ? 0o600 : 0o644);
      made.push(path);
      writeInto(descriptor, contents);
    }
    return andThen();
  } catch (error) {
    for (const path of made) rmSync(path, { force: true });
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') throw thereAlready([files[made.length]?.path ?? '']);
    throw new UsageError(`Nothing was written: ${message}`, { cause: error });
  }
}

function makeFolderOf(path: string) {
  try {
    makeFolder(dirname(path));
  } catch (error) {
    const { message } = error as Error;
    throw new UsageError(`The folder ${dirname(path)} cannot be made: ${message}. Nothing was written.`, { cause: error });
  }
}

function thereAlready(paths: readonly string[]): RefusedError {
  return new RefusedError(
    `${paths.join(' and ')} ${paths.length === 1 ? 'is' : 'are'} there already. Nothing was written: a key is never written over. Choose another name with --out.`,
  );
}
