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

/** The commands that `certflow --help` lists: after the work, one or several in a line. */
async function allCommands(): Promise<string[]> {
  const { stdout } = await certflow('--help');
  return [...stdout.matchAll(/^(?:\w+)? {2,}([a-z]+(?:, [a-z]+)*) {2,}\S/gm)].flatMap(([, names = '']) => names.split(', '));
}

/** The commands below one that its help lists. */
async function commandsBelow(command: string): Promise<string[]> {
  const { stdout } = await certflow(command, '--help');
  const list = /^Commands:\n(?: .*\n)+/m.exec(stdout)?.[0] ?? '';
  return [...list.matchAll(/^ {2}([a-z]+)/gm)].map(([, name = '']) => name).filter((name) => name !== 'help');
}

test('every command has a page, and the README leads to it', async () => {
  const commands = await allCommands();
  const modules = globSync('*.ts', { cwd: join(root, 'src/cli/commands') }).map((file) => file.replace('.ts', ''));
  expect(commands.toSorted()).toEqual([...modules, 'complete'].sort());
  for (const command of commands) expectPage(`docs/commands/${command}.md`);
});

test('every command shows examples in its help, and has --json', async () => {
  // The one that commander's completion brings takes no --json: what it prints goes into a shell. Two speak JSON alone.
  const names = (await allCommands()).filter((name) => !['complete', 'lsp', 'mcp'].includes(name));
  const commands = await Promise.all(
    names.map(async (name) => {
      const inner = await commandsBelow(name);
      return inner.length > 0 ? inner.map((each) => [name, each]) : [[name]];
    }),
  );
  for (const command of commands.flat()) {
    const { code, stdout } = await certflow(...command, '--help');
    expect([command, code, stdout]).toEqual([command, 0, expect.stringContaining('Examples:\n  certflow')]);
    expect([command, stdout]).toEqual([command, expect.stringMatching(/^ +--json /m)]);
  }
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

test('docs/architecture.md has a row for each room', () => {
  const rows = [...read('docs/architecture.md').matchAll(/^\| `([\w.-]+)\/?` \|.+\|.+\|$/gm)].map(([, room]) => room);
  expect(rows.sort()).toEqual(globSync('*', { cwd: join(root, 'src') }).sort());
});

test('CONTRIBUTING and docs/architecture.md name places and scripts that there are', () => {
  const { scripts } = JSON.parse(read('package.json'));
  for (const page of ['CONTRIBUTING.md', 'docs/architecture.md']) {
    const text = read(page);
    const places = [
      ...text.matchAll(/(?<![\w./])((?:src|test|docs|schemas|templates|examples|scripts)\/[\w./-]*[\w/])(?![\w./-]*[<…])/g),
    ].map(([, place = '']) => place);
    expect(places.length, page).toBeGreaterThan(3);
    expect([page, places.filter((place) => !existsSync(join(root, place)))]).toEqual([page, []]);
    const run = [...text.matchAll(/npm run ([\w:]+)/g)].map(([, name = '']) => name);
    expect([page, run.filter((name) => !(name in scripts))]).toEqual([page, []]);
  }
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

test('the README has lines under 120 characters, but for what is generated', () => {
  const lines = read('README.md')
    .replaceAll(/^<!-- begin definition [\s\S]*?<!-- end -->$/gm, '')
    .split('\n');
  expect(lines.filter((line) => line.length >= 120)).toEqual([]);
});

test('the README leads from its table of steps to the article', () => {
  const [, steps = ''] = read('README.md').split(/^## /m);
  expect(steps).toContain('](docs/from-the-article.md)');
});
