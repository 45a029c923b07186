import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const here = fileURLToPath(new URL('.', import.meta.url));
const files = globSync('**/*.ts', { cwd: here }).map((path) => path.replaceAll('\\', '/'));

test('no test has a time limit of its own: a busy machine would break it', () => {
  const limit = /\}, [\d_]+\);$|\},\n\s*[\d_]{4,},\n\s*\);$|\b(?:t|testT)imeout: \d[\d_]*|AbortSignal\.timeout\(\d/gm;
  const found = files.flatMap((path) =>
    [...readFileSync(`${here}/${path}`, 'utf8').matchAll(limit)].map(([text]) => `${path}: ${text}`),
  );
  // What grows with the square of the size is to break this one; idle, each of these takes a tenth of it at most.
  expect(found.map((line) => line.replace(/:.*/, ''))).toEqual(['full/check.test.ts']);
});

test('modules are replaced only in long tests, which have a process each: all others share theirs', () => {
  const replacing = files.filter((path) => /\bvi\.(?:doMock|mock|stubGlobal)\(/.test(readFileSync(`${here}/${path}`, 'utf8')));
  expect(replacing.filter((path) => !path.startsWith('full/') && path !== 'tests.test.ts')).toEqual([]);
});
