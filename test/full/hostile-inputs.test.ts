// Inputs of every kind that are made to harm: each is taken, or told in a sentence, in a bounded time; what is said holds no secret, no command
// to CI, and nothing that steers a terminal.
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test, vi } from 'vitest';
import { parse, stringify } from 'yaml';
import { createRequest, privateKeyToPem, toPem, writePfx } from '../../src/certificate/index.ts';
import { zip } from '../../src/document/zip.ts';
import { Dispatcher } from '../../src/emulator/http/service.ts';
import { formatNames } from '../../src/formats/index.ts';
import { exportPackage, generate, open } from '../../src/index.ts';
import { snippetLanguages } from '../../src/snippet/languages.ts';
import { anyCertificate } from '../certificate/tools.ts';
import { certflowWith } from '../cli/run.ts';
import { folderOf } from '../folder.ts';
import { flowSpec } from '../formats/packages.ts';
import { readyCloud, specFile } from '../integration/cloud.ts';
import { canary, mutatedBytes, mutatedText, mutatedValue, oneOf, type Random } from '../mutations.ts';
import { baseSpec } from '../specs.ts';
import { below, part, randomOf } from '../sweep.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

interface Kind {
  readonly name: string;
  /** How many the whole sweep takes. */
  readonly all: number;
  /** Makes ready; gives what feeds certflow one input, by the words of the command line. */
  readonly prepare: () => Promise<(random: Random) => Promise<readonly string[]> | readonly string[]>;
}

/** Of the test that runs. */
let folder = '';
/** The answer of a service that was another one in the command that runs. */
let changed = '';
const written = (name: string, contents: string | Uint8Array) => {
  const path = join(folder, name);
  writeFileSync(path, contents);
  return path;
};

const ways = [
  [],
  ['--json'],
  ['--format', 'github'],
  ['--format', 'sarif'],
  ['--summary'],
  ['--fix', '--dry-run'],
  ['--fix', '--dry-run', '--json'],
];

const fixtures = globSync('test/fixtures/rules/*/{bad,good}.json', { cwd: root }).map(
  (file): Record<string, unknown> => JSON.parse(readFileSync(join(root, file), 'utf8')),
);

/** Every expression that stands in a value. */
function expressionsIn(value: unknown): string[] {
  if (typeof value === 'string') return value.includes('@') ? [value] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(expressionsIn) : [];
}

const tokens = [
  ...[
    '@{',
    '}',
    '@',
    '@@',
    '(',
    ')',
    '[',
    ']',
    '?',
    '.',
    ',',
    "'",
    "''",
    '"',
    ' ',
    '\n',
    '\u2028',
    '\ud800',
    '-1',
    '1e999',
    '0x1',
  ],
  ...[
    "body('Get')",
    "outputs('a')?['b']",
    'item()',
    'null',
    'true',
    "variables('v')",
    'concat(',
    'if(',
    'json(',
    'union(',
    'xpath(',
  ],
];

