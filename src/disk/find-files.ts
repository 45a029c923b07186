import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import ignore, { type Ignore } from 'ignore';
import { UsageError } from '../diagnostics/errors.ts';

interface Rules {
  /** The folder of the .gitignore, absolute. */
  readonly folder: string;
  readonly ignore: Ignore;
}

const neverEntered = new Set(['node_modules', '.git']);

/**
 * Paths of the files in a folder and those below it, relative, with `/`, sorted. Passes over node_modules, .git, symbolic links and
 * what .gitignore names, there and in the folders above up to the repository's root. A folder that is itself ignored was asked
 * for by name: then only rules inside it count. Throws a UsageError for a folder that cannot be read.
 */
export function findFiles(folder: string): string[] {
  const start = resolve(folder);
  const above = rulesAbove(start);
  const found: string[] = [];
  const enter = (here: string, outer: readonly Rules[]) => {
    const rules = existsSync(join(here, '.gitignore')) ? [...outer, rulesIn(here)] : outer;
    for (const entry of entriesOf(here)) {
      const path = join(here, entry.name);
      if (entry.isDirectory()) {
        if (!neverEntered.has(entry.name) && !isIgnored(`${path}${sep}`, rules)) enter(path, rules);
      } else if (entry.isFile() && !isIgnored(path, rules)) found.push(slashes(relative(start, path)));
    }
  };
  enter(start, isIgnored(`${start}${sep}`, above) ? [] : above);
  return found;
}

/** Whether git passes over a file that may not be there yet, by the .gitignore beside it and those above it up to the repository's root. */
export function isIgnoredByGit(file: string): boolean {
  const path = resolve(file);
  const here = dirname(path);
  const own = existsSync(join(here, '.gitignore')) ? [rulesIn(here)] : [];
  return isIgnored(path, [...rulesAbove(here), ...own]);
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    throw new UsageError(`${folder} cannot be read: ${(error as Error).message}`, { cause: error });
  }
}

/** The .gitignore files of the folders above, the outermost first; none outside a repository. */
function rulesAbove(start: string): Rules[] {
  if (existsSync(join(start, '.git'))) return [];
  const found: Rules[] = [];
  for (let here = dirname(start), below = start; here !== below; below = here, here = dirname(here)) {
    if (existsSync(join(here, '.gitignore'))) found.unshift(rulesIn(here));
    if (existsSync(join(here, '.git'))) return found;
  }
  return [];
}

function rulesIn(folder: string): Rules {
  return { folder, ignore: ignore().add(readFileSync(join(folder, '.gitignore'), 'utf8')) };
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
