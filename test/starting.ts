import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const withSlashes = (path: string) => path.replaceAll('\\', '/');

/** What starts servers or processes. */
const starter = /from '(?:node:child_process|node:https?|(?:\.\.?\/)+src\/emulator\/(?:index|start)\.ts)'/;

/** The files of `npm test` that start servers or processes, themselves or by what they import from test/. */
export function startingFiles(): string[] {
  const known = new Map<string, boolean>();
  const starts = (file: string): boolean => {
    const before = known.get(file);
    if (before !== undefined) return before;
    known.set(file, false);
    const text = readFileSync(join(root, file), 'utf8');
    const imported = [...text.matchAll(/from '(\.[^']+\.ts)'/g)].map(([, path = '']) => withSlashes(join(dirname(file), path)));
    const found = starter.test(text) || imported.some((path) => path.startsWith('test/') && starts(path));
    known.set(file, found);
    return found;
  };
  return globSync('test/**/*.test.ts', { cwd: root, exclude: ['test/full/**'] })
    .map(withSlashes)
    .filter(starts);
}
