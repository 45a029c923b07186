import { describe, expect, it } from 'vitest';
import { compose, inTurn, run, variable } from './run.ts';

describe('runAfter', () => {
  it('runs after a failure where that is asked for, and the run succeeds', () => {
    const { status, action } = run({
      Break: compose("@int('x')"),
      Mend: compose('mended', { runAfter: { Break: ['Failed', 'TimedOut'] } }),
      Other: compose('other', { runAfter: { Break: ['Succeeded'] } }),
    });
    expect(action('Break')).toMatchObject({ status: 'Failed', code: 'InvalidTemplate' });
    expect(action('Mend')).toMatchObject({ status: 'Succeeded', outputs: 'mended' });
    expect(action('Other')?.status).toBe('Skipped');
    // The branch that ends with Other counts as what it waited for.
    expect(status).toBe('Failed');
  });

  it('knows names and statuses in any case', () => {
    const { action } = run({ One: compose(1), Two: compose(2, { runAfter: { ONE: ['SUCCEEDED'] } }) });
    expect(action('Two')?.status).toBe('Succeeded');
  });

  it('skips what waits for what was skipped, and those in it', () => {
    const { action } = run({
      Break: compose('@div(1, 0)'),
      Group: { type: 'Scope', runAfter: { Break: ['Succeeded'] }, actions: { Inside: compose(1) } },
      After: compose(2, { runAfter: { Group: ['Skipped'] } }),
    });
    expect([action('Group')?.status, action('Inside')?.status, action('After')?.status]).toEqual([
      'Skipped',
      'Skipped',
      'Succeeded',
    ]);
  });

  it('starts a branch on the clock when what it waits for has ended', () => {
    const { action, endTime } = run({
      Long: { type: 'Wait', inputs: { interval: { count: 10, unit: 'Minute' } } },
      Short: { type: 'Wait', inputs: { interval: { count: 1, unit: 'Minute' } } },
      Then: compose('@utcNow()', { runAfter: { Short: ['Succeeded'] } }),
    });
    expect(action('Then')?.outputs).toBe('2026-01-01T00:01:00.0000000Z');
    expect(endTime).toBe('2026-01-01T00:10:00.000Z');
  });
});

describe('If and Switch', () => {
  it.each([
    ['@equals(1, 1)', 'Yes'],
    [{ and: [{ equals: ["@triggerBody()?['n']", 3] }, { not: { contains: ['@createArray(1)', 2] } }] }, 'Yes'],
    [{ or: [{ greater: [1, 2] }, { less: ["@int('5')", 4] }] }, 'No'],
    [{ equals: ["@triggerBody()?['gone']", null] }, 'Yes'],
  ])('takes the branch of %j', (expression, taken) => {
    const { action } = run(
      { Choose: { type: 'If', expression, actions: { Yes: compose(1) }, else: { actions: { No: compose(2) } } } },
      { trigger: { body: { n: 3 } } },
    );
    const other = taken === 'Yes' ? 'No' : 'Yes';
    expect([action(taken)?.status, action(other)?.status, action('Choose')?.status]).toEqual([
      'Succeeded',
      'Skipped',
      'Succeeded',
    ]);
  });

  it('fails where the condition is no boolean', () => {
    expect(run({ Choose: { type: 'If', expression: '@add(1, 1)', actions: {} } }).action('Choose')?.status).toBe('Failed');
  });

  it('fails where an action of the branch fails', () => {
    const { status, action } = run({
      Choose: { type: 'If', expression: '@equals(1, 1)', actions: { Bad: compose('@first(1)') } },
    });
    expect([status, action('Choose')?.status, action('Choose')?.code]).toEqual(['Failed', 'Failed', 'ActionFailed']);
  });

  it('takes the case of the value, else the default', () => {
    const definition = {
      Which: {
        type: 'Switch',
        expression: "@triggerBody()?['kind']",
        cases: { A: { case: 'a', actions: { InA: compose(1) } }, B: { case: 'b', actions: { InB: compose(2) } } },
        default: { actions: { InDefault: compose(3) } },
      },
    };
    const ran = (kind: unknown) =>
      run(definition, { trigger: { body: { kind } } })
        .actions.filter(({ status, type }) => status === 'Succeeded' && type === 'Compose')
        .map(({ name }) => name);
    expect([ran('a'), ran('b'), ran('c'), ran(1)]).toEqual([['InA'], ['InB'], ['InDefault'], ['InDefault']]);
  });
});

