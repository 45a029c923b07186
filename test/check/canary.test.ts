import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { check } from '../../src/check/check.ts';
import { SarifLog } from '../../src/cli/check/reporters/sarif.ts';
import { ScoreSheet } from '../../src/cli/check/score-sheet.ts';
import { renderGitHub } from '../../src/diagnostics/render-github.ts';
import { renderPretty } from '../../src/diagnostics/render-pretty.ts';
import { show } from '../../src/diagnostics/show.ts';
import { MemoryTree } from '../../src/document/file-tree.ts';
import { openTree } from '../../src/formats/reading/open-tree.ts';
import type { OpenedDocument } from '../../src/formats/reading/opened-document.ts';
import { examineDocument } from '../../src/library/check-document.ts';

/** All that the reporters print about a document. */
function printed(document: OpenedDocument): string {
  const examination = examineDocument(document);
  const { diagnostics } = examination;
  const texts = new Map(document.definitions.map(({ file, text }) => [file, text]));
  const [sarif, sheet] = [new SarifLog(), new ScoreSheet()];
  sarif.add(examination, (file) => texts.get(file));
  sheet.add(document, examination);
  return [
    show(renderPretty(diagnostics, (file) => texts.get(file))),
    JSON.stringify(diagnostics, null, 2),
    renderGitHub(diagnostics),
    JSON.stringify(sarif.toJson()),
    sheet.toMarkdown(),
    JSON.stringify(sheet.toJson()),
  ].join('\n');
}

async function opened(files: Readonly<Record<string, unknown>>): Promise<OpenedDocument[]> {
  const bytes = Object.entries(files).map(
    ([path, value]) => [path, new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value))] as const,
  );
  const found: OpenedDocument[] = [];
  for await (const document of openTree(new MemoryTree('p', new Map(bytes), '/'), {})) found.push(document);
  return found;
}

const word = 'cAn4ry';
/** Secrets that are known by their form, with the word in them. */
const canaries = [
  `eyJhbGciOiJIUzI1NiJ9.eyJ${word}0000000.${word}_abcdefghij`,
  `DefaultEndpointsProtocol=https;AccountName=a;AccountKey=${word}0123456789abcdefghijklmnop==`,
  `https://a.example/x?sp=r&sig=${word}0123456789abcdefghijkl`,
  `-----BEGIN PRIVATE KEY-----\n${word}\n-----END PRIVATE KEY-----`,
  `Server=a;User=b;Password=${word}12;`,
  `MIIK${'aAIBAz'}${word.repeat(30)}`,
  `${word}${'aB3+'.repeat(20)}==`,
];

/** Every copy of a value in which one string is another one. */
function* planted(value: unknown, by: string): Generator<unknown> {
  if (typeof value === 'string') yield by;
  if (typeof value !== 'object' || value === null) return;
  for (const [key, member] of Object.entries(value))
    for (const other of planted(member, by))
      yield Array.isArray(value) ? value.with(Number(key), other) : { ...value, [key]: other };
}

const fixtures = new URL('../fixtures/rules/', import.meta.url);
const definitionOf = (name: string) => JSON.parse(readFileSync(new URL(`${name}/bad.json`, fixtures), 'utf8')).definition;

test.each(readdirSync(fixtures))('%s: a secret known by its form is shown by no reporter, wherever it stands', async (name) => {
  const definition = definitionOf(name);
  let [count, index] = [0, 0];
  for (const other of planted(definition, '')) {
    // One form in each place, all of them in turn.
    const canary = canaries[index++ % canaries.length] ?? '';
    const withCanary = JSON.parse(JSON.stringify(other, (_, each) => (each === '' ? canary : each)));
    for (const document of await opened({ 'd.json': withCanary })) {
      count++;
      expect(printed(document)).not.toContain(word);
    }
  }
  expect(count).toBeGreaterThan(0);
});

const definition = definitionOf('secret-leaves');
const flow = { properties: { definition, connectionReferences: { shared_a: { connectionName: 'x' } } } };
const id = 'abcdef01-2345-6789-abcd-ef0123456789';
/** One document of each format. */
const formats: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  arm: {
    't.json': {
      $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
      contentVersion: '1.0.0.0',
      parameters: { a: { type: 'string', defaultValue: 'x' } },
      resources: [
        {
          type: 'Microsoft.Logic/workflows',
          apiVersion: '2019-05-01',
          name: 'w',
          properties: {
            definition,
            parameters: { a: { value: 'x' } },
            accessControl: { triggers: { allowedCallerIpAddresses: [] } },
          },
        },
      ],
      outputs: { a: { type: 'string', value: 'x' } },
    },
  },
  'standard-project': {
    'host.json': { version: '2.0' },
    'connections.json': { managedApiConnections: { a: { api: { id: 'x' }, authentication: { type: 'Raw', parameter: 'x' } } } },
    'parameters.json': { a: { type: 'String', value: 'x' } },
    'local.settings.json': { Values: { A: 'x' } },
    'w/workflow.json': { definition, kind: 'Stateful' },
  },
  flow: { 'f.json': flow },
  'flow-package': {
    'manifest.json': { resources: { f: { type: 'Microsoft.Flow/flows', details: { displayName: 'F' }, dependsOn: [] } } },
    'Microsoft.Flow/flows/f/definition.json': flow,
    'Microsoft.Flow/flows/f/apisMap.json': { shared_a: 'a' },
    'Microsoft.Flow/flows/f/connectionsMap.json': { shared_a: 'c' },
  },
  solution: {
    'solution.xml':
      '<ImportExportXml><SolutionManifest><UniqueName>C</UniqueName><Version>1.0.0.0</Version><Managed>0</Managed></SolutionManifest></ImportExportXml>',
    'customizations.xml': '<ImportExportXml><Workflows /></ImportExportXml>',
    [`Workflows/F-${id.toUpperCase()}.json`]: flow,
  },
};

