import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const source = fileURLToPath(new URL('../src', import.meta.url));

/** Which rooms (folders of src/, or a file there) each room may import from, besides itself. Everything sees cloud and diagnostics. */
const arrows: Readonly<Record<string, readonly string[]>> = {
  index: [
    'setup',
    'deploy',
    'azure',
    'snippet',
    'explain',
    'generate',
    'convert',
    'fix-document',
    'check-document',
    'check-file',
    'open',
    'open-bytes',
    'load-spec',
    'check',
    'formats',
    'spec',
    'expression',
    'definition',
    'document',
    'certificate',
  ],
  // No more than what is pure: below.
  browser: [
    'snippet',
    'explain',
    'generate',
    'convert',
    'fix-document',
    'check-document',
    'open-bytes',
    'check',
    'formats',
    'spec',
    'expression',
    'definition',
    'document',
    'certificate',
  ],
  cli: [
    'setup',
    'deploy',
    'snippet',
    'make',
    'all-rules',
    'explain',
    'check-document',
    'open',
    'load-spec',
    'disk',
    'check',
    'formats',
    'infrastructure',
    'spec',
    'document',
    'text',
    'generated',
    'azure',
    'certificate',
    'emulator',
    'fix-document',
    'settings',
  ],
  setup: ['deploy', 'spec', 'template-language', 'text', 'generated', 'azure', 'certificate'],
  deploy: ['make', 'azure', 'formats', 'infrastructure', 'workflow', 'spec', 'definition', 'text', 'generated'],
  generate: ['make', 'formats', 'spec'],
  make: ['check', 'formats', 'workflow', 'spec'],
  convert: ['formats'],
  'all-rules': ['check', 'formats'],
  explain: ['all-rules', 'generated'],
  'fix-document': ['check-document', 'formats', 'document'],
  'check-file': ['open', 'check-document', 'formats'],
  'check-document': ['check', 'formats', 'document'],
  open: ['open-bytes', 'disk', 'formats'],
  'open-bytes': ['formats', 'document'],
  'load-spec': ['spec'],
  disk: ['document'],
  settings: ['spec', 'document', 'generated'],
  snippet: ['spec', 'text', 'generated'],
  check: ['document', 'definition', 'expression', 'generated'],
  formats: [
    'infrastructure',
    'workflow',
    'spec',
    'document',
    'definition',
    'template-language',
    'expression',
    'text',
    'generated',
  ],
  infrastructure: ['workflow', 'spec', 'definition'],
  workflow: ['spec', 'definition', 'expression'],
  spec: ['document', 'generated'],
  document: [],
  definition: [],
  expression: [],
  text: [],
  azure: [],
  // Templates and expressions: it deploys and runs what Azure would.
  emulator: ['certificate', 'document', 'definition', 'template-language', 'expression'],
  'template-language': ['definition', 'expression'],
  certificate: [],
  cloud: [],
  diagnostics: [],
  // Made by scripts/compile.ts; it names the types of the rooms that its modules are made for.
  generated: ['document', 'text'],
};

/** Rooms that run in a browser as in Node: what they are given is all that they have. */
const pure: readonly string[] = [
  'browser',
  'make',
  'generate',
  'convert',
  'fix-document',
  'check-document',
  'open-bytes',
  'explain',
  'all-rules',
  'settings',
  'snippet',
  'check',
  'formats',
  'infrastructure',
  'workflow',
  'spec',
  'document',
  'definition',
  'template-language',
  'expression',
  'text',
  'certificate',
  'generated',
  'cloud',
  'diagnostics',
];

/** The build for browsers puts another file in its place: scripts/build.ts. */
const platformOfNode = 'certificate/platform/node.ts';

const files = globSync('**/*.ts', { cwd: source }).map((file) => file.replaceAll('\\', '/'));
const roomOf = (file: string) => (file.includes('/') ? file.slice(0, file.indexOf('/')) : file.replace(/\.ts$/, ''));

/** The files of src/ that a file imports, and whether only for their types. */
function importsOf(file: string): { target: string; typeOnly: boolean }[] {
  const text = readFileSync(join(source, file), 'utf8');
  const found = [...text.matchAll(/(?:^|\n)\s*(?:import|export)\s+(type\s)?[^;'"]*?from\s*'(\.[^']+)'|import\('(\.[^']+)'\)/g)];
  return found
    .map(([, type, from, dynamic]) => ({
      target: normalize(join(dirname(file), (from ?? dynamic) as string)).replaceAll('\\', '/'),
      typeOnly: type !== undefined,
    }))
    .filter(({ target }) => !target.startsWith('..'));
}

test('every room is listed', () => {
  expect([...new Set(files.map(roomOf))].filter((room) => !(room in arrows))).toEqual([]);
});

test('a room imports only from the rooms that it may see', () => {
  const wrong = files.flatMap((file) => {
    const room = roomOf(file);
    const seen = [room, ...(arrows[room] ?? []), 'cloud', 'diagnostics'];
    return importsOf(file).flatMap(({ target }) => (seen.includes(roomOf(target)) ? [] : [`${file} imports ${target}`]));
  });
  expect(wrong).toEqual([]);
});

test('what is pure has nothing of Node, and sees only what is pure', () => {
  const ofNode = /'node:[\w/]+'|\bBuffer\b|\bNodeJS\b|\bprocess\.\w|\b__dirname\b|\brequire\(/;
  const wrong = files
    .filter((file) => pure.includes(roomOf(file)) && file !== platformOfNode)
    .filter((file) => ofNode.test(withoutComments(readFileSync(join(source, file), 'utf8'))));
  expect(wrong).toEqual([]);
  const seen = pure.flatMap((room) => (arrows[room] ?? []).map((other) => ({ room, other })));
  expect(seen.filter(({ other }) => !pure.includes(other))).toEqual([]);
});

/** Only whole lines: a string may hold what looks like the beginning of a comment. */
function withoutComments(text: string): string {
  return text.replaceAll(/^\s*(?:\/\*\*|\*|\/\/).*$/gm, '');
}

test('no file imports itself on a detour', () => {
  const imports = new Map(
    files.map((file) => [file, importsOf(file).flatMap(({ target, typeOnly }) => (typeOnly ? [] : [target]))]),
  );
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (file: string, path: readonly string[]) => {
    if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(' > '));
    if (done.has(file) || path.includes(file)) return;
    for (const next of imports.get(file) ?? []) visit(next, [...path, file]);
    done.add(file);
  };
  for (const file of files) visit(file, []);
  expect(circles).toEqual([]);
});

test('deploying takes the model: it reads no generated text, and makes no files of a format', () => {
  const wrong = files
    .filter((file) => roomOf(file) === 'deploy')
    .filter((file) =>
      /JSON\.parse|\b(?:generate|exportPackage|makeFiles|makePackage|bicepFiles)\(/.test(
        readFileSync(join(source, file), 'utf8'),
      ),
    );
  expect(wrong).toEqual([]);
});

test('what each file imports is found at all', () => {
  expect(importsOf('index.ts').map(({ target }) => target)).toContain('generate.ts');
  expect(importsOf('cli/main.ts').map(({ target }) => target)).toContain('cli/commands/generate.ts');
});
