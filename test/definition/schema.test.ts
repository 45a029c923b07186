import { Ajv, type ValidateFunction } from 'ajv';
import { describe, expect, test } from 'vitest';
import { conditions, readDemands, type Schema, wordPattern } from '../../scripts/definition-schema/demands.ts';
import { publishedText } from '../../scripts/definition-schema/published.ts';
import { rules } from '../../src/check/rules/index.ts';
import { ranges } from '../../src/definition/limits.ts';
import { check } from '../../src/index.ts';
import { isObject } from '../../src/json/json.ts';
import { expectGolden } from '../golden.ts';

const text = publishedText();
const complaints: unknown[] = [];
const complain = (word: unknown) => complaints.push(word);
const validate: ValidateFunction = new Ajv({ logger: { log: complain, warn: complain, error: complain } }).compile(
  JSON.parse(text),
);

test('the published schema is the one that the demands give, and any validator takes it', () => {
  expectGolden('schemas/definition.schema.json', text);
  expect(complaints).toEqual([]);
});

const withActions = (actions: object, triggers: object = { manual: { type: 'Request', kind: 'Http' } }) => ({
  triggers,
  actions,
});
const http = (inputs: object) => ({
  type: 'Http',
  inputs: { method: 'GET', uri: 'https://example.com', ...inputs },
  runAfter: {},
});
const errorsOf = (definition: unknown) => check(definition).filter(({ severity }) => severity === 'error');

describe('refused, and an error of the checker', () => {
  const call = { type: 'Http', inputs: {} };
  test.each<[string, object]>([
    ['a request without method and address', withActions({ A: call })],
    ['an action without a type', withActions({ A: { inputs: {} } })],
    ['an action of no type that there is', withActions({ A: { type: 'Htp', inputs: {} } })],
    ['… in a Scope', withActions({ S: { type: 'Scope', actions: { A: call } } })],
    [
      '… in the other branch of an If',
      withActions({ I: { type: 'If', expression: true, actions: {}, else: { actions: { A: call } } } }),
    ],
    ['… in a case', withActions({ S: { type: 'Switch', expression: 1, cases: { One: { case: 1, actions: { A: call } } } } })],
    ['… in the default of a Switch', withActions({ S: { type: 'Switch', expression: 1, default: { actions: { A: call } } } })],
    ['… in a tool of an agent', withActions({ G: { type: 'Agent', tools: { T: { actions: { A: call } } } } })],
    [
      '… three loops deep',
      withActions({
        F: {
          type: 'Foreach',
          foreach: [],
          actions: { G: { type: 'Until', expression: true, actions: { H: { type: 'Scope', actions: { A: call } } } } },
        },
      }),
    ],
    ['… whose type is in another case', withActions({ A: { type: 'HTTP', inputs: {} } })],
    ['a trigger without a type', withActions({}, { T: { inputs: {} } })],
    ['a trigger of no type that there is', withActions({}, { T: { type: 'Timer' } })],
    ['a recurrence without frequency', withActions({}, { T: { type: 'Recurrence', recurrence: { interval: 1 } } })],
    [
      'a trigger that looks again, without recurrence',
      withActions({}, { T: { type: 'Http', inputs: { method: 'GET', uri: 'x' } } }),
    ],
    [
      'a word that is no frequency',
      withActions({}, { T: { type: 'Recurrence', recurrence: { frequency: 'Daily', interval: 1 } } }),
    ],
    [
      'week days beside a schedule',
      withActions({}, { T: { type: 'Recurrence', recurrence: { frequency: 'Week', interval: 1, weekDays: [] } } }),
    ],
    ['an authentication of no type', withActions({ A: http({ authentication: { username: 'a' } }) })],
    ['an authentication of another type', withActions({ A: http({ authentication: { type: 'OAuth' } }) })],
    ['a tenant that is no text', withActions({ A: http({ authentication: { type: 'ActiveDirectoryOAuth', tenant: {} } }) })],
    ['… of a type in another case', withActions({ A: http({ authentication: { type: 'activedirectoryoauth', tenant: {} } }) })],
    [
      'a call of a webhook with an authentication of no type',
      withActions({ A: { type: 'HttpWebhook', inputs: { subscribe: { authentication: {} } } } }),
    ],
    ['a method that there is not', withActions({ A: http({ method: 'GTE' }) })],
    ['a retry policy of another type', withActions({ A: http({ retryPolicy: { type: 'linear' } }) })],
    ['a retry policy beside inputs', withActions({ A: { ...http({}), retryPolicy: { type: 'none' } } })],
    [
      'what cannot be hidden',
      withActions({ A: { ...http({}), runtimeConfiguration: { secureData: { properties: ['output'] } } } }),
    ],
    [
      'too much at once',
      withActions({ A: { type: 'Foreach', foreach: [], runtimeConfiguration: { concurrency: { repetitions: 51 } } } }),
    ],
    ['a status that there is not', withActions({ A: http({}), B: { ...http({}), runAfter: { A: ['Success'] } } })],
    ['a status that is no list', withActions({ A: http({}), B: { ...http({}), runAfter: { A: 'Succeeded' } } })],
    ['a type of a parameter', { triggers: {}, parameters: { a: { type: 'Text' } } }],
    ['a case without its value', withActions({ S: { type: 'Switch', expression: 1, cases: { One: { actions: {} } } } })],
    ['a time without its zone', withActions({ A: { type: 'Expression', kind: 'ConvertTimeZone', inputs: { baseTime: 'x' } } })],
    ['a definition in a definition', { definition: { triggers: {}, actions: {} } }],
  ])('%s', (_, definition) => {
    expect(validate(definition)).toBe(false);
    expect(errorsOf(definition)).not.toEqual([]);
  });
});

