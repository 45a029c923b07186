import { describe, expect, test } from 'vitest';
import { type CheckOptions, check } from '../../src/index.ts';

const compose = (inputs: unknown) => ({ type: 'Compose', inputs, runAfter: {} });
const recurring = { Recurrence: { type: 'recurrence', recurrence: { frequency: 'Day', interval: 1 } } };
const init = (type: string, value?: unknown) => ({
  Init: { type: 'InitializeVariable', inputs: { variables: [{ name: 'x', type, value }] }, runAfter: {} },
});
const http = { type: 'Http', inputs: { method: 'GET', uri: 'https://example.com' }, runAfter: {} };

/** `severity rule pointer` of each finding. */
function found(actions: object, members: object = {}, options: CheckOptions = {}): string[] {
  const definition = {
    $schema: 'https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#',
    contentVersion: '1.0.0.0',
    triggers: { manual: { type: 'Request', kind: 'Http' } },
    actions,
    ...members,
  };
  return check(definition, options).map(({ severity, rule, pointer }) => `${severity} ${rule} ${pointer}`);
}

describe('keys of objects are expressions too', () => {
  test.each<[string, object, string[]]>([
    ['one with a lone @', { A: compose({ '@type': 'x' }) }, ['error expression-syntax /actions/A/inputs/@type']],
    [
      '… in an element of a list',
      { A: compose({ body: [{ '@odata.type': 1 }] }) },
      ['error expression-syntax /actions/A/inputs/body/0/@odata.type'],
    ],
    ['one that is escaped', { A: compose({ '@@type': 'x', 'owner@odata.bind': 'y', '@': 1 }) }, []],
    [
      'one in a schema',
      { A: { type: 'ParseJson', inputs: { content: '@triggerBody()', schema: { properties: { '@type': {} } } } } },
      [],
    ],
    [
      'one that is worked out',
      { A: compose({ "@{outputs('B')}odata.id": 1 }) },
      ["error unknown-action /actions/A/inputs/@{outputs('B')}odata.id"],
    ],
    [
      'a function that is none',
      { A: compose({ a: { "@{nope('x')}": null } }) },
      ["error unknown-function /actions/A/inputs/a/@{nope('x')}"],
    ],
    [
      'in the headers of a call',
      { A: { ...http, inputs: { ...http.inputs, headers: { '@x': '1' } } } },
      ['error expression-syntax /actions/A/inputs/headers/@x'],
    ],
  ])('%s', (_, actions, expected) => {
    expect(found(actions)).toEqual(expected);
  });

  test('what stands beside a key with the same text has its own finding', () => {
    expect(found({ A: compose({ '@type': '@kind' }) })).toHaveLength(2);
  });

  test('a key is marked as a whole, and its cure is the text with two', () => {
    const text = JSON.stringify({ triggers: {}, actions: { A: compose({ '@odata.type': 'x' }) } });
    const [finding] = check(JSON.parse(text), { text }).filter(({ rule }) => rule === 'expression-syntax');
    expect(text.slice(finding?.range?.start.offset, finding?.range?.end.offset)).toBe('"@odata.type"');
    expect(finding?.help).toContain('`@@odata.type`');
  });

  test('a secret in a key is in the object', () => {
    const actions = {
      A: compose({ "@{parameters('s')}": 1 }),
      B: { type: 'Response', inputs: { statusCode: 200, body: "@outputs('A')" }, runAfter: { A: ['Succeeded'] } },
    };
    expect(found(actions, { parameters: { s: { type: 'SecureString' } } })).toContain(
      'warning secret-leaves /actions/B/inputs/body',
    );
  });
});