describe('Foreach', () => {
  const loop = (foreach: unknown, actions: object, more: object = {}) => ({ type: 'Foreach', foreach, actions, ...more });

  it('gives each round its item, and the rounds as lists outside', () => {
    const { of, action } = run({
      Each: loop('@createArray(1, 2, 3)', {
        Twice: compose('@mul(item(), 2)'),
        Same: compose("@items('Each')", { runAfter: { Twice: ['Succeeded'] } }),
      }),
      All: compose("@outputs('Twice')", { runAfter: { Each: ['Succeeded'] } }),
    });
    expect(of('Twice').map(({ outputs }) => outputs)).toEqual([2, 4, 6]);
    expect(of('Twice')[2]?.iterations).toEqual([{ loop: 'Each', index: 2 }]);
    expect(action('All')?.outputs).toEqual([2, 4, 6]);
  });

  it('knows what ran before it, within and outside', () => {
    const { of } = run({
      Before: compose(10),
      Each: loop(
        '@createArray(1, 2)',
        {
          One: compose("@add(outputs('Before'), item())"),
          Two: compose("@outputs('One')", { runAfter: { One: ['Succeeded'] } }),
        },
        { runAfter: { Before: ['Succeeded'] } },
      ),
    });
    expect(of('Two').map(({ outputs }) => outputs)).toEqual([11, 12]);
  });

  it('knows the items of loops around it by name', () => {
    const { of } = run({
      Outer: loop('@createArray(1, 2)', {
        Inner: loop("@createArray('a', 'b')", { Pair: compose("@concat(items('Outer'), item(), items('INNER'))") }),
      }),
    });
    expect(of('Pair').map(({ outputs }) => outputs)).toEqual(['1aa', '1bb', '2aa', '2bb']);
  });

  it('runs twenty rounds beside each other, one with Sequential, and as many as are wanted', () => {
    const wait = { Wait: { type: 'Wait', inputs: { interval: { count: 1, unit: 'Minute' } } } };
    const taken = (more: object) =>
      Date.parse(run({ Each: loop('@range(0, 40)', wait, more) }).endTime) - Date.parse('2026-01-01T00:00:00Z');
    expect(taken({}) / 60_000).toBe(2);
    expect(taken({ operationOptions: 'Sequential' }) / 60_000).toBe(40);
    expect(taken({ runtimeConfiguration: { concurrency: { repetitions: 10 } } }) / 60_000).toBe(4);
  });

  it('goes on after a round that fails, and fails', () => {
    const { action, of } = run({ Each: loop('@createArray(1, 0, 2)', { Divide: compose('@div(2, item())') }) });
    expect(of('Divide').map(({ status }) => status)).toEqual(['Succeeded', 'Failed', 'Succeeded']);
    expect(action('Each')?.status).toBe('Failed');
  });

  it('has nothing to do without items, and fails without an array', () => {
    expect(
      run({ Each: loop('@createArray()', { In: compose(1) }) })
        .of('In')
        .map(({ status }) => status),
    ).toEqual(['Skipped']);
    expect(run({ Each: loop('@triggerBody()', { In: compose(1) }) }).action('Each')).toMatchObject({
      status: 'Failed',
      code: 'ExpressionEvaluationFailed',
    });
  });

  it('gives what the rounds have become as result()', () => {
    const { action } = run({
      Each: loop('@createArray(1, 0)', { Divide: compose('@div(2, item())') }),
      Failed: {
        type: 'Query',
        inputs: { from: "@result('Each')[0]['outputs']", where: "@equals(item()?['status'], 'Failed')" },
        runAfter: { Each: ['Failed'] },
      },
    });
    expect(action('Failed')?.outputs).toMatchObject({ body: [{ name: 'Divide', status: 'Failed', code: 'InvalidTemplate' }] });
  });
});

