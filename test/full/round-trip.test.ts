import { globSync } from 'node:fs';
import { join } from 'node:path';
import type { Element, Node } from '@xmldom/xmldom';
import { expect, type TestContext, test } from 'vitest';
import { MemoryTree } from '../../src/document/file-tree.ts';
import type { FlowPackage } from '../../src/formats/flow-package/model.ts';
import { readModel as readFlowPackage } from '../../src/formats/flow-package/read-model.ts';
import { rewrite as rewriteFlowPackage } from '../../src/formats/flow-package/rewrite.ts';
import { DocumentFiles } from '../../src/formats/reading/document-files.ts';
import type { Solution } from '../../src/formats/solution/model.ts';
import { readModel as readSolution } from '../../src/formats/solution/read-model.ts';
import { rewrite as rewriteSolution } from '../../src/formats/solution/rewrite.ts';
import { parseXml } from '../../src/formats/solution/xml.ts';
import { convert, type GeneratedFile, type OpenedDocument, open, zip } from '../../src/index.ts';
import { expectGolden } from '../golden.ts';
import { sharedFolder } from '../shared.ts';

/** Every real package, opened with all its files. */
async function packages(context: TestContext): Promise<OpenedDocument[]> {
  const folder = join(sharedFolder(context), 'corpus/power-automate');
  const paths = globSync(['legacy/*.zip', 'solution/*.zip', 'legacy-unpacked/*', 'solution-unpacked/*'], { cwd: folder }).sort();
  expect(paths).toHaveLength(27);
  return Promise.all(paths.map((path) => open(join(folder, path), { contents: 'all' })));
}

/** What a file says, without how it is laid out: XML as nested lists, JSON with the order of its keys, anything else as its bytes. */
function meaning(path: string, bytes: Uint8Array): unknown {
  const text = new TextDecoder(bytes[0] === 0xff ? 'utf-16le' : 'utf-8').decode(bytes);
  if (path.endsWith('.xml')) return tree(parseXml(text));
  // Order counts, which toEqual would not see.
  if (path.endsWith('.json')) return JSON.stringify(JSON.parse(text));
  return Buffer.from(bytes).toString('base64');
}

function tree(element: Element): unknown {
  const attributes = [...(element.attributes as unknown as Iterable<{ name: string; value: string }>)];
  const children: Node[] = [];
  for (let child = element.firstChild; child; child = child.nextSibling) children.push(child);
  const elements = children.filter(({ nodeType }) => nodeType === 1);
  return [
    element.nodeName,
    ...attributes.map(({ name, value }) => `@${name}=${value}`),
    ...(elements.length > 0 ? elements.map((child) => tree(child as Element)) : [element.textContent]),
  ];
}

function meanings(files: readonly GeneratedFile[]): Record<string, unknown> {
  return Object.fromEntries(files.map(({ path, contents }) => [path, meaning(path, Buffer.from(contents))]));
}

function filesOf({ files, root }: OpenedDocument): GeneratedFile[] {
  return files.paths
    .filter((path) => path.startsWith(root))
    .map((path) => ({ path: path.slice(root.length), contents: files.bytes(path) as Uint8Array }));
}

function inMemory(files: readonly GeneratedFile[]): MemoryTree {
  return new MemoryTree('', new Map(files.map(({ path, contents }) => [path, Buffer.from(contents)])));
}

test('a real package, read and written in its own format, says what it said, in every file', async (context) => {
  for (const document of await packages(context)) {
    const written = convert(document, document.format as 'solution');
    expect(meanings(written), document.name).toEqual(meanings(filesOf(document)));
    const again = await open(zip(written), { contents: 'all' });
    const found = ({ definitions }: OpenedDocument) =>
      definitions.map(({ definition, name, connectionReferences, environmentVariables, solutionReferences }) => ({
        definition,
        name,
        connectionReferences,
        environmentVariables,
        solutionReferences,
      }));
    expect(found(again), document.name).toEqual(found(document));
  }
});

/** Another value for everything of the model that is no name by which a thing is found again. */
function scrambled<Model>(value: Model, kept: readonly string[], key = ''): Model {
  if (kept.includes(key)) return value;
  if (typeof value === 'string') return `${value} & <changed>` as Model;
  if (Array.isArray(value)) return value.map((entry) => scrambled(entry, kept)) as Model;
  if (typeof value !== 'object' || value === null) return value;
  if (key === 'definition' || key === 'connectionReferences') {
    // Of connection references the flow has a group, the solution a list.
    return { changed: 'yes' } as Model;
  }
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, scrambled(member, kept, key)])) as Model;
}

const solutionNames = ['type', 'id', 'schemaName', 'file', 'logicalName'];
const packageNames = ['resource'];

test('all that the model knows is written from it: it makes the package again out of one with other values', async (context) => {
  let count = 0;
  for (const document of await packages(context)) {
    const { files: tree, root, format, name } = document;
    const [rewrite, read, names] =
      format === 'solution'
        ? ([rewriteSolution, readSolution(new DocumentFiles(tree), root)?.solution, solutionNames] as const)
        : ([rewriteFlowPackage, readFlowPackage(new DocumentFiles(tree), root), packageNames] as const);
    const apply = (files: MemoryTree | typeof tree, root: string, model: unknown) =>
      (rewrite as (tree: typeof files, root: string, change: () => unknown) => ReturnType<typeof rewriteSolution>)(
        files,
        root,
        () => model,
      )?.files ?? [];
    const other = apply(tree, root, scrambled(read, names));
    expect(meanings(other), name).not.toEqual(meanings(filesOf(document)));
    expect(meanings(apply(inMemory(other), '', read)), name).toEqual(meanings(filesOf(document)));
    count++;
  }
  expect(count).toBe(27);
});

