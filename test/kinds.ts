import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const withSlashes = (path: string) => path.replaceAll('\\', '/');
const textOf = (file: string) => readFileSync(join(root, file), 'utf8');

/** What starts servers or processes. */
const starter = /from '(?:node:child_process|node:https?|(?:\.\.?\/)+src\/emulator\/(?:index|start)\.ts)'/;
/** What would change modules under the other files of a worker. */
const replacing = /\bvi\.(?:mock|doMock|resetModules)\(/;

/** The files of `npm test` that start servers or processes, themselves or by what they import from test/; and those that replace modules. */
export function unlikeOthers(): { readonly starting: string[]; readonly replacing: string[] } {
  const known = new Map<string, boolean>();
  const starts = (file: string): boolean => {
    const before = known.get(file);
    if (before !== undefined) return before;
    known.set(file, false);
    const text = textOf(file);
    const imported = [...text.matchAll(/from '(\.[^']+\.ts)'/g)].map(([, path = '']) => withSlashes(join(dirname(file), path)));
    const found = starter.test(text) || imported.some((path) => path.startsWith('test/') && starts(path));
    known.set(file, found);
    return found;
  };
  const files = globSync('test/**/*.test.ts', { cwd: root, exclude: ['test/full/**'] }).map(withSlashes);
  const isReplacing = (file: string) => replacing.test(textOf(file));
  return { replacing: files.filter(isReplacing), starting: files.filter((file) => !isReplacing(file) && starts(file)) };
}
