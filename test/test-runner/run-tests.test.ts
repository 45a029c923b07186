import { describe, expect, it } from 'vitest';
import type { SpecError } from '../../src/spec/spec-error.ts';
import { runTests } from '../../src/test-runner/run-tests.ts';
import { parseTestFile } from '../../src/test-runner/test-file.ts';

const secret = 'c2VjcmV0LXBmeA';
const ask = (name: string, runAfter: object = {}, more: object = {}) => ({
  [name]: {
    type: 'Http',
    inputs: { method: 'GET', uri: `https://${name.toLowerCase()}.contoso.com/a`, queries: { q: 1 } },
    runAfter,
    ...more,
  },
});
const definition = {
  parameters: { greeting: { type: 'String', defaultValue: 'hello' } },
  triggers: { manual: { type: 'Request', kind: 'Http' } },
  actions: {
    ...ask('First'),
    ...ask('Second', { First: ['Succeeded'] }),
    Secret: { type: 'Compose', inputs: '@triggerBody()', runAfter: {} },
    Each: {
      type: 'Foreach',
      foreach: '@createArray(1, 2, 3)',
      runAfter: {},
      actions: { Item: { type: 'Compose', inputs: '@item()' } },
    },
    Answer: {
      type: 'Response',
      inputs: { statusCode: 200, headers: { 'X-Greeting': "@parameters('greeting')" }, body: { n: [1, 2] } },
      runAfter: { Each: ['Succeeded'] },
    },
  },
};

/** What a case of these expectations comes to: each failure and mistake as `pointer: message`. */
function results(expected: object, more: object = {}, oneMore: object = {}, workflow: object = definition) {
  const file = {
    workflow: 'w.json',
    mocks: [{ host: 'first.contoso.com' }, { host: 'second.contoso.com' }],
    cases: [{ name: 'one', expect: expected, ...oneMore }],
    ...more,
  };
  const { cases, mistakes } = runTests(parseTestFile(JSON.stringify(file), 'w.certflow-test.yaml'), {
    definition: workflow as Record<string, unknown>,
  });
  const text = (all: readonly { pointer: string; message: string }[]) =>
    all.map(({ pointer, message }) => `${pointer}: ${message}`);
  return { failures: text(cases.flatMap(({ failures }) => failures)), mistakes: text(mistakes), all: mistakes };
}

describe('what holds', () => {
  it.each<[string, object]>([
    ['a status', { status: 'Succeeded' }],
    [
      'statuses and values of actions',
      {
        actions: {
          First: 'Succeeded',
          second: { status: 'Succeeded', code: 'OK', outputs: { statusCode: 200 }, hidden: [] },
          Item: { times: 3 },
        },
      },
    ],
    [
      'requests in their order',
      {
        requests: [
          { action: 'First', method: 'get', path: '/a', queries: { q: 1 } },
          { host: 'second.contoso.com', times: 1 },
        ],
      },
    ],
    ['a response', { response: { status: 200, headers: { 'x-greeting': 'hello' }, body: { n: [1, 2] } } }],
    ['what must not be', { not: { actions: ['Second2'].slice(1), requests: [{ host: 'third.contoso.com' }] } }],
    ['secrets that nobody shows', { secrets: [secret] }],
  ])('%s', (_, expected) => {
    expect(results(expected)).toMatchObject({ failures: [], mistakes: [] });
  });
});