describe('Until', () => {
  const until = (expression: string, limit: object, more: object = {}) => ({
    type: 'Until',
    expression,
    limit,
    actions: inTurn({
      Count: { type: 'IncrementVariable', inputs: { name: 'n', value: 1 } },
      Pause: { type: 'Wait', inputs: { interval: { count: 10, unit: 'Minute' } } },
    }),
    ...more,
  });
  const with0 = (loop: object) => run(inTurn({ Start: variable('n', 'integer', 0), Loop: loop as Record<string, unknown> }));

  it('runs until its condition holds', () => {
    const { variables, of } = with0(until("@equals(variables('n'), 5)", { count: 60, timeout: 'PT10H' }));
    expect(variables).toEqual({ n: 5 });
    expect(of('Count')).toHaveLength(5);
  });

  it('ends at its count and at its time, and succeeds all the same', () => {
    expect(with0(until('@equals(1, 2)', { count: 3, timeout: 'PT10H' }))).toMatchObject({
      status: 'Succeeded',
      variables: { n: 3 },
    });
    expect(with0(until('@equals(1, 2)', { count: 60, timeout: 'PT35M' }))).toMatchObject({
      status: 'Succeeded',
      variables: { n: 4 },
    });
  });

  it('ends after an hour where nothing is said', () => {
    expect(with0(until('@equals(1, 2)', {})).variables).toEqual({ n: 6 });
  });

  it('fails at its limits where that is asked for', () => {
    expect(with0(until('@equals(1, 2)', { count: 3 }, { operationOptions: 'FailWhenLimitsReached' })).status).toBe('Failed');
  });

  it('knows what its actions gave, in its condition and after it', () => {
    const { action } = run(
      inTurn({
        Loop: {
          type: 'Until',
          expression: "@equals(outputs('Index'), 2)",
          actions: { Index: compose("@iterationIndexes('Loop')") },
        },
        After: compose("@outputs('Index')"),
      }),
    );
    expect(action('After')?.outputs).toBe(2);
  });
});

describe('Terminate', () => {
  it('ends the run with its status and error', () => {
    const { status, error, action } = run(
      inTurn({
        Stop: { type: 'Terminate', inputs: { runStatus: 'Failed', runError: { code: 'E1', message: 'no more' } } },
        Never: compose(1),
      }),
    );
    expect({ status, error }).toEqual({ status: 'Failed', error: { code: 'E1', message: 'no more' } });
    expect(action('Never')?.status).toBe('Skipped');
  });

  it('ends it from within a loop', () => {
    const { status, of } = run({
      Each: {
        type: 'Foreach',
        foreach: '@range(0, 9)',
        actions: { Stop: { type: 'Terminate', inputs: { runStatus: 'Cancelled' } } },
      },
    });
    expect([status, of('Stop').length]).toEqual(['Cancelled', 1]);
  });
});

describe('limits', () => {
  it('ends a run of too many actions by name', () => {
    const { status, error, notRun } = run(
      { Each: { type: 'Foreach', foreach: '@range(0, 100)', actions: { In: compose(1) } } },
      { mostSteps: 50 },
    );
    expect([status, error?.code, notRun]).toEqual(['Failed', 'NotRunByCertflow', ['runs of more than 50 actions']]);
  });

  it('does not build what no memory holds', () => {
    const doubling = Object.fromEntries(
      Array.from({ length: 40 }, (_, index) => [
        `Step${index}`,
        compose(index === 0 ? 'x' : `@concat(outputs('Step${index - 1}'), outputs('Step${index - 1}'))`),
      ]),
    );
    const { notRun } = run(inTurn(doubling));
    expect(notRun).toEqual(['texts of more than 16777216 characters']);
  });

  it('refuses what waits for each other', () => {
    const { status, error } = run({
      A: compose(1, { runAfter: { B: ['Succeeded'] } }),
      B: compose(2, { runAfter: { A: ['Succeeded'] } }),
    });
    expect([status, error?.code]).toEqual(['Failed', 'InvalidTemplate']);
  });
});
