import { basename, dirname, join } from 'node:path';
import { RefusedError, UsageError } from '../diagnostics/errors.ts';
import { placeOf } from '../disk/place.ts';
import { readFound } from '../disk/read.ts';
import { replaceFile } from '../disk/write.ts';
import { isZip } from '../document/unzip.ts';
import type { GeneratedFile } from '../formats/format.ts';
import { besideWhatIsThere } from '../formats/writing/beside-what-is-there.ts';

/** The record of what certflow wrote into a folder: path and SHA-256 of each file. */
const recordName = '.certflow-files.json';

export type FileStatus = 'created' | 'changed' | 'unchanged';

export interface FileResult {
  /** Path within the folder, with `/`. */
  readonly path: string;
  readonly status: FileStatus;
}

/**
 * Puts files into a folder, each whole, by rename; what is the same already is not touched. A file there that certflow did not
 * write, or that somebody changed since, is written over only with `force`; otherwise a RefusedError names all of them and
 * nothing is written. What others write into as well (`ifThere`) is kept or added to.
 */
export function writeFiles(
  folder: string,
  files: readonly GeneratedFile[],
  options: { force?: boolean; dryRun?: boolean } = {},
): FileResult[] {
  const record = readRecord(folder);
  const found = files.map((file) => {
    const path = join(folder, file.path);
    placeOf(path, folder);
    const before = readFound(folder, file.path);
    return { file: before ? besideWhatIsThere(file, before, path) : file, before };
  });
  const results = found.map(({ file, before }) => ({ path: file.path, status: statusOf(file, before) }));

  const foreign = found.filter(
    ({ file, before }, index) =>
      results[index]?.status === 'changed' && before && !file.ifThere && record[file.path] !== sha256(before),
  );
  if (foreign.length > 0 && !options.force) throw inTheWay(foreign.map(({ file }) => join(folder, file.path)));
  if (options.dryRun) return results;

  for (const [index, { file }] of found.entries()) {
    const isSame = results[index]?.status === 'unchanged';
    if (isSame && record[file.path] !== undefined) continue;
    if (!isSame) replaceFile(join(folder, file.path), file.contents, { folder });
    record[file.path] = sha256(file.contents);
  }
  const contents = `${JSON.stringify({ about: 'What certflow wrote here. It writes over these files and no others.', files: sorted(record) }, null, 2)}\n`;
  const recordFile: GeneratedFile = { path: recordName, contents };
  if (statusOf(recordFile, readFound(folder, recordName)) !== 'unchanged') replaceFile(join(folder, recordName), contents);
  return results;
}

/** Writes a zip whole, also over a zip that is there; a file that is none is another one's work, and a RefusedError says so. */
export function writeZip(path: string, contents: Uint8Array): FileStatus {
  placeOf(path);
  const before = readFound(dirname(path), basename(path));
  if (before && !isZip(before))
    throw new RefusedError(`${path} is there already, and is no zip. Nothing was written. Choose another name with --out.`);
  const status = statusOf({ path, contents }, before);
  if (status !== 'unchanged') replaceFile(path, contents);
  return status;
}

function inTheWay(paths: readonly string[]): RefusedError {
  const [one] = paths;
  const what =
    paths.length === 1
      ? `${one} was not written by certflow, or was changed since`
      : `${paths.length} files were not written by certflow, or were changed since:\n  ${paths.join('\n  ')}\n`;
  return new RefusedError(
    `${what}${paths.length === 1 ? '. ' : ''}Nothing was written. Move them away, choose another folder with --out, or write over them with --force.`,
  );
}

function readRecord(folder: string): Record<string, string> {
  const text = readFound(folder, recordName)?.toString('utf8');
  if (text === undefined) return {};
  try {
    const { files } = JSON.parse(text) as { files?: unknown };
    if (typeof files === 'object' && files !== null) return { ...files } as Record<string, string>;
  } catch {
    // Falls through to the error below, which says what to do.
  }
  throw new UsageError(
    `${join(folder, recordName)} is damaged. Remove it; then certflow asks for --force before it writes over the files beside it.`,
  );
}

function statusOf({ contents }: GeneratedFile, before: Buffer | undefined): FileStatus {
  if (before === undefined) return 'created';
  return before.equals(Buffer.from(contents)) ? 'unchanged' : 'changed';
}

function sha256(contents: string | Uint8Array): string {
  // Asked for when it is needed: a run that changes nothing does without, and Node takes long to start it.
  return process.getBuiltinModule('node:crypto').createHash('sha256').update(contents).digest('hex');
}

function sorted(record: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}