describe('what an expression of a group may refer to', () => {
  const inner = { In: http };
  const cannot = (pointer: string) => [`error action-not-before ${pointer}`];
  test.each<[string, object, string[]]>([
    [
      'the list of a Foreach, to what is in it',
      { E: { type: 'Foreach', foreach: "@body('In')", actions: inner } },
      cannot('/actions/E/foreach'),
    ],
    [
      'the condition of an If',
      { E: { type: 'If', expression: { not: { equals: ["@body('In')", 1] } }, actions: inner } },
      cannot('/actions/E/expression/not/equals/0'),
    ],
    [
      '… to its other branch',
      { E: { type: 'If', expression: "@equals(body('In'), 1)", actions: {}, else: { actions: inner } } },
      cannot('/actions/E/expression'),
    ],
    [
      'a Switch',
      { E: { type: 'Switch', expression: "@body('In')", cases: { a: { case: 'a', actions: inner } } } },
      cannot('/actions/E/expression'),
    ],
    [
      'an Until, which asks after each round',
      { E: { type: 'Until', expression: "@equals(body('In'), 1)", limit: { count: 9, timeout: 'PT1H' }, actions: inner } },
      [],
    ],
    [
      'an Until, to what comes after it',
      {
        E: { type: 'Until', expression: "@equals(body('In'), 1)", limit: { count: 9, timeout: 'PT1H' }, actions: {} },
        In: { ...http, runAfter: { E: ['Succeeded'] } },
      },
      cannot('/actions/E/expression'),
    ],
  ])('%s', (_, actions, expected) => {
    expect(found(actions)).toEqual(expected);
  });

  const outside = (pointer: string) => [`warning items-outside-loop ${pointer}`];
  test.each<[string, object, string[]]>([
    [
      'item() in no loop',
      { A: { type: 'Scope', actions: { B: compose("@{item()?['x']}") } } },
      outside('/actions/A/actions/B/inputs'),
    ],
    [
      '… in the list of the outermost loop',
      { A: { type: 'Foreach', foreach: '@item()', actions: {} } },
      outside('/actions/A/foreach'),
    ],
    [
      '… in the list of an inner one',
      { A: { type: 'Foreach', foreach: '@triggerBody()', actions: { B: { type: 'Foreach', foreach: '@item()', actions: {} } } } },
      [],
    ],
    [
      '… in an Until in a loop',
      {
        A: {
          type: 'Foreach',
          foreach: '@triggerBody()',
          actions: { B: { type: 'Until', expression: '@equals(item(), 1)', limit: { count: 9, timeout: 'PT1H' }, actions: {} } },
        },
      },
      [],
    ],
    ['… in a Select', { A: { type: 'select', inputs: { from: '@triggerBody()', select: { a: '@item()' } } } }, []],
  ])('%s', (_, actions, expected) => {
    expect(found(actions)).toEqual(expected);
  });
});

describe('what a trigger may refer to', () => {
  const trigger = (members: object) => ({
    triggers: {
      P: { type: 'Http', inputs: { method: 'GET', uri: 'https://x' }, recurrence: { frequency: 'Day', interval: 1 }, ...members },
    },
    parameters: { p: { type: 'String', defaultValue: 'Day' } },
  });
  test.each<[string, object, string[]]>([
    ['its address', { inputs: { method: 'GET', uri: "https://x/@{variables('x')}" } }, ['/triggers/P/inputs/uri']],
    [
      'the key of a header',
      { inputs: { method: 'GET', uri: 'https://x', headers: { "@{body('Init')}": '1' } } },
      ["/triggers/P/inputs/headers/@{body('Init')}"],
    ],
    ['its recurrence', { recurrence: { frequency: "@variables('x')", interval: 1 } }, ['/triggers/P/recurrence/frequency']],
    [
      'a condition',
      { conditions: [{ expression: "@equals(actions('Init').status, 'Succeeded')" }] },
      ['/triggers/P/conditions/0/expression'],
    ],
    ['splitOn', { splitOn: "@variables('x')" }, ['/triggers/P/splitOn']],
    ['what it tracks', { trackedProperties: { a: "@variables('x')" } }, ['/triggers/P/trackedProperties/a']],
    [
      'parameters and the trigger',
      {
        recurrence: { frequency: "@parameters('p')", interval: 1 },
        conditions: [{ expression: "@equals(triggerBody()?['a'], 1)" }],
      },
      [],
    ],
  ])('%s', (_, members, pointers) => {
    expect(found(init('string', 'a'), trigger(members))).toEqual(pointers.map((pointer) => `error trigger-scope ${pointer}`));
  });
});

