import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { rules } from '../src/check/rules/index.ts';
import { functions } from '../src/expression/functions.ts';
import { packageRules } from '../src/formats/reading/package-rules.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const list = (...patterns: string[]) =>
  globSync(patterns, { cwd: root, exclude: ['src/generated/**', 'test/fixtures/**', 'test/golden/**'] }).map((path) =>
    path.replaceAll('\\', '/'),
  );

const pages = list('README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'docs/**/*.md');
const code = list('{src,test,scripts,bench}/**/*.{ts,mjs}', 'templates/**/*.hbs', 'schemas/*.json', '.ci/*', 'action.yml');

/** A file of this repository, unless the name of another one stands before it; in a page, the section too. */
const reference =
  /(?<![\w./@}-])(?<!(?<![\w./-])(?!(?:src|docs|test|templates|schemas|scripts|examples|bench)\/)[\w.-]+\/[\w.-]+[,:]? `?)(?<file>(?:src|docs|test|templates|schemas|scripts|examples|bench)\/[\w./-]*\w\.(?:ts|mjs|md|json|ya?ml|hbs|txt))(?:#(?<section>[\w-]+))?/g;
/** What only the folder beside the repository has, named as if it were here. */
const elsewhere =
  /(?<!docs\/|certificate\/|\.\/|\]\()\bfacts\/[\w-]+\.md|(?<![\w./}-])(?:reference|corpus)\/[\w-]+[./]|\bdesign\.md\b/g;

function sections(path: string): string[] {
  return [...read(path).matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replaceAll(/[^\w\s-]/g, '')
      .replaceAll(' ', '-'),
  );
}

function idleReferences(text: string): string[] {
  const lost = [...text.matchAll(reference)].filter(({ groups }) => {
    const { file = '', section } = groups ?? {};
    if (!existsSync(join(root, file))) return true;
    return section !== undefined && file.endsWith('.md') && !sections(file).includes(section);
  });
  return [...lost, ...text.matchAll(elsewhere)].map(([found]) => found);
}

test.each([
  ['docs/facts/definitions.md#limits', []],
  ['docs/facts/definitions.md#no-such-section', ['docs/facts/definitions.md#no-such-section']],
  ['docs/facts/gone.md', ['docs/facts/gone.md']],
  ['facts/field.md A.2', ['facts/field.md']],
  ['see reference/openapi/README.md', ['reference/openapi/']],
  ['../shared/reference/openapi/README.md', []],
  ['docs/facts/key-vault.md, docs/facts/gone.md', ['docs/facts/gone.md']],
  ['Azure/logicapps-migration-agent, `src/workflowSchema/validation.ts`', []],
  ['`src/workflowSchema/validation.ts`', ['src/workflowSchema/validation.ts']],
])('%j: a reference is followed', (text, lost) => {
  expect(idleReferences(text)).toEqual(lost);
});

test('a reference leads to a file and a section that are there', () => {
  const here = 'test/references.test.ts';
  expect([...pages, ...code].length).toBeGreaterThan(600);
  const lost = [...pages, ...code]
    .filter((path) => path !== here)
    .flatMap((path) => idleReferences(meant(path)).map((found) => `${path}: ${found}`));
  expect(lost).toEqual([]);
});

/** The text of a file; of a test, whose data name files of their own, the comments and what names docs/. */
function meant(path: string): string {
  if (!/^test\/.*\.ts$/.test(path)) return read(path);
  const told = read(path)
    .split('\n')
    .filter((line) => /^\s*(?:\/?\*|\/\/)|\s\/\/ |docs\//.test(line));
  return told.join('\n');
}

test('what users see leads to nothing that only this repository, or the folder beside it, has', () => {
  const shown = pages.filter((path) => !/^docs\/(?:facts\/|architecture\.md)|^CONTRIBUTING/.test(path));
  const templates = code.filter((path) => /^(?:templates|schemas)\//.test(path));
  const inCode = code.filter((path) => path.startsWith('src/'));
  const found = [
    ...[...shown, ...templates].flatMap((path) => lines(path, /\bcorpus\b|docs\/facts|\.\.\/shared/i)),
    // A comment may name a section of docs/facts; a text of the program may not.
    ...inCode.flatMap((path) => lines(path, /\bcorpus\b|\.\.\/shared|^(?!\s*(?:\/?\*|\/\/)).*(?<!\/\/.*)docs\/facts/i)),
  ];
  expect(found).toEqual([]);
});

function lines(path: string, pattern: RegExp): string[] {
  return read(path)
    .split('\n')
    .flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1}: ${line.trim().slice(0, 100)}`] : []));
}

test.each([...rules, ...packageRules].map(({ name }) => name))('the page of %s names a public source', (name) => {
  const evidence = read(`docs/rules/${name}.md`).match(/^Evidence: [\s\S]+$/m)?.[0] ?? '';
  const links = [...evidence.matchAll(/\]\((https:\/\/[^)\s]+)\)/g)].map(([, link]) => link as string);
  expect(links).not.toEqual([]);
  expect(links.filter((link) => !isPublic(link))).toEqual([]);
});

/** A public repository, or a thread or file of one; a page of a vendor or an author, and not its front page. */
function isPublic(link: string): boolean {
  const { hostname, pathname } = new URL(link);
  if (hostname === 'github.com') return /^\/[\w.-]+\/[\w.-]+(?:\/(?:issues|pull|blob|tree)\/.+)?$/.test(pathname);
  return ['learn.microsoft.com', 'azure.github.io', 'laurakokkarinen.com'].includes(hostname) && pathname.split('/').length > 2;
}

test('docs/facts/functions.md says of every function where it was read, and of no other', () => {
  const [bySource = '', byName = ''] = read('docs/facts/functions.md').split('\n| name | where it was read |');
  const column = (table: string, index: number) =>
    table.split('\n').flatMap((line) => [...(line.split('|')[index] ?? '').matchAll(/`(\w+)`/g)].map(([, name]) => name));
  const told = [...column(bySource, 2), ...column(byName.split('\n\n')[0] ?? '', 1)];
  expect(told.sort()).toEqual(functions.map(({ name }) => name).sort());
});