const kinds: readonly Kind[] = [
  {
    name: 'definitions',
    all: 55_000,
    prepare: async () => (random) => {
      const { definition } = oneOf(fixtures, random);
      const file = { definition: mutatedValue(definition, random) };
      return ['check', written('a.json', JSON.stringify(file, null, random() < 0.5 ? 2 : 0)), ...oneOf(ways, random)];
    },
  },
  {
    name: 'expressions',
    all: 25_000,
    prepare: async () => {
      const all = [...new Set(fixtures.flatMap(expressionsIn))];
      const { definition } = fixtures[0] as { definition: object };
      return (random) => {
        const texts = [0, 1].map(() => mutatedText(oneOf(all, random), [...tokens, oneOf(all, random)], random));
        const actions = {
          a: { type: 'Compose', inputs: texts, runAfter: {} },
          b: { type: 'Foreach', foreach: texts[0], actions: {} },
        };
        return ['check', written('a.json', JSON.stringify({ definition: { ...definition, actions } })), ...oneOf(ways, random)];
      };
    },
  },
  {
    name: 'packages',
    all: 8000,
    prepare: async () => {
      const packages = (['solution', 'flow-package'] as const).map((format) =>
        exportPackage(flowSpec(), { format, withValues: true }),
      );
      const templates = (['arm', 'standard-project'] as const).map((format) =>
        zip(
          generate(
            flowSpec({ targets: { ...baseSpec.targets, standard: { ...baseSpec.targets.consumption, site: 'logic-hr' } } }),
            { format },
          ),
        ),
      );
      const seeds = await Promise.all(
        [...packages, ...templates].map(async (bytes) => {
          const { files } = await open(bytes, { contents: 'all' });
          return { bytes, entries: files.paths.map((path) => ({ path, contents: files.bytes(path) as Uint8Array })) };
        }),
      );
      return (random) => {
        const { bytes, entries } = oneOf(seeds, random);
        const changed = oneOf(entries, random);
        const name =
          random() < 0.1 ? oneOf(['../x', 'a\\b', 'CON', '', 'x\u001b[8m', `${changed.path}/x`], random) : changed.path;
        const other = { path: name, contents: mutatedEntry(changed, random) };
        const contents =
          random() < 0.4 ? mutatedBytes(bytes, random) : (zipOf([...entries.filter((one) => one !== changed), other]) ?? bytes);
        return ['check', written('a.zip', contents), ...oneOf(ways, random)];
      };
    },
  },
  {
    name: 'specs',
    all: 8000,
    prepare: async () => {
      const texts = globSync('examples/*.yaml', { cwd: root }).map((file) => readFileSync(join(root, file), 'utf8'));
      const targets = {
        ...baseSpec.targets,
        standard: { ...baseSpec.targets.consumption, site: 'logic-hr' },
        appService: { ...baseSpec.targets.consumption, site: 'app-hr' },
        powerAutomate: { solution: 'Hr', publisher: { name: 'contoso', prefix: 'cto' }, connectionOwner: 'a@contoso.com' },
      };
      const seeds: readonly unknown[] = [...texts.map((text) => parse(text)), { ...baseSpec, targets }];
      const words = [
        '&a ',
        '*a',
        '- ',
        ': ',
        '{',
        '}',
        '[',
        ']',
        '? ',
        '!!binary ',
        '|\n',
        '"',
        "'",
        '\t',
        '\n',
        '#',
        '%YAML 9',
        '---\n',
      ];
      return (random) => {
        const way = random();
        const value = way < 0.75 ? mutatedValue(oneOf(seeds, random), random) : undefined;
        const text =
          value === undefined
            ? mutatedText(oneOf(texts, random), words, random)
            : way < 0.4
              ? stringify(value)
              : JSON.stringify(value);
        const spec = written('certflow.yaml', text);
        return oneOf(
          [
            ...formatNames.map((format) => ['generate', spec, '--format', format, '--out', join(folder, 'out'), '--dry-run']),
            ['generate', spec, '--json', '--out', join(folder, 'out'), '--dry-run'],
            ['guide', spec],
            ['guide', spec, '--script', 'az'],
            ['guide', spec, '--script', 'powershell'],
            ['snippet', spec, '--language', oneOf(snippetLanguages, random)],
            ['pipeline', spec, '--for', 'github', '--out', folder, '--dry-run'],
          ],
          random,
        );
      };
    },
  },
  {
    name: 'certificates',
    all: 3000,
    prepare: async () => {
      const { privateKey, certificate } = anyCertificate;
      const pem = privateKeyToPem(privateKey, '') + toPem('CERTIFICATE', certificate.raw);
      const request = await createRequest({ subject: 'CN=x' });
      const seeds = [
        ...(['compat', 'modern'] as const).map((encoding) => writePfx(anyCertificate, { password: canary, encoding, rounds: 2 })),
        new Uint8Array(certificate.raw),
        new TextEncoder().encode(pem),
        request.request,
      ];
      return (random) => {
        const bytes = mutatedBytes(oneOf(seeds, random), random);
        const file = written('a.pfx', random() < 0.2 ? Buffer.from(bytes).toString('base64') : bytes);
        const password = ['--password-env', 'PASSWORD'];
        return oneOf(
          [
            ['cert', 'inspect', file, ...password],
            ['cert', 'inspect', file, '--json', ...password],
          ],
          random,
        );
      };
    },
  },
  {
    name: 'answers of services',
    all: 1000,
    prepare: async () => {
      const { appRegistration, certflow, cloudFile } = await readyCloud({ delays: { poll: 1, retry: 1, answer: 5000 } });
      const targets = { consumption: { ...baseSpec.targets.consumption, resourceGroup: 'rg-flows' } };
      const spec = specFile({ appRegistration, targets });
      expect((await certflow('deploy', spec, '--yes', '--run')).code).toBe(0);
      const asking = [
        ['deploy', '--plan'],
        ['deploy', '--plan', '--json'],
        ['status'],
        ['runs', 'list'],
        ['runs', 'show', 'latest'],
        ['setup', '--plan'],
        ['cert', 'expiring'],
        ['doctor'],
      ].map((command) => [...command, spec, '--cloud-file', cloudFile]);
      // One answer of those that a command gets, whatever the order in which it asks.
      let asked = new Set<string>();
      let changing: { readonly request: string; readonly random: Random } | undefined;
      const answer = Dispatcher.prototype.answer;
      vi.spyOn(Dispatcher.prototype, 'answer').mockImplementation(async function (this: Dispatcher, incoming) {
        const outcome = await answer.call(this, incoming);
        if (typeof outcome !== 'object' || outcome.text === '') return outcome;
        const request = `${incoming.method} ${incoming.url.pathname}`;
        asked.add(request);
        if (request !== changing?.request) return outcome;
        const text = JSON.stringify(mutatedValue(JSON.parse(outcome.text), changing.random));
        changing = undefined;
        changed = `${request} answered ${text}`;
        return { ...outcome, text };
      });
      const commands: { readonly words: readonly string[]; readonly requests: readonly string[] }[] = [];
      for (const words of asking) {
        asked = new Set();
        expect((await certflow(...words)).code, words.join(' ')).toBe(0);
        commands.push({ words, requests: [...asked].sort() });
      }
      return (random) => {
        const { words, requests } = oneOf(commands, random);
        changing = { request: oneOf(requests, random), random };
        return words;
      };
    },
  },
];

