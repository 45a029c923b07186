import { join } from 'node:path';
import { isIgnoredByGit } from '../disk/find-files.ts';
import { readFound } from '../disk/read.ts';
import { replaceFile } from '../disk/write.ts';
import type { Output } from './output.ts';

/** Names under which private keys lie. */
export const keyFiles: readonly string[] = ['*.pfx', '*.p12', '*.pem', '*.key'];

/** Those of the patterns that neither the .gitignore of a folder nor one above it names; in a folder that git ignores, none. */
export function notIgnored(folder: string, patterns: readonly string[]): string[] {
  return patterns.filter((pattern) => !isIgnoredByGit(join(folder, pattern.replace('*', 'any').replace(/\/$/, '/any')), folder));
}

/**
 * Sees to it that git leaves keys in a folder alone: what is not ignored there yet is added to its .gitignore. Also outside of a
 * repository, which may be made later. Gives the path of the .gitignore where it was written.
 */
export function keepOutOfGit(folder: string, patterns: readonly string[] = keyFiles): string | undefined {
  const missing = notIgnored(folder, patterns);
  if (missing.length === 0) return undefined;
  const path = join(folder, '.gitignore');
  const before = readFound(folder, '.gitignore')?.toString('latin1') ?? '';
  const end = before.includes('\r\n') ? '\r\n' : '\n';
  const start = before === '' || before.endsWith('\n') ? before : before + end;
  const added = ['# Private keys, added by certflow.', ...missing, ''].join(end);
  // Byte for byte what was there, in whatever encoding.
  replaceFile(path, Buffer.from(start + added, 'latin1'));
  return path;
}

/** Says so of each .gitignore that was written. */
export function tellOfGit(output: Output, ignoring: readonly string[]) {
  for (const path of ignoring) output.note(`${path} keeps private keys out of git.`);
}
