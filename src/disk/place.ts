import { readlinkSync, realpathSync } from 'node:fs';
import { basename, dirname, join, parse, relative, resolve, sep } from 'node:path';
import { UsageError } from '../diagnostics/errors.ts';
import { nameProblem } from '../document/file-name.ts';
import { kindOf, ownKindOf } from './kind.ts';
import { isWithin } from './read.ts';

/**
 * Where a file is written that belongs into a folder: at its path, or where a link there leads to. Looks only, so that all files of a
 * command are looked at before the first is written. Throws a UsageError where something stands in the way: a folder that is a link, a
 * link to outside of the folder, what is no file, a name that Windows cannot have.
 */
export function placeOf(path: string, folder = dirname(path)): string {
  const refused = (why: string) => new UsageError(`${path} cannot be written: ${why}`);
  const parts = ownParts(path, folder);
  const problem = parts.map((part) => nameProblem(basename(part))).find((found) => found !== undefined);
  if (problem !== undefined) throw refused(`${problem}. Choose another name.`);
  const link = parts.slice(0, -1).find((part) => ownKindOf(part) === 'link');
  if (link !== undefined)
    throw refused(
      `the folder ${link} is a link to ${readlinkSync(link)}, and nothing is written through it. Name the folder itself.`,
    );
  const kind = ownKindOf(path);
  if (kind === undefined || kind === 'file') return path;
  if (kind !== 'link') throw refused(`there is a ${kind} of this name.`);
  const target = kindOf(path) === 'file' ? realpathSync.native(path) : undefined;
  if (target === undefined) throw refused('there is a link of this name that leads to no file.');
  if (!isWithin(realpathSync.native(folder), target))
    throw refused(`it is a link to ${target}, which is outside of the folder. Name that file itself.`);
  return target;
}

/**
 * The way to a file, from the first part that is not the system's or its owner's own: below the working directory all of it, elsewhere
 * from the folder on. What lies at the root of the file system is the system's: /tmp is a link on macOS.
 */
function ownParts(path: string, folder: string): string[] {
  const file = resolve(path);
  const root = isWithin(process.cwd(), file) ? process.cwd() : dirname(resolve(folder));
  const names = relative(root, file).split(sep);
  const parts = names.map((_, index) => join(root, ...names.slice(0, index + 1)));
  return parts.filter((part) => dirname(part) !== parse(part).root || part === file);
}
