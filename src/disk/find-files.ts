import { type Dirent, readdirSync, realpathSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import ignore, { type Ignore } from 'ignore';
import { UnreadableError } from '../diagnostics/errors.ts';
import { decodeText } from '../document/decode.ts';
import { trackedFiles } from './git.ts';
import { isForEverybody, isThere, kindOf, ownKindOf } from './kind.ts';
import { isWithin, readFound, unreadable } from './read.ts';

/** Hears of what is not looked at though it might have been meant: its path, and why. */
export type PassedOver = (path: string, reason: string) => void;

interface Rules {
  /** The folder of the .gitignore, absolute. */
  readonly folder: string;
  readonly ignore: Ignore;
}

const neverEntered = new Set(['node_modules', '.git']);

/**
 * Paths in a folder and those below it that are no folders, relative, with `/`, sorted. Passes over node_modules, .git, links to what
 * lies in the folder, and what .gitignore names (there and in the folders above up to the repository's root) and git does not keep. A folder that is itself
 * ignored was asked for by name: then only rules inside it count. What is no file, or a link to outside, is among them: who reads it is told.
 * Throws an UnreadableError for a folder that cannot be read.
 */
export function findFiles(folder: string, onPassedOver: PassedOver): string[] {
  const start = resolve(folder);
  const inside = (path: string) => slashes(relative(start, path));
  const passOver: PassedOver = (path, reason) => onPassedOver(inside(path), reason);
  const above = rulesAbove(start, passOver);
  const found: string[] = [];
  let hasIgnored = false;
  const isPassedOver = (path: string, rules: readonly Rules[]) => {
    const ignored = isIgnored(path, rules);
    hasIgnored ||= ignored;
    return ignored;
  };
  const enter = (here: string, outer: readonly Rules[]) => {
    const rules = [...outer, ...rulesIn(here, start, passOver)];
    for (const entry of here === start ? entriesOf(here) : entriesIn(here, passOver)) {
      const path = join(here, entry.name);
      if (entry.isDirectory()) {
        if (!neverEntered.has(entry.name) && !isPassedOver(`${path}${sep}`, rules)) enter(path, rules);
      } else if (!isPassedOver(path, rules) && !(entry.isSymbolicLink() && leadsWithin(start, path))) {
        if (entry.isSymbolicLink() && kindOf(path) === 'folder') passOver(path, 'it is a link to a folder outside');
        else found.push(inside(path));
      }
    }
  };
  enter(start, isIgnored(`${start}${sep}`, above) ? [] : above);
  const more = hasIgnored ? trackedBesides(start, found) : [];
  return more.length === 0 ? found : [...found, ...more].sort();
}

/** Files that git keeps in spite of .gitignore: somebody said so by name. */
function trackedBesides(start: string, found: readonly string[]): string[] {
  if (repositoryOf(start) === undefined) return [];
  const known = new Set(found);
  return (trackedFiles(start) ?? []).filter(
    (path) =>
      !known.has(path) && !path.split('/').some((part) => neverEntered.has(part)) && ownKindOf(join(start, path)) === 'file',
  );
}

/**
 * Whether git passes over a file that may not be there yet, by the .gitignore of `folder`, which it is somewhere in, and those above it up to
 * the repository's root.
 */
export function isIgnoredByGit(file: string, folder: string): boolean {
  const here = resolve(folder);
  return isIgnored(resolve(file), [...rulesAbove(here, refuse), ...rulesIn(here, here, refuse)]);
}

/** The root of the repository that a path lies in, undefined where it lies in none. */
export function repositoryOf(path: string): string | undefined {
  return [...foldersAround(path)].find((folder) => isThere(join(folder, '.git')));
}

/** A path and the folders that it lies in, the innermost first; not those for everybody, and what is above them. */
export function* foldersAround(path: string): Generator<string> {
  let here = resolve(path);
  yield here;
  for (let above = dirname(here); above !== here && !isForEverybody(above); above = dirname(here)) {
    here = above;
    yield here;
  }
}

function refuse(path: string, reason: string): never {
  throw new UnreadableError(path, reason);
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    throw unreadable(folder, error);
  }
}

/** Of a folder that was found: one that cannot be read does not stand in the way of the others. */
function entriesIn(folder: string, onPassedOver: PassedOver): Dirent[] {
  try {
    return entriesOf(folder);
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error;
    onPassedOver(folder, error.reason);
    return [];
  }
}

/** Whether a link leads to what lies in the folder: that is found by itself. */
function leadsWithin(folder: string, link: string): boolean {
  try {
    return isWithin(realpathSync.native(folder), realpathSync.native(link));
  } catch {
    return false;
  }
}

/** The .gitignore files of the folders above, the outermost first; none outside a repository. */
function rulesAbove(start: string, onPassedOver: PassedOver): Rules[] {
  const root = repositoryOf(start);
  if (root === undefined || root === start) return [];
  const found: Rules[] = [];
  for (let here = dirname(start); ; here = dirname(here)) {
    found.unshift(...rulesIn(here, root, onPassedOver));
    if (here === root) return found;
  }
}

/** A list of names. More is another kind of file. */
const mostOfRules = 1e6;

/** The rules of a folder's .gitignore, none where there is none that can be read; `within` is the folder that it may lead into. */
function rulesIn(folder: string, within: string, onPassedOver: PassedOver): Rules[] {
  const file = join(folder, '.gitignore');
  try {
    const bytes = readFound(within, relative(within, file), { most: mostOfRules });
    return bytes ? [{ folder, ignore: ignore().add(decodeText(bytes)) }] : [];
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error;
    onPassedOver(file, error.reason);
    return [];
  }
}

/** The innermost file that says something decides. A path that ends in a separator is a folder. */
function isIgnored(path: string, rules: readonly Rules[]): boolean {
  for (const { folder, ignore } of rules.toReversed()) {
    const end = path.endsWith(sep) ? '/' : '';
    const { ignored, unignored } = ignore.test(slashes(relative(folder, path)) + end);
    if (ignored || unignored) return ignored;
  }
  return false;
}

function slashes(path: string): string {
  return path.split(sep).join('/');
}
