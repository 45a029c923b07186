import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { expectGolden } from '../golden.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const built = (file: string) => readFileSync(join(root, 'dist', file), 'utf8');

test.each(['index', 'browser'])(
  'what %s exports is what it was (the long tests take what there is now with --mode golden)',
  (entry) => {
    // Paths are written alike on every platform.
    expectGolden(`test/api/${entry}.api.md`, built(`${entry}.api.md`).replaceAll('\r\n', '\n'));
  },
);

test.each(['index', 'browser'])('the types of %s are one file, which needs nothing but Node', (entry) => {
  const imported = [...built(`${entry}.d.ts`).matchAll(/(?:from |import\()['"]([^'"]+)['"]/g)].map(([, from]) => from);
  expect(imported.filter((from) => !from?.startsWith('node:'))).toEqual([]);
});
