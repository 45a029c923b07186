import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { documents, filled } from '../scripts/docs.ts';
import { formatNames } from '../src/index.ts';
import { certflow } from './cli/run.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string) => readFileSync(join(root, path), 'utf8');

test.each(documents)('%s says what the code does (npm run docs)', async (path) => {
  expect(await filled(path)).toBe(read(path));
});

function expectPage(path: string) {
  expect.soft(documents.includes(path), `the page ${path} is missing`).toBe(true);
  expect.soft(read('README.md').includes(path), `README.md does not lead to ${path}`).toBe(true);
}

test('every command has a page, and the README leads to it', async () => {
  const { stdout } = await certflow('--help');
  const commands = [...stdout.slice(stdout.indexOf('Commands:')).matchAll(/^ {2}([a-z]+)/gm)]
    .map(([, name]) => name as string)
    .filter((name) => name !== 'help');
  expect(commands.length).toBeGreaterThan(3);
  for (const command of commands) expectPage(`docs/commands/${command}.md`);
});

test('every format has a page, and the README leads to it', () => {
  for (const format of formatNames) expectPage(`docs/formats/${format}.md`);
});

test('every key of certflow.yaml is told of', () => {
  const keys = new Set<string>();
  const collect = (value: unknown) => {
    if (typeof value !== 'object' || value === null) return;
    for (const [name, member] of Object.entries(value)) {
      if (name === 'properties') for (const key of Object.keys(member)) keys.add(key);
      collect(member);
    }
  };
  collect(JSON.parse(read('schemas/certflow.schema.json')));
  keys.delete('$schema');
  const page = read('docs/certflow-yaml.md');
  expect([...keys].filter((key) => !page.includes(`\`${key}\``) && !page.includes(`{ ${key}:`))).toEqual([]);
});

test('links lead somewhere', () => {
  for (const path of [...documents, 'CONTRIBUTING.md', 'CHANGELOG.md']) {
    const links = [...read(path).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, link]) => link as string);
    for (const link of links) expect([path, link, existsSync(join(root, path, '..', link))]).toEqual([path, link, true]);
  }
});

test('CONTRIBUTING names the rooms that there are, and places that there are', () => {
  const text = read('CONTRIBUTING.md');
  const rooms = globSync('*', { cwd: join(root, 'src') }).filter((name) => name !== 'index.ts');
  expect(rooms.filter((room) => !text.includes(`\`${room}/\``) && !text.includes(`\`${room}\``))).toEqual([]);
  const places = [...text.matchAll(/`((?:src|test|docs|schemas|templates|examples|scripts)\/[^`<…]*)`/g)].map(
    ([, place]) => place as string,
  );
  expect(places.filter((place) => !existsSync(join(root, place)))).toEqual([]);
});

test('in templates every value passes a named helper', () => {
  for (const path of globSync('templates/**/*.hbs', { cwd: root })) {
    expect([
      path,
      ...(read(path).match(
        /(?<!\\)\{\{\{|(?<!\\)\{\{(?!else\}|#(?:if|each|unless) |\/(?:if|each|unless)\}|!|[a-z]+ )[^}]*\}\}/g,
      ) ?? []),
    ]).toEqual([path]);
  }
});