function mutatedEntry({ path, contents }: { readonly path: string; readonly contents: Uint8Array }, random: Random): Uint8Array {
  const text = new TextDecoder().decode(contents);
  if (path.endsWith('.json') && random() < 0.7)
    return new TextEncoder().encode(JSON.stringify(mutatedValue(JSON.parse(text), random)));
  const words = [
    '<a>',
    '</a>',
    '<!DOCTYPE x [<!ENTITY a "b">]>',
    '&a;',
    '<![CDATA[',
    '"',
    '<',
    '\u0000',
    'constructor',
    '{',
    '[',
  ];
  return random() < 0.5 ? mutatedBytes(contents, random) : new TextEncoder().encode(mutatedText(text, words, random));
}

/** Undefined for names that a zip cannot be written with. */
function zipOf(entries: readonly { readonly path: string; readonly contents: Uint8Array }[]): Uint8Array | undefined {
  try {
    return zip(entries);
  } catch {
    return undefined;
  }
}

/** Lines that CI takes for a command, but for those of the reporter that is made of them. */
function commandsIn(text: string): string[] {
  return text
    .split('\n')
    .filter(
      (line) => (/^\s*::/.test(line) && !/^::(?:error|warning|notice) (?:file=|title=)/.test(line)) || /##(?:vso)?\[/i.test(line),
    );
}

/** Milliseconds of the processor. The largest inputs take a hundredth of it on an idle machine. */
const longest = 20_000;
const counts = new Map<string, number>();

/** What every object of JavaScript has: an input that reaches it changes all that comes after. */
function builtIns(): string {
  return [Object, Array, Function, String].map(({ prototype }) => Object.getOwnPropertyNames(prototype).join()).join(' ');
}
const known = builtIns();

test.each(kinds)('$name: taken, or told in a sentence', async ({ name, all, prepare }) => {
  folder = folderOf({});
  const feed = await prepare();
  for (const index of part(below(all))) {
    changed = '';
    const words = await feed(randomOf(index));
    const before = process.cpuUsage();
    const { code, stdout, stderr } = await certflowWith({ PASSWORD: canary }, ...words);
    const { user, system } = process.cpuUsage(before);
    const about = `input ${index}: ${words.join(' ')} ${changed}`;
    // What these print is a file, which holds what the spec says.
    const said = ['guide', 'snippet'].includes(words[0] ?? '') ? stderr : `${stdout}${stderr}`;
    expect([0, 1, 2, 3], about).toContain(code);
    expect(said, about).not.toContain('mistake in certflow');
    expect(said, about).not.toContain(canary);
    expect(commandsIn(said), about).toEqual([]);
    expect(said, about).not.toMatch(/(?![\t\n])[\p{Cc}\u2028\u2029\u202a-\u202e]/u);
    expect((user + system) / 1000, about).toBeLessThan(longest);
    expect(builtIns(), about).toBe(known);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
});

afterAll(() => {
  const lines = [...counts].map(([name, count]) => `${count.toLocaleString('en')} ${name}`);
  const sum = [...counts.values()].reduce((all, count) => all + count, 0);
  process.stderr.write(`hostile inputs: ${sum.toLocaleString('en')} in all: ${lines.join(', ')}\n`);
});
