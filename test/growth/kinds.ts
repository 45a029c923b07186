import { check } from '../../src/check/check.ts';
import { limits } from '../../src/definition/limits.ts';
import { renderPretty } from '../../src/diagnostics/render-pretty.ts';
import { applyFixes } from '../../src/document/edit-json.ts';
import { type FileTree, MemoryTree } from '../../src/document/file-tree.ts';
import { openTree } from '../../src/formats/reading/open-tree.ts';
import { examineDocument } from '../../src/library/check-document.ts';
import { parseSpec } from '../../src/spec/parse.ts';
import { SpecError } from '../../src/spec/spec-error.ts';

/** Something that a document can have many of. */
export interface Kind {
  readonly name: string;
  /** How many `npm run bench` takes; a test takes fewer. */
  readonly many: number;
  /** How many a test takes, where it is more than a few: up to as many, each is compared with each. */
  readonly few?: number;
  /** Makes a document with so many of them; gives what is to be measured, which gives how many findings there are. */
  readonly prepare: (count: number) => () => number | Promise<number>;
}

export const kinds: readonly Kind[] = [
  {
    name: 'calls in one string',
    many: 16_000,
    prepare: (count) => checkAndPrint(compose("@{body('a')}".repeat(count))),
  },
  {
    name: 'literal secrets',
    many: 16_000,
    prepare: (count) => checkAndPrint(compose(listOf(count, (index) => `sv=1&sig=${'aB3dE6gH9jK2mN5pQ8sT'}${index}`))),
  },
  {
    name: 'beginnings of a private key',
    many: 16_000,
    prepare: (count) => checkAndPrint(compose(`${'-----BEGIN PRIVATE KEY-----'.repeat(count)}@`)),
  },
  {
    name: 'private keys cut off, a string each',
    many: 16_000,
    prepare: (count) => checkAndPrint(compose(listOf(count, () => '-----BEGIN PRIVATE KEY-----\nMIIE'))),
  },
  {
    name: 'unknown keys of a spec',
    many: 30_000,
    prepare: (count) => {
      const text = `name: flow\n${listOf(count, (index) => `unknown${index}: 1\n`).join('')}`;
      return () => mistakesOf(text);
    },
  },
  {
    name: 'aliases of a spec',
    many: 20_000,
    prepare: (count) => {
      const text = `name: flow\nactions:\n  a: &a { type: Compose, inputs: 1 }\n${listOf(count, (index) => `  b${index}: *a\n`).join('')}`;
      return () => mistakesOf(text);
    },
  },
  { name: 'findings printed', many: 8000, prepare: (count) => checkAndPrint(unknownActions(count)) },
  {
    name: 'findings in one line',
    many: 8000,
    prepare: (count) => checkAndPrint(unknownActions(count), 0),
  },
  {
    name: 'flows of a package, two findings each',
    many: 2000,
    prepare: (count) => {
      const tree = solutionOf(count);
      return () => openAndCheck(tree);
    },
  },
  {
    name: 'workflows of a template',
    many: 2000,
    prepare: (count) => {
      const tree = templateOf(count);
      return () => openAndCheck(tree);
    },
  },
  {
    name: 'actions that hand a secret on',
    many: 2000,
    prepare: (count) => checkAndPrint(chain(count)),
  },
  {
    name: 'fixes in one line',
    many: 2000,
    prepare: (count) => {
      const text = JSON.stringify(chain(count));
      const fixes = check(JSON.parse(text), { text }).flatMap(({ fix }) => fix ?? []);
      return () => applyFixes(text, fixes).applied.length;
    },
  },
  {
    name: 'actions that refer to the first',
    many: 4000,
    prepare: (count) => checkAndPrint(definitionOf(inTurn(count, () => "@outputs('A0')"))),
  },
  {
    name: 'actions that refer to one that is misspelt',
    many: 4000,
    few: limits.actions,
    prepare: (count) => checkAndPrint(definitionOf(inTurn(count, (index) => `@outputs('B${index}')`))),
  },
  {
    name: 'readers of what a scope gives',
    many: 4000,
    prepare: (count) =>
      checkAndPrint(
        definitionOf({
          S: { type: 'Scope', actions: chain(count).actions, runAfter: {} },
          ...inTurn(count, () => "@result('S')"),
        }),
      ),
  },
  {
    name: 'variables set and read',
    many: 4000,
    prepare: (count) =>
      checkAndPrint(
        definitionOf({
          V: { type: 'InitializeVariable', inputs: { variables: [{ name: 'v', type: 'string' }] }, runAfter: {} },
          ...Object.fromEntries(
            listOf(count, (index) => [
              `S${index}`,
              { type: 'SetVariable', inputs: { name: 'v', value: "@{parameters('p')}" }, runAfter: { V: ['Succeeded'] } },
            ]),
          ),
          ...inTurn(count, () => "@variables('v')"),
        }),
      ),
  },
  {
    name: 'suppressions',
    many: 4000,
    prepare: (count) => {
      const actions = inTurn(count, () => '@nothing()');
      for (const action of Object.values(actions))
        Object.assign(action, { metadata: { 'certflow-ignore': { 'unknown-function': 'it is made later' } } });
      return checkAndPrint(definitionOf(actions));
    },
  },
];

