import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const notCopied = ['.git', 'node_modules', 'dist', 'out'];
let copy = '';

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'certflow-new-'));
  cpSync(root, copy, { recursive: true, filter: (path) => !notCopied.includes(basename(path)) || path.includes('fixtures') });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction');
  // Biome asks git what is ignored.
  expect(spawnSync('git', ['init', '--quiet'], { cwd: copy }).status).toBe(0);
});

afterAll(() => rmSync(copy, { recursive: true, force: true }));

function node(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: copy,
    encoding: 'utf8',
    // What this test runs in is none of theirs.
    env: { ...process.env, VITEST: undefined, VITEST_MODE: undefined, NODE_ENV: undefined, UPDATE_GOLDEN: undefined },
  });
  return { status, said: `${stdout}${stderr}` };
}

const works = { status: 0, said: expect.any(String) };

test('what npm run new makes, one of each kind, passes what a change must pass', () => {
  for (const [kind, name] of [
    ['rule', 'some-rule'],
    ['format', 'some-format'],
    ['command', 'something'],
  ] as const) {
    const made = node('scripts/new.ts', kind, name);
    expect(made, made.said).toEqual(works);
  }
  const checks = [
    ['node_modules/typescript/bin/tsc', '--noEmit'],
    ['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings'],
    ['node_modules/knip/bin/knip.js'],
    [
      'node_modules/vitest/vitest.mjs',
      'run',
      ...[
        'check/rules',
        'check/by-case',
        'docs',
        'references',
        'architecture',
        'formats/golden',

        'cli/something',
      ].map((name) => `test/${name}.test.ts`),
    ],
  ];
  for (const check of checks) {
    const done = node(...check);
    expect(done, done.said).toEqual(works);
  }
});

test.each([
  [['thing', 'x'], 'there is no kind "thing": npm run new rule <name> [folder]'],
  [['rule'], '"" is no name'],
  [['rule', 'Some_rule'], '"Some_rule" is no name: write small letters'],
  [['rule', 'terminate'], 'there is a rule "terminate" already: src/check/rules/structure/terminate.ts'],
  [['rule', 'x', 'style'], 'src/check/rules has no folder "style": it has exposure, references'],
  [['format', 'arm'], 'src/formats/arm/write.ts, docs/formats/arm.md is there already'],
  [['command', 'two-words'], 'the command "two-words" is two words'],
])('npm run new %j says what is wrong, and writes nothing', (args, told) => {
  const { status, said } = node('scripts/new.ts', ...args);
  expect([status, said]).toEqual([2, expect.stringContaining(`error: ${told}`)]);
});
