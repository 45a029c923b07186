import { describe, expect, it } from 'vitest';
import { compose, inTurn, run, variable } from './run.ts';

const outputsOf = (action: object, body?: unknown) =>
  run({ It: action as Record<string, unknown> }, { trigger: { body } }).action('It');
const people = [
  { name: 'Ann', age: 31 },
  { name: 'Bob', age: 29 },
];

describe('data', () => {
  it('Parse JSON gives what a text holds, and fails for what the schema refuses', () => {
    const parse = (content: unknown, schema: unknown) => ({ type: 'ParseJson', inputs: { content, schema } });
    const schema = { type: 'object', properties: { n: { type: 'integer' } }, required: ['n'] };
    expect(outputsOf(parse('@triggerBody()', schema), '{"n": 1}')).toMatchObject({ outputs: { body: { n: 1 } } });
    expect(outputsOf(parse('@triggerBody()', schema), { n: 'x' })).toMatchObject({ status: 'Failed', code: 'ValidationFailed' });
    expect(outputsOf(parse('@triggerBody()', schema), {})?.error?.message).toContain('required property "n"');
    expect(outputsOf(parse('@triggerBody()', {}), '{')).toMatchObject({ status: 'Failed', code: 'InvalidJson' });
    expect(outputsOf(parse('@null', {}))?.status).toBe('Failed');
    for (const depth of [1000, 200_000])
      expect(outputsOf(parse('@triggerBody()', {}), '['.repeat(depth) + ']'.repeat(depth))?.error?.message).toBe(
        'certflow does not run values that are nested more than 500 levels deep',
      );
  });

  it('Query keeps items, Select shapes them, Join makes a text', () => {
    expect(
      outputsOf({ type: 'Query', inputs: { from: '@triggerBody()', where: "@greater(item()?['age'], 30)" } }, people)?.outputs,
    ).toEqual({ body: [people[0]] });
    expect(
      outputsOf(
        { type: 'Select', inputs: { from: '@triggerBody()', select: { who: "@item()['name']", '@@id': "@{item()['age']}" } } },
        people,
      )?.outputs,
    ).toEqual({
      body: [
        { who: 'Ann', '@id': '31' },
        { who: 'Bob', '@id': '29' },
      ],
    });
    expect(outputsOf({ type: 'Join', inputs: { from: '@createArray(1, true, null)', joinWith: '; ' } })?.outputs).toEqual({
      body: '1; True; ',
    });
    expect(outputsOf({ type: 'Query', inputs: { from: 'x', where: '@true' } })).toMatchObject({
      status: 'Failed',
      code: 'BadRequest',
    });
  });

  it('Table makes HTML and CSV, by columns or by names, and escapes', () => {
    const rows = [{ a: 'x,"y"', b: '<i>' }];
    expect(outputsOf({ type: 'Table', inputs: { from: '@triggerBody()', format: 'CSV' } }, rows)?.outputs).toEqual({
      body: 'a,b\r\n"x,""y""",<i>\r\n',
    });
    const columns = [{ header: 'B', value: "@item()?['b']" }];
    expect(outputsOf({ type: 'Table', inputs: { from: '@triggerBody()', format: 'HTML', columns } }, rows)?.outputs).toEqual({
      body: '<table><thead><tr><th>B</th></tr></thead><tbody><tr><td>&lt;i&gt;</td></tr></tbody></table>',
    });
  });

  it.each([
    ['AddToTime', { baseTime: '2026-01-31T00:00:00Z', interval: 1, timeUnit: 'Month' }, '2026-02-28T00:00:00.0000000Z'],
    [
      'ConvertTimezone',
      {
        baseTime: '2026-07-01T12:00:00Z',
        sourceTimeZone: 'UTC',
        destinationTimeZone: 'W. Europe Standard Time',
        formatString: 'HH:mm',
      },
      '14:00',
    ],
    ['CurrentTime', {}, '2026-01-01T00:00:00.0000000Z'],
    ['GetPastTime', { interval: 1, timeUnit: 'Day' }, '2025-12-31T00:00:00.0000000Z'],
  ])('Expression of the kind %s', (kind, inputs, body) => {
    expect(outputsOf({ type: 'Expression', kind, inputs })?.outputs).toEqual({ body });
  });

  it('a key may hold an expression, and a text without one is a text', () => {
    expect(outputsOf(compose({ "@{concat('a', 'b')}": '@@x', '@@odata.type': 'y@z' }))?.outputs).toEqual({
      ab: '@x',
      '@odata.type': 'y@z',
    });
  });
});

describe('variables', () => {
  it('are set, counted and appended to', () => {
    const { variables } = run(
      inTurn({
        N: variable('n', 'integer', 1),
        L: variable('list', 'array'),
        T: variable('text', 'string', 'a'),
        Up: { type: 'IncrementVariable', inputs: { name: 'N', value: 4 } },
        Down: { type: 'DecrementVariable', inputs: { name: 'n' } },
        Add: { type: 'AppendToArrayVariable', inputs: { name: 'list', value: "@variables('n')" } },
        Put: { type: 'AppendToStringVariable', inputs: { name: 'text', value: '@true' } },
      }),
    );
    expect(variables).toEqual({ n: 4, list: [4], text: 'aTrue' });
  });

  it.each([
    ['integer', "@triggerBody()?['half']"],
    ['string', '@createArray(1)'],
    ['boolean', 'true'],
    ['array', 'x'],
    ['object', '@createArray()'],
  ])('of type %s take no %s', (type, value) => {
    const { action } = run(inTurn({ Make: variable('v', type), Set: { type: 'SetVariable', inputs: { name: 'v', value } } }), {
      trigger: { body: { half: 0.5 } },
    });
    expect(action('Set')).toMatchObject({ status: 'Failed', code: 'BadRequest' });
  });
});