/** Checks a definition and prints what is found. */
function checkAndPrint(definition: unknown, indent = 1): () => number {
  const text = JSON.stringify(definition, undefined, indent);
  return () => {
    const found = check(definition, { text, file: 'a.json' });
    renderPretty(found, () => text);
    JSON.stringify(found);
    return found.length;
  };
}

async function openAndCheck(tree: FileTree): Promise<number> {
  let count = 0;
  for await (const document of openTree(tree)) {
    const { diagnostics } = examineDocument(document);
    const texts = new Map(document.definitions.map(({ file, text }) => [file, text]));
    renderPretty(diagnostics, (file) => texts.get(file));
    count += diagnostics.length;
  }
  return count;
}

function mistakesOf(text: string): number {
  try {
    parseSpec(text);
    return 0;
  } catch (error) {
    if (error instanceof SpecError) return error.diagnostics.length;
    throw error;
  }
}

function listOf<Item>(count: number, make: (index: number) => Item): Item[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

function definitionOf(actions: Readonly<Record<string, unknown>>) {
  return {
    parameters: { p: { type: 'SecureString' } },
    $schema: 'https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#',
    contentVersion: '1.0.0.0',
    triggers: { manual: { type: 'Request', kind: 'Http', inputs: {} } },
    actions,
  };
}

function compose(inputs: unknown) {
  return definitionOf({ a: { type: 'Compose', inputs, runAfter: {} } });
}

/** Each refers to an action that is not there. */
export function unknownActions(count: number) {
  return compose(listOf(count, (index) => `@body('no${index}')`));
}

/** Actions that run one after the other; each composes something. */
function inTurn(count: number, inputsOf: (index: number) => string): Record<string, Record<string, unknown>> {
  const after = (index: number) => (index === 0 ? {} : { [`A${index - 1}`]: ['Succeeded'] });
  return Object.fromEntries(
    listOf(count, (index) => [`A${index}`, { type: 'Compose', inputs: inputsOf(index), runAfter: after(index) }]),
  );
}

/** Get secret, and as many actions, each of which composes what the one before gives. */
export function chain(count: number) {
  const actions: Record<string, unknown> = {
    Get_secret: {
      type: 'ApiConnection',
      inputs: { host: {}, method: 'get', path: "/secrets/@{encodeURIComponent('key')}/value" },
      runtimeConfiguration: { secureData: { properties: ['inputs', 'outputs'] } },
      runAfter: {},
    },
  };
  for (let index = 0; index < count; index++) {
    const [before, given] =
      index === 0 ? ['Get_secret', "@body('Get_secret')?['value']"] : [`C${index}`, `@outputs('C${index}')`];
    actions[`C${index + 1}`] = { type: 'Compose', inputs: given, runAfter: { [before]: ['Succeeded'] } };
  }
  return definitionOf(actions);
}

/** A solution whose flows are no root components, and whose files do not have the names that it says. */
function solutionOf(count: number): FileTree {
  return new MemoryTree('solution.zip', solutionFiles(count), '!');
}

export function solutionFiles(count: number): Map<string, Uint8Array> {
  const workflows = listOf(
    count,
    (index) => `<Workflow WorkflowId="{${id(index)}}" Name="Flow ${index}">
      <JsonFileName>/Workflows/Flow-${index}.json</JsonFileName>
    </Workflow>`,
  );
  const flow = { properties: { definition: compose('x'), connectionReferences: {} }, schemaVersion: '1.0.0.0' };
  return new Map<string, Uint8Array>([
    [
      'solution.xml',
      encode('<ImportExportXml><SolutionManifest><RootComponents></RootComponents></SolutionManifest></ImportExportXml>'),
    ],
    ['customizations.xml', encode(`<ImportExportXml><Workflows>\n${workflows.join('\n')}</Workflows></ImportExportXml>`)],
    ...listOf(count, (index) => [`Workflows/Flow-${index}.json`, encode(JSON.stringify(flow))] as const),
  ]);
}

/** Each has an action that refers to none. */
function templateOf(count: number): FileTree {
  const resources = listOf(count, (index) => ({
    type: 'Microsoft.Logic/workflows',
    apiVersion: '2019-05-01',
    name: `flow-${index}`,
    location: 'westeurope',
    properties: { definition: unknownActions(2) },
  }));
  const $schema = 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#';
  const text = JSON.stringify({ $schema, contentVersion: '1.0.0.0', resources }, null, 1);
  return new MemoryTree('', new Map([['template.json', encode(text)]]));
}

function id(index: number): string {
  return `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