describe('taken, as the service takes it', () => {
  test.each<[string, object]>([
    [
      'words in any case',
      withActions({
        A: { ...http({ method: 'get' }), type: 'HTTP' },
        B: { type: 'compose', inputs: 1, runAfter: { A: ['SUCCEEDED'] } },
      }),
    ],
    [
      'an expression for any value',
      withActions({
        A: { type: 'Http', inputs: '@triggerBody()' },
        B: http({ method: "@{triggerBody()?['m']}", retryPolicy: '@triggerBody()' }),
      }),
    ],
    ['what ARM puts there', withActions({ A: http({ method: "[parameters('method')]", headers: "[variables('headers')]" }) })],
    [
      'what is yet to be filled in',
      withActions(
        { A: http({ method: '<method>' }) },
        { T: { type: 'Recurrence', recurrence: { frequency: '#{Frequency}#', interval: '__INTERVAL__' } } },
      ),
    ],
    ['numbers in quotes', withActions({}, { T: { type: 'recurrence', recurrence: { frequency: 'day', interval: '1' } } })],
    [
      'null for what is absent',
      withActions({ A: { ...http({ retryPolicy: null, headers: null }), description: null, runtimeConfiguration: null } }),
    ],
    ['members in another case', withActions({ A: { ...http({}), Description: 'x', RUNAFTER: {} } })],
    ['a new kind of a type', withActions({}, { T: { type: 'Request', kind: 'Tomorrow' } })],
    ['no schema, version and triggers', { actions: { A: http({}) } }],
    ['triggers one level too deep', withActions({}, { triggers: { manual: { type: 'Request', kind: 'Http' } } })],
    [
      'an operation of a connector as a tool',
      withActions({ G: { type: 'Agent', tools: { T: { actions: { C: { type: 'connector', anything: 1 } } } } } }),
    ],
    ['an authentication that is handed over', withActions({ A: http({ authentication: "@parameters('$authentication')" }) })],
  ])('%s', (_, definition) => {
    expect(validate(definition), JSON.stringify(validate.errors)).toBe(true);
  });
});

