import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const source = fileURLToPath(new URL('../src', import.meta.url));

/** Which rooms (folders of src/, or a file there) each room may import from, besides itself. Everything sees cloud, diagnostics and json. */
const arrows: Readonly<Record<string, readonly string[]>> = {
  index: [
    'library',
    'adopt',
    'deploy',
    'setup',
    'proofs',
    'azure',
    'snippet',
    'check',
    'formats',
    'spec',
    'engine',
    'expression',
    'definition',
    'document',
    'certificate',
  ],
  // No more than what is pure: below.
  browser: [
    'library',
    'adopt',
    'snippet',
    'check',
    'formats',
    'spec',
    'engine',
    'expression',
    'definition',
    'document',
    'certificate',
  ],
  cli: [
    'next',
    'language-server',
    'mcp',
    'library',
    'adopt',
    'setup',
    'doctor',
    'deploy',
    'proofs',
    'snippet',
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
    'settings',
    'engine',
    'test-runner',
    'definition',
  ],
  // What an editor asks of texts: pure.
  editor: ['settings', 'test-runner', 'check', 'formats', 'spec', 'document', 'definition', 'expression'],
  'language-server': ['editor', 'library', 'document', 'generated'],
  mcp: ['library', 'test-runner', 'engine', 'disk', 'check', 'formats', 'spec', 'document'],
  library: [
    'adopt',
    'troubles',
    'picture',
    'setup',
    'deploy',
    'make',
    'azure',
    'disk',
    'check',
    'formats',
    'spec',
    'engine',
    'document',
    'definition',
    'certificate',
    'generated',
  ],
  adopt: ['check', 'formats', 'infrastructure', 'workflow', 'spec', 'document', 'definition', 'expression'],
  doctor: ['next', 'deploy', 'proofs', 'azure', 'certificate', 'definition'],
  setup: ['next', 'deploy', 'proofs', 'spec', 'template-language', 'text', 'generated', 'azure', 'certificate'],
  deploy: [
    'next',
    'troubles',
    'proofs',
    'make',
    'azure',
    'formats',
    'infrastructure',
    'workflow',
    'spec',
    'definition',
    'text',
    'generated',
  ],
  make: ['picture', 'check', 'formats', 'workflow', 'spec', 'document', 'definition', 'generated'],
  proofs: ['next', 'troubles', 'check', 'spec', 'definition', 'azure', 'certificate'],
  next: [],
  picture: ['definition'],
  disk: ['document'],
  'test-runner': ['engine', 'spec', 'document', 'definition', 'expression', 'generated'],
  engine: ['document', 'definition', 'expression'],
  settings: ['spec', 'document', 'generated'],
  snippet: ['spec', 'text', 'generated'],
  check: ['document', 'definition', 'expression', 'generated'],
  formats: [
    'next',
    'troubles',
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
  spec: ['next', 'document', 'definition', 'generated'],
  document: [],
  definition: ['generated'],
  expression: [],
  text: [],
  azure: ['troubles'],
  // Templates and expressions: it deploys and runs what Azure would.
  emulator: ['engine', 'certificate', 'disk', 'document', 'definition', 'template-language', 'expression'],
  'template-language': ['definition', 'expression'],
  certificate: [],
  cloud: [],
  troubles: [],
  diagnostics: [],
  json: [],
  // Made by scripts/compile.ts; it names the types of the rooms that its modules are made for.
  generated: ['document', 'text'],
};

const files = globSync('**/*.ts', { cwd: source }).map((file) => file.replaceAll('\\', '/'));
const roomOf = (file: string) => (file.includes('/') ? file.slice(0, file.indexOf('/')) : file.replace(/\.ts$/, ''));

/** The files of src/ that a file imports: whether only for their types, and whether only when it comes to them. */
function importsOf(file: string): { target: string; typeOnly: boolean; isLater: boolean }[] {
  const text = readFileSync(join(source, file), 'utf8');
  const found = [...text.matchAll(/(?:^|\n)\s*(?:import|export)\s+(type\s)?[^;'"]*?from\s*'(\.[^']+)'|import\('(\.[^']+)'\)/g)];
  return found
    .map(([, type, from, dynamic]) => ({
      target: normalize(join(dirname(file), (from ?? dynamic) as string)).replaceAll('\\', '/'),
      typeOnly: type !== undefined,
      isLater: dynamic !== undefined,
    }))
    .filter(({ target }) => !target.startsWith('..'));
}

test('every room is listed', () => {
  expect([...new Set(files.map(roomOf))].filter((room) => !(room in arrows))).toEqual([]);
});

test('a room imports only from the rooms that it may see', () => {
  const wrong = files.flatMap((file) => {
    const room = roomOf(file);
    const seen = [room, ...(arrows[room] ?? []), 'cloud', 'diagnostics', 'json'];
    return importsOf(file).flatMap(({ target }) => (seen.includes(roomOf(target)) ? [] : [`${file} imports ${target}`]));
  });
  expect(wrong).toEqual([]);
});

test('what the browser gets has nothing of Node', () => {
  const ofNode = /'node:[\w/]+'|\bBuffer\b|\bNodeJS\b|\bprocess\.\w|\b__dirname\b|\brequire\(/;
  // The bundle for browsers takes the other platform in its place.
  const reached = reachedFrom('browser.ts').map((file) => file.replace('platform/node.ts', 'platform/web.ts'));
  expect(reached).toContain('check/rules/index.ts');
  const wrong = reached.filter((file) => ofNode.test(withoutComments(readFileSync(join(source, file), 'utf8'))));
  expect(wrong).toEqual([]);
});

/** Rooms of which all runs in a browser as in Node: what they are given is all that they have. */
const pure: readonly string[] = [
  'editor',
  'make',
  'snippet',
  'check',
  'formats',
  'test-runner',
  'engine',
  'infrastructure',
  'workflow',
  'spec',
  'document',
  'definition',
  'template-language',
  'expression',
  'text',
  'cloud',
  'diagnostics',
  'json',
];

test('a pure room has nothing of Node', () => {
  const wrong = files.filter(
    (file) =>
      pure.includes(roomOf(file)) && /'node:[\w/]+'|\bBuffer\b/.test(withoutComments(readFileSync(join(source, file), 'utf8'))),
  );
  expect(wrong).toEqual([]);
});

/** The files whose code a file needs, itself included; with `atOnce` only those that are loaded with it. */
function reachedFrom(file: string, { atOnce = false } = {}): string[] {
  const found = new Set([file]);
  for (const one of found)
    for (const { target, typeOnly, isLater } of importsOf(one))
      if (!typeOnly && !(atOnce && isLater) && !target.startsWith('generated/')) found.add(target);
  return [...found];
}

test('a command loads a format when it is wanted, but for those that deploy', () => {
  const reached = new Map(
    files.filter((file) => file.startsWith('cli/commands/')).map((file) => [file, reachedFrom(file, { atOnce: true })] as const),
  );
  const writersIn = (found: readonly string[]) =>
    found.filter((file) => /^formats\/(?:[\w-]+\/write|writing\/writers)\.ts$/.test(file));
  const wrong = [...reached].filter(([, found]) => writersIn(found).length > 0 && !found.includes('deploy/targets/target-of.ts'));
  expect(wrong.map(([file]) => file)).toEqual([]);
  expect([...reached.values()].flatMap(writersIn)).not.toContain('formats/writing/writers.ts');
  expect(reached.get('cli/commands/generate.ts')).toContain('library/generate-lazily.ts');
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

test('requests leave through one gate: one file sends, one makes the clients of the SDKs, one the credentials', () => {
  const ours = files.filter((file) => roomOf(file) !== 'generated');
  const filesWith = (words: RegExp) =>
    ours.filter((file) => words.test(withoutComments(readFileSync(join(source, file), 'utf8')))).sort();
  expect(filesWith(/\bcreate\w*Pipeline|\bcreate\w*HttpClient|\.sendRequest\(|XMLHttpRequest|WebSocket/)).toEqual([
    // Below the SDKs and our own requests: no proxy is asked for the identity of the machine.
    'azure/past-proxy.ts',
    'azure/rest.ts',
  ]);
  // Called, or handed on under another name.
  expect(filesWith(/(?<![\w.'"`-])fetch\b(?!['"`:-])|\bglobalThis\W+fetch\b/)).toEqual([]);
  expect(filesWith(/\bnew \w*Client\b/)).toEqual(['azure/management-client.ts']);
  expect(filesWith(/\bnew \w+Credential\b/)).toEqual(['azure/sign-in.ts']);
  // The emulator listens.
  expect(filesWith(/(?:from|import\(|require\(|BuiltinModule\()\s*['"`](?:node:)?(?:https?|http2|net|tls|dgram)['"`]/)).toEqual([
    'azure/policies.ts',
    'emulator/http/listen.ts',
  ]);
});

test('files come in and go out through one room, and words through one terminal', () => {
  const ours = files
    .filter((file) => roomOf(file) !== 'generated')
    .map((file) => ({ file, text: withoutComments(readFileSync(join(source, file), 'utf8')) }));
  const filesWith = (words: RegExp, among = ours) => among.flatMap(({ file, text }) => (words.test(text) ? [file] : [])).sort();
  // However it is loaded: imported, imported later, required, asked of the process.
  const ofDisk = /['"`](?:node:)?(?:fs|fs\/promises|child_process)['"`]/;
  const touching = ours.filter(({ text }) => ofDisk.test(text));
  const calling = (...names: string[]) => filesWith(new RegExp(`\\b(?:${names.join('|')})(?:Sync)?\\(`), touching);
  const terminal = 'cli/process-terminal.ts';

  expect(calling('readFile', 'read', 'readv', 'createReadStream', 'openAsBlob', 'readdir', 'opendir', 'glob')).toEqual([
    'disk/find-files.ts',
    'disk/read.ts',
  ]);
  const making = ['writeFile', 'write', 'writev', 'appendFile', 'createWriteStream', 'copyFile', 'cp', 'mkdir', 'mkdtemp'];
  const changing = ['rename', 'rm', 'rmdir', 'unlink', 'link', 'symlink', 'truncate', 'ftruncate', 'chmod', 'chown', 'utimes'];
  expect(calling(...making, ...changing)).toEqual([terminal, 'disk/own-folder.ts', 'disk/write.ts']);
  // Under the names by which they are looked for here.
  expect(filesWith(/import[^;]*\bas\b[^;]*from\s*['"`](?:node:)?(?:fs|fs\/promises|child_process)['"`]/)).toEqual([]);
  // What is left looks only, but for the one that starts a program.
  expect(filesWith(ofDisk)).toEqual([
    'cli/check/bicep/build.ts',
    terminal,
    ...['find-files', 'git', 'kind', 'own-folder', 'place', 'read', 'watch', 'write'].map((name) => `disk/${name}.ts`),
  ]);
  expect(
    filesWith(/\bprocess\W{1,4}std(?:out|err)\b|\bstd(?:out|err)\b[^;=]*\}\s*=\s*process\b|['"`]node:process['"`]|\bconsole\b\W/),
  ).toEqual(['cli/cert/prompt.ts', 'cli/confirm.ts', terminal]);
});

test('what each file imports is found at all', () => {
  expect(importsOf('index.ts').map(({ target }) => target)).toContain('library/generate.ts');
  expect(importsOf('cli/main.ts').map(({ target }) => target)).toContain('cli/commands/generate.ts');
});