describe('variables', () => {
  const change = (type: string, value: unknown) => ({
    C: { type, inputs: { name: 'X', value }, runAfter: { Init: ['Succeeded'] } },
  });
  const self = ['error variable-self-reference /actions/C/inputs/value'];
  test.each<[string, string, unknown, string[]]>([
    ['set to itself', 'SetVariable', "@{variables('x')}", self],
    [
      '… deep in a function',
      'setvariable',
      "@if(equals(1, 1), toUpper(concat('a', variables('x'))), 'b')",
      self.concat('warning constant-condition /actions/C/inputs/value'),
    ],
    [
      '… in an object',
      'SetVariable',
      { a: [{ b: "@variables('X')" }] },
      ['error variable-self-reference /actions/C/inputs/value/a/0/b'],
    ],
    ['appended to itself', 'AppendToStringVariable', "@variables('x')", self],
    ['set to another text', 'SetVariable', "@triggerBody()?['x']", []],
  ])('%s', (_, type, value, expected) => {
    const lines = found({ ...init('string', 'a'), ...change(type, value) });
    expect(lines.filter((line) => !line.includes('variable-type')).sort()).toEqual([...expected].sort());
  });

  test.each<[string, unknown, boolean]>([
    ['integer', 'abc', true],
    ['Integer', 1.5, true],
    ['integer', '5', false],
    ['float', 1, false],
    ['boolean', 'maybe', true],
    ['BOOLEAN', 'True', false],
    ['array', {}, true],
    ['object', [], true],
    ['string', 5, true],
    ['string', '', false],
    ['integer', '<how many>', false],
    ['integer', "@length('abc')", false],
    ['object', null, false],
  ])('of type %s with the value %j', (type, value, isTold) => {
    const rule = 'warning variable-type';
    expect(found(init(type, value))).toEqual(isTold ? [`${rule} /actions/Init/inputs/variables/0/value`] : []);
    const [first] = type.toLowerCase() === 'float' ? [1] : [undefined];
    const set = found({ ...init(type, first), ...change('SetVariable', value) });
    expect(set).toEqual(isTold ? [`${rule} /actions/C/inputs/value`] : []);
  });

  test.each<[string, string, unknown, string[]]>([
    ['AppendToArrayVariable', 'integer', 1, ['warning variable-type /actions/C/inputs/name']],
    ['AppendToStringVariable', 'array', 'a', ['warning variable-type /actions/C/inputs/name']],
    ['IncrementVariable', 'string', 1, ['warning variable-type /actions/C/inputs/name']],
    ['IncrementVariable', 'integer', 'one', ['warning variable-type /actions/C/inputs/value']],
    ['DecrementVariable', 'float', 0.5, []],
    ['AppendToArrayVariable', 'array', { a: 1 }, []],
    ['AppendToArrayVariable', 'array', null, ['warning variable-type /actions/C/inputs/value']],
  ])('%s of one of type %s', (type, declared, value, expected) => {
    expect(found({ ...init(declared), ...change(type, value) })).toEqual(expected);
  });
});

