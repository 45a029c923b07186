import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { check } from '../../src/index.ts';
import { type CorpusRecord, corpusFiles, surroundingsOf } from '../corpus/record.ts';
import { mutated } from '../mutated.ts';
import { corpusLines } from '../shared.ts';
import { runs } from '../sweep.ts';

const root = {
  $schema: 'https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#',
  contentVersion: '1.0.0.0',
  triggers: { manual: { type: 'Request', kind: 'Http', inputs: { schema: {} } } },
};

const hosts = ['consumption', 'standard', 'power-automate', undefined] as const;

function checkEverywhere(definition: unknown, surroundings: object = {}) {
  const text = JSON.stringify(definition);
  for (const host of hosts)
    check(definition, {
      ...surroundings,
      ...(host && { host }),
      ...(text === undefined ? {} : { text }),
      armExpressions: host === undefined,
    });
}

describe('no exception', () => {
  test('for arbitrary JSON, alone and where something else belongs', () => {
    const json = fc.jsonValue({ maxDepth: 6 });
    const shape = fc.record(
      { parameters: json, triggers: json, actions: json, outputs: json, staticResults: json, description: json },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(json, shape, json, (any, members, parameters) => {
        checkEverywhere(any, { parameters, connections: any, connectionReferences: any, environmentVariables: parameters });
        checkEverywhere({ ...root, ...members }, { parameters: any });
        checkEverywhere({ ...root, actions: { A: any, B: { type: 'If', actions: { C: any }, else: any, runAfter: any } } });
      }),
      runs(10_000),
    );
  });

  test('for real definitions with one value replaced, removed or moved', (context) => {
    const records = corpusFiles.flatMap((file) => corpusLines<CorpusRecord>(context, file));
    const other = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom('@', '@{', "@body('x')", '[a]', '@@', "@items('", undefined, 1e300, -0, ''),
    );
    fc.assert(
      fc.property(fc.nat(records.length - 1), fc.array(fc.nat(), { minLength: 1, maxLength: 12 }), other, (at, path, value) => {
        const record = records[at] as CorpusRecord;
        check(mutated(record.definition, path, value), surroundingsOf(record));
      }),
      runs(20_000),
    );
  });
});

/** What grew with the square of the size, or worse, would not come to its end in time. How long it takes is for `npm run bench`. */
describe('no hang', () => {
  const compose = (inputs: unknown, ...after: string[]) => ({
    type: 'Compose',
    inputs,
    runAfter: Object.fromEntries(after.map((name) => [name, ['Succeeded']])),
  });
  const many = (count: number, entry: (index: number) => unknown) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`A${index}`, entry(index)]));
  const nested = (levels: number) => {
    let inner: unknown = compose("@body('x')");
    for (let level = 0; level < levels; level++) inner = { type: 'Foreach', foreach: "@items('A')", actions: { A: inner } };
    return { A: inner };
  };
  const deep = (levels: number) => {
    let inner: unknown = '@utcNow()';
    for (let level = 0; level < levels; level++) inner = level % 2 ? [inner] : { a: inner };
    return inner;
  };
  const variable = (index: number) => ({
    type: 'InitializeVariable',
    inputs: { variables: [{ name: `v${index % 7}`, type: 'string', value: `@variables('v${index}')` }] },
    runAfter: {},
  });

  const asking = (authorization: string, body?: string) => ({
    type: 'Http',
    inputs: { method: 'POST', uri: 'https://login.microsoftonline.com/x/oauth2/token', headers: { authorization }, body },
    runAfter: {},
  });

  test.each<[name: string, definition: (size: number) => object, size: number]>([
    [
      'a chain',
      (size) => ({ actions: many(size, (at) => compose(`@outputs('A${at - 1}')`, ...(at ? [`A${at - 1}`] : []))) }),
      100_000,
    ],
    [
      'a chain told backwards',
      (size) => ({ actions: many(size, (at) => compose(`@outputs('a${at + 1}')`, `a${at + 1}`)) }),
      100_000,
    ],
    ['one big circle', (size) => ({ actions: many(size, (at) => compose(1, `A${(at + 1) % size}`)) }), 100_000],
    [
      'many circles',
      (size) => ({ actions: many(size, (at) => compose(1, `A${(at + 1) % size}`, `A${(at + 2) % size}`)) }),
      100_000,
    ],
    ['names that are not there', (size) => ({ actions: many(size, (at) => compose(`@body('gone${at}')`, `lost${at}`)) }), 2000],
    ['nesting of actions', (size) => ({ actions: nested(size) }), 2000],
    [
      'nesting of values',
      (size) => ({ actions: { A: { ...compose(deep(size)), trackedProperties: deep(size) } }, outputs: deep(size) }),
      100_000,
    ],
    ['a long text', (size) => ({ actions: { ['n'.repeat(size)]: compose(`@concat('${'x'.repeat(size)}')`) } }), 1_000_000],
    [
      'a long text of openings',
      (size) => ({ actions: { A: compose('@{'.repeat(size)), B: compose(`${'@{1}'.repeat(size)}`) } }),
      100_000,
    ],
    ['variables', (size) => ({ actions: many(size, variable) }), 5000],
    [
      'a token that many sign in with',
      (size) => ({
        actions: {
          ...many(size, () => asking("@{body('Token')?['access_token']}")),
          Token: asking('', 'grant_type=client_credentials&'.repeat(size)),
        },
      }),
      5000,
    ],
    [
      'a form that doubles with each Compose',
      (size) => ({
        actions: {
          ...many(10, (at) => compose(`@concat(${`outputs('A${at + 1}'),`.repeat(size)}'x')`)),
          T: asking('', "@outputs('A0')"),
        },
      }),
      100,
    ],
    [
      'keys',
      (size) => ({ actions: { A: compose(Object.fromEntries(Array.from({ length: size }, (_, at) => [`@k${at}`, '@k']))) } }),
      10_000,
    ],
    ['parameters of no type', (size) => ({ parameters: many(size, () => ({ type: 'Strnig', x: 1 })) }), 10_000],
    [
      'cases',
      (size) => ({ actions: { S: { type: 'Switch', expression: '@1', cases: many(size, () => ({ case: '@x' })) } } }),
      100_000,
    ],
  ])('%s', { timeout: 60_000 }, (name, definition, size) => {
    const subject = { ...root, ...definition(size) };
    // Too deep for JSON.stringify is too deep for a file.
    const text = name.startsWith('nesting of') ? undefined : JSON.stringify(subject, null, 1);
    check(subject, { host: 'consumption', ...(text === undefined ? {} : { text }) });
  });
});

test('a text nested a hundred thousand deep has findings, without a place', () => {
  const text = `{"actions": {"A": {"type": "X", "inputs": ${'['.repeat(100_000)}${']'.repeat(100_000)}}}}`;
  const diagnostics = check(JSON.parse(text), { text });
  expect(diagnostics.map(({ rule }) => rule)).toContain('operation-type');
  expect(diagnostics[0]?.range?.start).toEqual({ offset: 0, line: 1, column: 1 });
});

test('the whole corpus again and again, in flat memory', (context) => {
  const records = corpusFiles.flatMap((file) => corpusLines<CorpusRecord>(context, file));
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const used = () => {
    collect();
    return process.memoryUsage().heapUsed;
  };
  const checkAll = () => records.forEach((record) => void check(record.definition, surroundingsOf(record)));
  checkAll();
  const before = used();
  for (let round = 0; round < 5; round++) checkAll();
  expect(used() - before).toBeLessThan(4_000_000);
});
