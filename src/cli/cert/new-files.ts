import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { RefusedError, UsageError } from '../../diagnostics/errors.ts';
import { keepOutOfGit } from '../keys-out-of-git.ts';

export interface NewFile {
  readonly path: string;
  readonly contents: string | Uint8Array;
  /** Holds a private key: only its owner may read it (mode 0600; Windows keeps the rights of the folder). */
  readonly isSecret: boolean;
}

/** Certificate files take some kilobytes. */
const maximumBytes = 1_048_576;

/** Throws a RefusedError where one of these is there already. To be called before anybody is asked for a password. */
export function refuseExisting(paths: readonly string[]) {
  const inTheWay = paths.filter((path) => existsSync(path));
  if (inTheWay.length > 0) throw thereAlready(inTheWay);
}

/**
 * Writes files that are not there yet: all or none. A RefusedError names those that are in the way. Keys are kept out of git; gives the
 * paths of the .gitignore files that this took.
 */
export function writeNewFiles(files: readonly NewFile[]): string[] {
  refuseExisting(files.map(({ path }) => path));
  for (const { path } of files) makeFolder(dirname(path));
  const written: string[] = [];
  try {
    for (const { path, contents, isSecret } of files) {
      // Straight to its place, and not by way of a temporary file: a key lies on the disk once. `wx` never writes over a file.
      writeFileSync(path, contents, { flag: 'wx', mode: isSecret ? 0o600 : 0o644 });
      written.push(path);
    }
    const foldersOfKeys = new Set(files.filter(({ isSecret }) => isSecret).map(({ path }) => dirname(path)));
    return [...foldersOfKeys].flatMap((folder) => keepOutOfGit(folder) ?? []);
  } catch (error) {
    for (const path of written) rmSync(path, { force: true });
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') throw thereAlready([files[written.length]?.path ?? '']);
    throw new UsageError(`Nothing was written: ${message}`, { cause: error });
  }
}

function makeFolder(path: string) {
  try {
    mkdirSync(path, { recursive: true });
  } catch (error) {
    throw new UsageError(`The folder ${path} cannot be made: ${(error as Error).message}. Nothing was written.`, {
      cause: error,
    });
  }
}

function thereAlready(paths: readonly string[]): RefusedError {
  return new RefusedError(
    `${paths.join(' and ')} ${paths.length === 1 ? 'is' : 'are'} there already. Nothing was written: a key is never written over. Choose another name with --out.`,
  );
}

/** Reads a whole file of a size that certificates have. */
export function readSmallFile(path: string): Buffer {
  try {
    if (statSync(path).size > maximumBytes) throw new Error('it is larger than any certificate file');
    return readFileSync(path);
  } catch (error) {
    throw new UsageError(`${path} cannot be read: ${(error as Error).message}`, { cause: error });
  }
}

/** What `--out` means: a folder (there already, or with a slash at its end), in which files get the given name; or a path without extension. */
export function basePath(out: string, name: string): string {
  if (/[/\\]$/.test(out) || (existsSync(out) && statSync(out).isDirectory())) return join(out, name);
  return /^\.(pfx|p12|cer|crt|pem|csr|key)$/i.test(extname(out)) ? join(dirname(out), basename(out, extname(out))) : out;
}

/** A file's name from a subject: its common name, or all of it, in characters that every file system takes. */
export function nameOf(subject: string): string {
  const [, commonName = subject] = /(?:^|,)\s*CN=("[^"]*"|(?:\\.|[^,])*)/i.exec(subject) ?? [];
  const name = commonName
    .replaceAll(/[^\p{L}\p{N}._-]+/gu, '-')
    .replaceAll(/^[-.]+|[-.]+$/g, '')
    .toLowerCase();
  return name === '' ? 'certificate' : name;
}