describe('values that an action cannot use', () => {
  const each = (foreach: unknown) => ({ E: { type: 'Foreach', foreach, actions: {} } });
  const useless = ['warning unusable-input /actions/E/foreach'];
  test.each<[string, object, string[]]>([
    ['null', each(null), useless],
    ['… as an expression', each('@null'), useless],
    ['a text', each('abc'), useless],
    ['an expression in a text', each("@{triggerBody()?['rows']}"), useless],
    ['what gives a text', each("@concat('a', 'b')"), useless],
    ['a list', each([1]), []],
    ['what may give one', each("@coalesce(triggerBody()?['a'], json('[]'))"), []],
    ['what is yet to be filled in', each('<list>'), []],
    [
      'Parse JSON of null',
      { P: { type: 'ParseJson', inputs: { content: null, schema: {} } } },
      ['warning unusable-input /actions/P/inputs/content'],
    ],
    ['… of a text', { P: { type: 'ParseJson', inputs: { content: '{}', schema: {} } } }, []],
    [
      'a table of a text',
      { T: { type: 'Table', inputs: { from: "@{body('x')}", format: 'CSV' } } },
      ['warning unusable-input /actions/T/inputs/from'],
    ],
  ])('%s', (_, actions, expected) => {
    expect(found(actions).filter((line) => !line.includes('unknown-action'))).toEqual(expected);
  });

  test.each<[string, string, boolean]>([
    ['bool', 'maybe', true],
    ['bool', 'TRUE', false],
    ['bool', '1', false],
    ['int', 'abc', true],
    ['int', '', true],
    ['int', ' 5 ', false],
    ['float', 'x', true],
    ['float', '1.000,5', false],
    ['float', 'NaN', false],
    ['decimal', 'two', true],
    ['string', 'maybe', false],
  ])("%s('%s')", (name, text, isTold) => {
    expect(found({ A: compose(`@{${name}('${text}')}`) })).toEqual(isTold ? ['warning argument-type /actions/A/inputs'] : []);
  });

  test.each<[string, unknown, string]>([
    ['picked from without ?', "@triggerBody()['x']", 'warning'],
    ['picked from with ?', "@triggerBody()?['x']", 'info'],
    ['in a text', "@{triggerOutputs()?['body/value']}", 'info'],
    ['its time', "@trigger()?['startTime']", ''],
    ['its headers', "@triggerOutputs()?['headers']", ''],
  ])('the body of a Recurrence, %s', (_, inputs, severity) => {
    const expected = severity === '' ? [] : [`${severity} trigger-without-body /actions/A/inputs`];
    expect(found({ A: compose(inputs) }, { triggers: recurring })).toEqual(expected);
  });

  test('the body of a Recurrence in a loop, and not where another trigger has one', () => {
    expect(found(each("@triggerOutputs()?['body']"), { triggers: recurring })).toEqual([
      'warning trigger-without-body /actions/E/foreach',
    ]);
    const both = { ...recurring, manual: { type: 'Request', kind: 'Http' } };
    expect(found(each("@triggerOutputs()?['body']"), { triggers: both })).toEqual([]);
  });
});

describe('settings that the service refuses', () => {
  const waiting = (maximumWaitingRuns: unknown) => ({
    triggers: { R: { ...recurring.Recurrence, runtimeConfiguration: { concurrency: { runs: 5, maximumWaitingRuns } } } },
  });
  const refused = ['error loop-limits /triggers/R/runtimeConfiguration/concurrency/maximumWaitingRuns'];
  test.each<[unknown, CheckOptions, string[]]>([
    [2, {}, refused],
    ['9', { host: 'standard' }, refused],
    [10, { host: 'consumption' }, []],
    [100, { host: 'power-automate' }, []],
    [150, { host: 'consumption' }, refused],
    [150, { host: 'standard' }, []],
    [150, {}, []],
    [201, {}, refused],
    ["@parameters('n')", {}, []],
  ])('%j runs that wait, %o', (count, options, expected) => {
    const lines = found({}, { ...waiting(count), parameters: { n: { type: 'Int', defaultValue: 20 } } }, options);
    expect(lines).toEqual(expected);
  });

  test('chunked transfer in a stateless workflow', () => {
    const call = { A: { ...http, runtimeConfiguration: { contentTransfer: { transferMode: 'Chunked' } } } };
    const refused = ['error stateless /actions/A/runtimeConfiguration/contentTransfer'];
    expect(found(call, {}, { host: 'standard', kind: 'stateless' })).toEqual(refused);
    expect(found(call, {}, { host: 'standard', kind: 'Stateful' })).toEqual([]);
  });
});