/** The definition with one thing changed, at every place in turn. */
function* changed(value: unknown): Generator<unknown> {
  if (!isObject(value) && !Array.isArray(value)) {
    yield 'Nothing';
    yield 4711;
    return;
  }
  yield Array.isArray(value) ? {} : [];
  for (const [key, inner] of Object.entries(value)) {
    if (isObject(value)) {
      const { [key]: _, ...others } = value;
      yield others;
      yield { ...others, [`${key}s`]: inner };
    }
    for (const other of changed(inner)) yield Array.isArray(value) ? value.with(Number(key), other) : { ...value, [key]: other };
  }
}

test('what the schema refuses of a definition with one slip, the checker calls an error', () => {
  const oauth = { type: 'ActiveDirectoryOAuth', tenant: 'a', audience: 'b', clientId: 'c', secret: "@parameters('s')" };
  const definition = {
    contentVersion: '1.0.0.0',
    parameters: { s: { type: 'SecureString' } },
    triggers: {
      T: { type: 'Recurrence', recurrence: { frequency: 'Week', interval: 1, schedule: { weekDays: ['Monday'], hours: [6] } } },
    },
    actions: {
      A: {
        ...http({ authentication: oauth, retryPolicy: { type: 'fixed', count: 3, interval: 'PT5S' } }),
        runtimeConfiguration: { secureData: { properties: ['inputs'] } },
      },
      W: { type: 'Wait', inputs: { interval: { count: 5, unit: 'Minute' } }, runAfter: { A: ['Succeeded'] } },
      L: {
        type: 'Foreach',
        foreach: "@body('A')",
        actions: {
          S: {
            type: 'Switch',
            expression: '@item()',
            cases: { One: { case: 1, actions: { C: { type: 'Compose', inputs: 1 } } } },
            default: { actions: {} },
          },
        },
        runAfter: { W: ['Succeeded'] },
        runtimeConfiguration: { concurrency: { repetitions: 5 } },
      },
    },
  };
  let refused = 0;
  const [, ...others] = changed(definition);
  for (const other of others) {
    if (validate(other)) continue;
    refused++;
    expect(errorsOf(other), JSON.stringify([other, validate.errors])).not.toEqual([]);
  }
  expect(refused).toBeGreaterThan(100);
});

describe('the demands', () => {
  const { definitions } = readDemands();

  /** Every schema in the file. */
  function* within(schema: Schema): Generator<Schema> {
    yield schema;
    for (const inner of Object.values(schema)) if (typeof inner === 'object' && inner !== null) yield* within(inner as Schema);
  }

  test('name rules that there are, and definitions that there are', () => {
    const names = new Set(rules.map(({ name }) => name));
    for (const schema of within(definitions as Schema)) {
      for (const rule of [schema['x-rule'], schema['x-unknown']])
        if (typeof rule === 'string') expect(names, JSON.stringify(schema)).toContain(rule);
      const dispatch = schema['x-dispatch'];
      if (!dispatch?.cases) continue;
      for (const part of Object.values(dispatch.cases)) expect(part === '' || part in definitions, part).toBe(true);
    }
  });

  test('have the ranges that the rules have', () => {
    const { repetitions, runs, maximumWaitingRuns } = definitions.runtimeConfiguration?.properties?.concurrency?.properties ?? {};
    const { count } = definitions.until?.properties?.limit?.properties ?? {};
    const rangeOf = (schema: Schema | undefined) => [schema?.minimum, schema?.maximum];
    for (const [schema, range] of [
      [repetitions, ranges.repetitions],
      [runs, ranges.runs],
      [maximumWaitingRuns, ranges.maximumWaitingRuns],
      [count, ranges.untilCount],
    ] as const)
      expect(rangeOf(schema)).toEqual(range);
  });

  test('a word in any case is found, and no other', () => {
    const pattern = new RegExp(wordPattern(['A2ARequest', '$schema']));
    for (const word of ['a2arequest', 'A2AREQUEST', '$Schema']) expect(pattern.test(word), word).toBe(true);
    for (const word of ['a2arequests', 'xA2ARequest', 'schema', 'A2ARequest\n']) expect(pattern.test(word), word).toBe(false);
    expect(conditions({ by: 'kind', cases: { A: 'a', B: '', C: 'a' } })).toHaveLength(1);
  });
});
