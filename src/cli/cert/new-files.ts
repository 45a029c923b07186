import { basename, dirname, extname, join } from 'node:path';
import { kindOf } from '../../disk/kind.ts';
import { readNamed } from '../../disk/read.ts';
import { type NewFile, writeNewFiles } from '../../disk/write.ts';
import { keepOutOfGit } from '../keys-out-of-git.ts';

/** Writes files that are not there yet, and keeps keys out of git: all or none. Gives the paths of the .gitignore files that this took. */
export function writeCertificateFiles(files: readonly NewFile[]): string[] {
  const foldersOfKeys = new Set(files.filter(({ isSecret }) => isSecret).map(({ path }) => dirname(path)));
  return writeNewFiles(files, () => [...foldersOfKeys].flatMap((folder) => keepOutOfGit(folder) ?? []));
}

/** Certificate files take some kilobytes. */
export const mostOfCertificates = 1e6;

/** Reads a file that somebody named, of a size that certificates have. Throws an UnreadableError. */
export function readSmallFile(path: string): Buffer {
  return readNamed(path, { most: mostOfCertificates });
}

/** What `--out` means: a folder (there already, or with a slash at its end), in which files get the given name; or a path without extension. */
export function basePath(out: string, name: string): string {
  if (/[/\\]$/.test(out) || kindOf(out) === 'folder') return join(out, name);
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