test.each(Object.entries(formats))('%s: nor in any JSON file of the format', async (format, files) => {
  expect((await opened(files)).map((document) => document.format)).toEqual([format]);
  let index = 0;
  for (const [path, value] of Object.entries(files)) {
    if (typeof value === 'string') continue;
    for (const other of planted(value, '')) {
      const canary = canaries[index++ % canaries.length] ?? '';
      const withCanary = JSON.parse(JSON.stringify(other, (_, each) => (each === '' ? canary : each)));
      for (const document of await opened({ ...files, [path]: withCanary })) expect(printed(document)).not.toContain(word);
    }
  }
  expect(index).toBeGreaterThan(10);
});

test('a secret without a form is shown by no reporter, where it is known to be one', async () => {
  const call = (inputs: object) => ({
    type: 'Http',
    inputs: { method: 'GET', uri: 'https://a.example', ...inputs },
    runAfter: {},
  });
  const signIns = ['pfx', 'password', 'secret', 'value', 'tenant', 'audience', 'authority', 'clientId', 'type', 'username'].map(
    (key) => call({ authentication: { type: 'ActiveDirectoryOAuth', [key]: word } }),
  );
  const actions = {
    ...Object.fromEntries(signIns.map((action, index) => [`A${index}`, action])),
    V: {
      type: 'InitializeVariable',
      inputs: { variables: [{ name: 'v', type: 'string', value: `${word}-plain` }] },
      runAfter: {},
    },
    B: call({ authentication: { type: 'Raw', value: "@variables('v')" } }),
    C: call({ headers: { Authorization: `Basic ${word}0123456789` } }),
    D: call({ headers: { 'Ocp-Apim-Subscription-Key': `${word}0123456789` } }),
    Gone: { type: 'Compose', inputs: "@body('Nowhere')", runAfter: { Nowhere: ['Succeeded'] } },
  };
  const parameters = { p: { type: 'SecureString', defaultValue: `${word}-plain` } };
  // All on one line, where every finding would show its neighbours.
  const [document] = await opened({ 'd.json': { ...definitionOf('open-trigger'), parameters, actions } });
  const text = printed(document as OpenedDocument);
  for (const rule of ['literal-credential', 'literal-secret', 'secure-parameter-default', 'run-after'])
    expect(text).toContain(rule);
  expect(text).not.toContain(word);
});

test('a secret that is longer than what a message shows is hidden before it is cut, and in the keys of a pointer', () => {
  const word = 'cAn4ry';
  const jwt = `eyJhbGciOiJIUzI1NiJ9.eyJ${word}0000000${'0'.repeat(60)}.${word}_abcdefghij`;
  const address = `https://user:${word}0123456789@a.example/x`;
  const found = check({
    $schema: 'https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#',
    contentVersion: '1.0.0.0',
    metadata: { 'certflow-ignore': { [jwt]: 'a reason' } },
    triggers: {
      Every: {
        type: 'Recurrence',
        recurrence: { frequency: 'Week', interval: 1, startTime: jwt, schedule: { weekDays: [jwt], hours: [jwt] } },
      },
    },
    actions: {
      [address]: { type: 'Compose', inputs: `@body(${jwt})`, runAfter: {} },
      Compose: { type: 'Compose', inputs: `@{${address}`, runAfter: { [address]: ['Succeeded'], Gone: ['Succeeded'] } },
      Switch: {
        type: 'Switch',
        expression: '@1',
        cases: { One: { case: jwt, actions: {} }, Two: { case: jwt, actions: {} } },
        runAfter: {},
      },
    },
    outputs: {},
  });
  expect([...new Set(found.map(({ rule }) => rule))]).toEqual(
    expect.arrayContaining(['recurrence', 'switch-cases', 'suppression', 'expression-syntax', 'run-after']),
  );
  expect(JSON.stringify(found)).not.toContain(word);
});