describe('what does not hold is told', () => {
  it.each<[object, string[]]>([
    [{ status: 'Failed' }, ['/cases/0/expect/status: the run is Succeeded, not Failed']],
    [{ error: 'X' }, ["/cases/0/expect/error: the run's error is none, not X"]],
    [{ runs: 2 }, ['/cases/0/expect/runs: 1 runs start, not 2']],
    [{ actions: { First: 'Skipped' } }, ['/cases/0/expect/actions/First: "First" is Succeeded, not Skipped']],
    [{ actions: { First: { code: 'X' } } }, ['/cases/0/expect/actions/First/code: the code of "First" is OK, not X']],
    [
      { actions: { First: { outputs: { statusCode: 201 } } } },
      ['/cases/0/expect/actions/First/outputs: the outputs of "First" at /statusCode: 201 is expected, and it is 200'],
    ],
    [
      { actions: { First: { outputs: { body: 1 } } } },
      ['/cases/0/expect/actions/First/outputs: the outputs of "First" at /body: 1 is expected, and there is no such member'],
    ],
    [
      { actions: { First: { hidden: ['outputs'] } } },
      ['/cases/0/expect/actions/First/hidden: run history hides nothing of "First", not outputs'],
    ],
    [{ actions: { Item: { times: 2 } } }, ['/cases/0/expect/actions/Item/times: "Item" ran 3 times, not 2']],
    [
      { requests: [{ host: 'third.contoso.com' }] },
      [
        '/cases/0/expect/requests/0: no such request is made; there are GET https://first.contoso.com/a?q=1 of "First", GET https://second.contoso.com/a?q=1 of "Second"',
      ],
    ],
    [
      { requests: [{ action: 'Second' }, { action: 'First' }] },
      ['/cases/0/expect/requests/1: the request is made before the one above it'],
    ],
    [{ requests: [{ action: 'First', times: 2 }] }, ['/cases/0/expect/requests/0: the request is made 1 times, not 2']],
    [{ requests: [{ action: 'First', queries: { q: 2 } }] }, [expect.stringContaining('no such request')]],
    [{ response: { status: 201 } }, ['/cases/0/expect/response: response at /status: 201 is expected, and it is 200']],
    [
      { response: { body: { n: [1] } } },
      ['/cases/0/expect/response: response at /body/n: a list of 1 is expected, and it has 2'],
    ],
    [{ variables: { v: 1 } }, ['/cases/0/expect/variables: variables at /v: 1 is expected, and there is no such member']],
    [{ not: { actions: ['First'] } }, ['/cases/0/expect/not/actions/0: "First" ran, and is Succeeded']],
    [{ not: { requests: [{ path: '/a' }] } }, ['/cases/0/expect/not/requests/0: the request is made 2 times']],
  ])('%j', (expected, failures) => {
    expect(results(expected).failures).toEqual(failures);
  });

  it('a secret that history shows, and not the secret', () => {
    const { failures } = results({ secrets: [secret] }, {}, { trigger: { body: secret } });
    expect(failures).toEqual(['/cases/0/expect/secrets/0: run history shows the secret in "manual", "Secret"']);
  });

  it('what is hidden, without its value', () => {
    const hidden = {
      ...definition,
      actions: ask('First', {}, { runtimeConfiguration: { secureData: { properties: ['inputs', 'outputs'] } } }),
    };
    const { failures } = results(
      { actions: { First: { outputs: { body: 'x' } } }, requests: [{ host: 'none' }] },
      { mocks: [{ host: 'first.contoso.com', answer: { body: secret } }] },
      {},
      hidden,
    );
    expect(failures).toEqual([
      '/cases/0/expect/actions/First/outputs: the outputs of "First" at /body: they are not as expected, and run history hides them',
      '/cases/0/expect/requests/0: no such request is made; there are GET (hidden) of "First"',
    ]);
  });

  it('what certflow does not run', () => {
    const { failures } = results(
      { actions: { Map: 'Failed' } },
      { mocks: [] },
      {},
      { ...definition, actions: { Map: { type: 'Liquid', inputs: {} } } },
    );
    expect(failures).toEqual(['/cases/0: certflow does not run actions of the type Liquid']);
  });

  it('why a run fails: the first action that did, and what it says', () => {
    const { failures } = results(
      { status: 'Succeeded', actions: { First: { code: 'Forbidden' } } },
      { mocks: [] },
      {},
      {
        ...definition,
        parameters: { host: { type: 'String' } },
        actions: { First: { type: 'Compose', inputs: "@parameters('host')" } },
      },
    );
    const why = "There is no value of the parameter 'host'.";
    expect(failures).toEqual([
      `/cases/0/expect/status: the run is Failed, not Succeeded: "First" is Failed: InvalidTemplate: ${why}`,
      `/cases/0/expect/actions/First/code: the code of "First" is InvalidTemplate, not Forbidden: ${why}`,
    ]);
  });

  it('a parameter that is not there', () => {
    expect(results({ status: 'Succeeded' }, { parameters: { greting: 'x' } }).failures).toEqual([
      '/cases/0: the workflow has no parameter "greting": did you mean "greeting"?',
    ]);
  });
});