describe('the trigger', () => {
  const trigger = (more: object) => ({ triggers: { when: { type: 'Request', ...more } } });

  it('starts a run for each item that it splits', () => {
    const split = run(
      { It: compose("@concat(triggerBody()?['n'], triggerOutputs()?['headers']?['h'])") },
      { trigger: { body: { value: [{ n: 1 }, { n: 2 }] }, headers: { h: '!' } } },
      trigger({ splitOn: "@triggerBody()?['value']" }),
    );
    expect([split, ...split.others].map((one) => one.actions[0]?.outputs)).toEqual(['1!', '2!']);
    expect(run({}, { trigger: { body: { value: 'x' } } }, trigger({ splitOn: "@triggerBody()?['value']" })).status).toBe(
      'Failed',
    );
    expect(run({}, { trigger: { body: { value: [] } } }, trigger({ splitOn: "@triggerBody()?['value']" }))).toMatchObject({
      status: 'Skipped',
      others: [],
    });
  });

  it('starts none where a condition does not hold', () => {
    const conditions = [{ expression: "@equals(triggerBody()?['ok'], true)" }];
    expect(run({ It: compose(1) }, { trigger: { body: { ok: true } } }, trigger({ conditions })).actions).toHaveLength(1);
    expect(run({ It: compose(1) }, { trigger: { body: { ok: false } } }, trigger({ conditions }))).toMatchObject({
      status: 'Skipped',
      actions: [],
      error: { code: 'TriggerConditionNotMet' },
    });
  });

  it('looks at its schema where it is told to', () => {
    const inputs = { schema: { type: 'object', required: ['id'] } };
    const strict = trigger({ inputs, operationOptions: 'EnableSchemaValidation' });
    expect(run({}, { trigger: { body: {} } }, strict)).toMatchObject({
      status: 'Failed',
      error: { code: 'TriggerInputSchemaMismatch' },
    });
    expect(run({}, { trigger: { body: { id: 1 } } }, strict).status).toBe('Succeeded');
    expect(run({}, { trigger: { body: {} } }, trigger({ inputs })).status).toBe('Succeeded');
  });

  it('must be meant', () => {
    const two = { triggers: { a: { type: 'Request' }, b: { type: 'Recurrence' } } };
    expect(() => run({}, {}, two)).toThrow('several triggers: name the one that fires (a, b)');
    expect(run({}, { trigger: { name: 'B' } }, two).trigger.name).toBe('b');
    expect(() => run({}, {}, { triggers: {} })).toThrow('no trigger');
    expect(() => run({}, { trigger: { name: 'c' } }, two)).toThrow('no trigger "c": it has a, b');
  });
});

describe('a run', () => {
  it('answers its caller once', () => {
    const { response, action } = run(
      inTurn({
        First: { type: 'Response', inputs: { statusCode: 201, headers: { 'x-a': '@{1}' }, body: { n: '@add(1, 1)' } } },
        Second: { type: 'Response', inputs: { statusCode: 200 } },
      }),
    );
    expect(response).toEqual({
      status: 201,
      headers: { 'x-a': '1', 'Content-Type': 'application/json; charset=utf-8' },
      body: { n: 2 },
    });
    expect(action('Second')?.status).toBe('Failed');
  });

  it('gives the outputs that it declares, and has parameters with defaults', () => {
    const declared = {
      parameters: { a: { type: 'String', defaultValue: 'x' }, B: { type: 'Int' } },
      outputs: { sum: { type: 'Int', value: "@add(parameters('b'), 1)" } },
    };
    expect(run({}, { parameters: { b: 2 } }, declared)).toMatchObject({ status: 'Succeeded', outputs: { sum: 3 } });
    expect(run({ It: compose("@parameters('b')") }, {}, declared).action('It')?.error?.message).toContain(
      "no value of the parameter 'b'",
    );
    expect(() => run({}, { parameters: { c: 1 } }, declared)).toThrow('no parameter "c"');
  });

  it('takes what the definition says in the place of an action', () => {
    const definition = {
      staticResults: {
        Ask0: { status: 'Succeeded', outputs: { statusCode: 'OK', body: 1 } },
        Ask1: { status: 'Failed', code: 'X', error: { message: 'm' } },
      },
    };
    const ask = (name: string, staticResultOptions = 'Enabled') => ({
      type: 'Http',
      inputs: { method: 'GET', uri: 'https://a.b/' },
      runtimeConfiguration: { staticResult: { name, staticResultOptions } },
    });
    const { action } = run({ Ask: ask('Ask0'), Bad: ask('ask1'), Off: ask('Ask0', 'Disabled') }, {}, definition);
    expect(action('Ask')).toMatchObject({ status: 'Succeeded', outputs: { body: 1 } });
    expect(action('Bad')).toMatchObject({ status: 'Failed', code: 'X' });
    expect(action('Off')?.code).toBe('NotRunByCertflow');
  });

  it('is the same for the same seed', () => {
    const made = (seed?: number) =>
      run({ It: compose('@concat(guid(), rand(0, 1000000))') }, seed === undefined ? {} : { seed }).action('It')?.outputs;
    expect(made()).toBe(made(1));
    expect(made()).not.toBe(made(2));
  });
});