type Change<Model> = readonly [what: string, file: RegExp, change: (model: Model) => Model];

const first = <Entry>(list: readonly Entry[], change: (entry: Entry) => Entry): Entry[] =>
  list.map((entry, index) => (index === 0 ? change(entry) : entry));

const solutionChanges: readonly Change<Solution>[] = [
  ['version', /olution\.xml$/, (model) => ({ ...model, manifest: { ...model.manifest, version: '7.7.7.7' } })],
  ['managed', /olution\.xml$/, (model) => ({ ...model, manifest: { ...model.manifest, managed: '9' } })],
  ['publisher', /olution\.xml$/, (model) => ({ ...model, manifest: { ...model.manifest, publisher: 'other' } })],
  [
    'name',
    /(ustomizations|data)\.xml$/,
    (model) => ({ ...model, flows: first(model.flows, (flow) => ({ ...flow, name: 'A & "B"' })) }),
  ],
  [
    'state',
    /(ustomizations|data)\.xml$/,
    (model) => ({ ...model, flows: first(model.flows, (flow) => ({ ...flow, state: '7' })) }),
  ],
  [
    'definition',
    /Workflows.*\.json$/,
    (model) => ({
      ...model,
      flows: first(model.flows, (flow) => ({ ...flow, definition: { ...flow.definition, contentVersion: '7.7.7.7' } })),
    }),
  ],
  [
    'connection reference',
    /ustomizations\.xml$/,
    (model) => ({
      ...model,
      connectionReferences: first(model.connectionReferences, (reference) => ({ ...reference, displayName: 'Other' })),
    }),
  ],
  [
    'variable',
    /environmentvariabledefinition\.xml$/,
    (model) => ({ ...model, variables: first(model.variables, (variable) => ({ ...variable, defaultValue: 'other' })) }),
  ],
];

const packageChanges: readonly Change<FlowPackage>[] = [
  ['description', /^manifest\.json$/, (model) => ({ ...model, description: 'other' })],
  [
    'connection',
    /^manifest\.json$/,
    (model) => ({ ...model, connections: first(model.connections, (connection) => ({ ...connection, displayName: 'Other' })) }),
  ],
  [
    'definition',
    /definition\.json$/,
    (model) => ({
      ...model,
      flows: first(model.flows, (flow) => ({ ...flow, definition: { ...flow.definition, contentVersion: '7.7.7.7' } })),
    }),
  ],
];

/** Where two values differ, one place a leaf. */
function differences(left: unknown, right: unknown, path = ''): string[] {
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null)
    return left === right ? [] : [path];
  const keys = new Set([...Object.keys(left), ...Object.keys(right)]);
  return [...keys].flatMap((key) =>
    differences((left as Record<string, unknown>)[key], (right as Record<string, unknown>)[key], `${path}/${key}`),
  );
}

test('one changed value is one changed place', async (context) => {
  const seen: Record<string, number> = {};
  for (const document of await packages(context)) {
    const { files: tree, root, format, name } = document;
    const parsed = (files: readonly GeneratedFile[]) =>
      Object.entries(meanings(files)).map(([path, value]) => [path, path.endsWith('.json') ? JSON.parse(String(value)) : value]);
    for (const [what, file, change] of format === 'solution' ? solutionChanges : packageChanges) {
      const changed = (format === 'solution' ? rewriteSolution : rewriteFlowPackage)(tree, root, change as never)?.files ?? [];
      const before = Object.fromEntries(parsed(filesOf(document)));
      const after = Object.fromEntries(parsed(changed));
      const files = Object.keys(after).filter((path) => differences(before[path], after[path]).length > 0);
      // A package need not have one of everything.
      if (files.length === 0) continue;
      seen[`${format} ${what}`] = (seen[`${format} ${what}`] ?? 0) + 1;
      expect([name, what, files], name).toEqual([name, what, [expect.stringMatching(file)]]);
      const [path = ''] = files;
      // A default value that was not there is a whole element, which moves those behind it.
      if (what === 'variable' && !JSON.stringify(before[path]).includes('defaultvalue')) continue;
      expect([name, what, differences(before[path], after[path])], name).toEqual([name, what, [expect.any(String)]]);
    }
  }
  expect(Object.keys(seen).sort()).toEqual(
    [...packageChanges.map(([what]) => `flow-package ${what}`), ...solutionChanges.map(([what]) => `solution ${what}`)].sort(),
  );
});

/** A part without the names of this one package. */
function general(part: string): string {
  const [path = '', inside] = part.split(': ');
  if (inside === undefined) return path.replace(/\/.*/, '/…');
  return `${path.replace(/^(Workflows|environmentvariabledefinitions|Microsoft\.Flow\/flows)\/.*?(\.json|\.json\.data\.xml|\/[a-z]+\.\w+)$/i, '$1/…$2')}: ${inside}`;
}

test('what the model does not tell of is taken over, and listed', async (context) => {
  const parts = new Set<string>();
  for (const document of await packages(context)) {
    convert(document, document.format as 'solution', { onCarriedOver: (part) => parts.add(general(part)) });
  }
  expectGolden('test/golden/carried-over.txt', `${[...parts].sort().join('\n')}\n`);
});