describe('wrong tests are told', () => {
  it('names that no action has', () => {
    const { mistakes, all } = results(
      {
        actions: { Frist: 'Succeeded' },
        requests: [{ action: 'Other' }],
        not: { actions: ['Third'], requests: [{ action: 'Fourth' }] },
      },
      { mocks: [{ host: 'first.contoso.com' }, { host: 'second.contoso.com' }, { action: 'Fifth' }] },
      { mocks: [{ action: 'Sixth' }] },
    );
    expect(mistakes.filter((one) => one.includes('has no action')).map((one) => one.replace(/: .*"(.*)"/, ' $1'))).toEqual([
      '/mocks/2/action Fifth',
      '/cases/0/mocks/0/action Sixth',
      '/cases/0/expect/actions/Frist Frist',
      '/cases/0/expect/not/actions/0 Third',
      '/cases/0/expect/requests/0/action Other',
      '/cases/0/expect/not/requests/0/action Fourth',
    ]);
    expect(all.find(({ message }) => message.includes('Frist'))).toMatchObject({
      severity: 'error',
      help: 'did you mean "First"?',
      range: { start: { line: 1 } },
    });
  });

  it('mocks that answer nothing, of the file in no case and of a case in that one', () => {
    const { mistakes } = results(
      { status: 'Succeeded' },
      { mocks: [{ host: 'first.contoso.com' }, { host: 'second.contoso.com' }, { host: 'idle.contoso.com' }] },
      { mocks: [{ action: 'Item' }] },
    );
    expect(mistakes).toEqual([
      '/cases/0/mocks/0: the mock answers nothing in this case',
      '/mocks/2: the mock answers nothing in any case',
    ]);
  });

  it('two mocks of which only the first can answer', () => {
    const both = { mocks: [{ host: 'first.contoso.com' }, { host: 'second.contoso.com' }, { method: 'GET' }] };
    expect(results({ status: 'Succeeded' }, both).mistakes).toContain(
      '/mocks/2: the mock fits a request that the one at /mocks/1 answers: only the first one is asked',
    );
  });

  it('a mock of a case in the place of one of all is meant', () => {
    const { mistakes } = results({ status: 'Failed' }, {}, { mocks: [{ host: 'first.contoso.com', answer: { status: 400 } }] });
    expect(mistakes.filter((one) => one.includes('only the first'))).toEqual([]);
  });
});

describe('a test file', () => {
  it.each<[string, string]>([
    ['workflow: w.json\ncases: []', 'cases is an empty list'],
    ['workflow: w.json\ncases: [{ name: a, expect: { status: Suceeded } }]', 'did you mean "Succeeded"?'],
    ['workflow: w.json\ncases: [{ name: a, expect: { actions: { A: { stauts: Failed } } } }]', 'did you mean "status"?'],
    ['workflow: w.json\ncases: [{ name: a, expect: { actions: { A: Faild } } }]', 'did you mean "Failed"?'],
    ['cases: [{ name: a, expect: { status: Failed } }]', '"workflow" is missing'],
    ['workflow: w.json\nnow: noon\ncases: [{ name: a, expect: { status: Failed } }]', 'a time such as'],
    ['workflow: w.json\ncases: [{ name: a, expect: { secrets: [abc] } }]', 'at least four characters'],
  ])('%s is refused', (text, message) => {
    const words = (): string => {
      try {
        parseTestFile(text, 'w.certflow-test.yaml');
        return 'taken';
      } catch (error) {
        return JSON.stringify((error as SpecError).diagnostics).replaceAll('\\"', '"');
      }
    };
    expect(words()).toContain(message);
  });
});
