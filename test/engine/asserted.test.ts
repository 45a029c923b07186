import { describe, expect, it } from 'vitest';
import type { RunOptions } from '../../src/engine/options.ts';
import { runDefinition } from '../../src/engine/run.ts';

/**
 * What LogicAppUnit's samples assert of runs in Microsoft's own runtime, with workflows of our own.
 * Source: https://github.com/LogicAppUnit/TestingFramework, src/LogicAppUnit.Samples.LogicApps.Tests, by the name of the sample.
 */
type Group = Readonly<Record<string, unknown>>;

function run(actions: Group, options: RunOptions, trigger: Group = { type: 'Request', kind: 'Http', inputs: {} }) {
  const ran = runDefinition({ triggers: { start: trigger }, actions }, options);
  const all = (name: string) => ran.actions.filter((one) => one.name === name);
  return { ...ran, all, statuses: (...names: string[]) => names.map((name) => all(name).at(-1)?.status) };
}
const after = (name: string, ...states: string[]) => ({ runAfter: { [name]: states } });
const ask = (host: string, more: Group = {}) => ({
  type: 'Http',
  inputs: { method: 'GET', uri: `https://${host}/orders/@{triggerBody()?['order']}`, retryPolicy: { type: 'none' } },
  operationOptions: 'DisableAsyncPattern',
  ...more,
});
const answer = (statusCode: unknown, body: unknown, more: Group = {}) => ({
  type: 'Response',
  kind: 'http',
  inputs: { statusCode, body },
  ...more,
});

describe('HttpWorkflow', () => {
  const actions = {
    'Knows the key': {
      type: 'If',
      expression: { and: [{ equals: ["@triggerOutputs()?['headers']?['x-key']", 'right'] }] },
      actions: {
        Read: ask('shop.example'),
        'Was read': {
          type: 'If',
          expression: { and: [{ equals: ["@outputs('Read')['statusCode']", 200] }] },
          actions: {
            Parse: {
              type: 'ParseJson',
              inputs: {
                content: "@body('Read')",
                schema: { type: 'object', properties: { first: { type: 'string' }, born: { type: ['string', 'null'] } } },
              },
            },
            Write: {
              type: 'Http',
              inputs: {
                method: 'PUT',
                uri: "https://store.example/orders/@{triggerBody()?['order']}",
                headers: { 'Content-Type': 'application/json', 'x-key': "Key @{toLower('ABC')}" },
                body: {
                  id: "@{triggerBody()?['order']}",
                  when: "@triggerBody()?['when']",
                  name: "@concat(body('Parse')?['first'], ' ', body('Parse')?['last'])",
                  born: "@body('Parse')?['born']",
                },
                retryPolicy: { type: 'none' },
              },
              ...after('Parse', 'Succeeded'),
            },
            'Was written': {
              type: 'If',
              expression: { and: [{ equals: ["@outputs('Write')['statusCode']", 200] }] },
              actions: { Done: answer(200, 'All is written') },
              else: { actions: { 'Not written': answer("@outputs('Write')['statusCode']", "Not written: @{body('Write')}") } },
              ...after('Write', 'Succeeded', 'FAILED', 'SKIPPED', 'TIMEDOUT'),
            },
          },
          else: { actions: { 'Not read': answer("@outputs('Read')['statusCode']", "Not read: @{body('Read')}") } },
          ...after('Read', 'SUCCEEDED', 'TIMEDOUT', 'SKIPPED', 'FAILED'),
        },
      },
      else: { actions: { Refuse: answer(401, 'No key, or a wrong one') } },
      runAfter: {},
    },
  };
  const fired = (key: string, ...mocks: NonNullable<RunOptions['mocks']>) =>
    run(actions, {
      trigger: { body: { order: 17, when: '2026-08-27T08:45:00.1493711Z' }, headers: { 'x-key': key } },
      mocks,
    });
  const plain = { 'Content-Type': 'text/plain; charset=utf-8' };
  const read = { host: 'shop.example', answer: { body: { first: 'Ann', last: 'Lee', born: null } } };

  it('refuses a wrong key, and the run succeeds', () => {
    const { status, response, statuses, requests } = fired('wrong');
    expect([status, response]).toEqual(['Succeeded', { status: 401, headers: plain, body: 'No key, or a wrong one' }]);
    expect(statuses('Refuse', 'Read', 'Write')).toEqual(['Succeeded', 'Skipped', 'Skipped']);
    expect(requests).toEqual([]);
  });

  it('hands on that the first service fails', () => {
    const { status, response, statuses } = fired('right', { host: 'shop.example', answer: { status: 500, body: 'broken' } });
    expect([status, response]).toEqual(['Succeeded', { status: 500, headers: plain, body: 'Not read: broken' }]);
    expect(statuses('Refuse', 'Read', 'Not read', 'Write')).toEqual(['Skipped', 'Failed', 'Succeeded', 'Skipped']);
  });

  it('hands on that the second one does', () => {
    const { status, response, statuses } = fired('right', read, { host: 'store.example', answer: { status: 500, body: 'dead' } });
    expect([status, response]).toEqual(['Succeeded', { status: 500, headers: plain, body: 'Not written: dead' }]);
    expect(statuses('Read', 'Write', 'Not written', 'Done')).toEqual(['Succeeded', 'Failed', 'Succeeded', 'Skipped']);
  });

  it('writes what it read', () => {
    const { status, response, statuses, requests } = fired('right', read, { host: 'store.example', answer: { body: 'ok' } });
    expect([status, response?.body]).toEqual(['Succeeded', 'All is written']);
    expect(statuses('Write', 'Not written', 'Done')).toEqual(['Succeeded', 'Skipped', 'Succeeded']);
    expect(requests[1]).toMatchObject({
      method: 'PUT',
      path: '/orders/17',
      headers: { 'Content-Type': 'application/json', 'x-key': 'Key abc' },
      body: { id: '17', when: '2026-08-27T08:45:00.1493711Z', name: 'Ann Lee', born: null },
    });
  });
});

describe('HttpAsyncWorkflow', () => {
  const actions = {
    Answer: answer(200, 'Taken', { runAfter: {}, operationOptions: 'Asynchronous' }),
    Write: ask('store.example', after('Answer', 'SUCCEEDED')),
  };
  it('fails after it has answered, and the answer stays', () => {
    const { status, response, statuses } = run(actions, { mocks: [{ host: 'store.example', answer: { status: 500 } }] });
    expect([status, response?.status, response?.body]).toEqual(['Failed', 200, 'Taken']);
    expect(statuses('Answer', 'Write')).toEqual(['Succeeded', 'Failed']);
  });
});

describe('LoopWorkflow', () => {
  const list = (name: string, type: string, value?: unknown) => ({
    type: 'InitializeVariable',
    inputs: { variables: [{ name, type, ...(value !== undefined && { value }) }] },
  });
  const post = (host: string, body: unknown, more: Group = {}) => ({
    type: 'Http',
    inputs: { method: 'POST', uri: `https://${host}/`, body, retryPolicy: { type: 'none' } },
    ...more,
  });
  const append = (name: string, from: string) => ({
    type: 'AppendToArrayVariable',
    inputs: { name, value: `@body('${from}')` },
    ...after(from, 'Succeeded', 'FAILED'),
  });
  const actions = {
    Count: { ...list('count', 'integer', 0), runAfter: {} },
    Ones: { ...list('ones', 'array'), ...after('Count', 'Succeeded') },
    Twos: { ...list('twos', 'array'), ...after('Ones', 'Succeeded') },
    Until: {
      type: 'Until',
      expression: "@equals(variables('count'), triggerBody()?['rounds'])",
      limit: { count: 60, timeout: 'PT1H' },
      actions: {
        // The order of the definition is not that of the run.
        One: post('one.example', { round: "@variables('count')" }, after('Add', 'Succeeded')),
        'Keep one': append('ones', 'One'),
        Add: { type: 'IncrementVariable', inputs: { name: 'count', value: 1 } },
      },
      ...after('Twos', 'Succeeded'),
    },
    Each: {
      type: 'Foreach',
      foreach: "@variables('ones')",
      actions: { Two: post('two.example', "@items('Each')"), 'Keep two': append('twos', 'Two') },
      runtimeConfiguration: { concurrency: { repetitions: 1 } },
      ...after('Until', 'Succeeded'),
    },
    Answer: answer(
      200,
      { count: "@variables('count')", ones: "@variables('ones')", twos: "@variables('twos')" },
      after('Each', 'Succeeded'),
    ),
  };

  it('goes on where a failure is waited for, in both kinds of loops', () => {
    const well = (text: string) => ({ body: { text } });
    const [bad, worse] = [
      { status: 500, body: { text: 'bad' } },
      { status: 400, body: { text: 'worse' } },
    ];
    const { status, response, all, requests } = run(actions, {
      trigger: { body: { rounds: 5 } },
      mocks: [
        { host: 'one.example', answers: [well('a'), well('a'), well('a'), bad, well('a')] },
        { host: 'two.example', answers: [well('b'), worse, worse, well('b')] },
      ],
    });
    expect(status).toBe('Succeeded');
    expect(all('One').map((one) => one.status)).toEqual(['Succeeded', 'Succeeded', 'Succeeded', 'Failed', 'Succeeded']);
    expect(all('Two').map((one) => one.status)).toEqual(['Succeeded', 'Failed', 'Failed', 'Succeeded', 'Succeeded']);
    expect([all('Until'), all('Each'), all('Answer')].map((one) => one.length)).toEqual([1, 1, 1]);
    expect(requests.map(({ body }) => body).slice(0, 5)).toEqual([1, 2, 3, 4, 5].map((round) => ({ round })));
    const texts = (...all: string[]) => all.map((text) => ({ text }));
    expect(response?.body).toEqual({
      count: 5,
      ones: texts('a', 'a', 'a', 'bad', 'a'),
      twos: texts('b', 'worse', 'worse', 'b', 'b'),
    });
  });
});

describe('InvokeWorkflow', () => {
  const call = (isUrgent: boolean) => ({
    type: 'Workflow',
    inputs: {
      host: { workflow: { id: 'other' } },
      headers: { Source: "@triggerOutputs()?['body']?['from']?['name']", Urgent: isUrgent },
      body: "@triggerOutputs()?['body']?['content']",
    },
  });
  const provider = (operationId: string, parameters: Group, more: Group) => ({
    type: 'ServiceProvider',
    inputs: {
      parameters,
      serviceProviderConfiguration: { connectionName: 'c', operationId, serviceProviderId: '/serviceProviders/AzureBlob' },
    },
    ...more,
  });
  const actions = {
    Which: {
      type: 'If',
      expression: { and: [{ contains: ["@triggerBody()?['name']", 'Urgent'] }] },
      actions: {
        Urgently: call(true),
        Queue: provider(
          'putMessage',
          {
            message:
              "{ \"name\": \"@{triggerOutputs()?['body']?['name']}\", \"content\":  @{triggerOutputs()?['body']?['content']} }",
          },
          after('Urgently', 'SUCCEEDED', 'TIMEDOUT', 'FAILED'),
        ),
      },
      else: { actions: { Usually: call(false) } },
      runAfter: {},
    },
    Delete: provider(
      'deleteBlob',
      { name: "@triggerOutputs()?['body']?['name']" },
      after('Which', 'SUCCEEDED', 'FAILED', 'TIMEDOUT'),
    ),
  };
  const fired = (name: string) =>
    run(actions, {
      trigger: { body: { name, from: { name: 'box' }, content: { id: 1, title: 'Mr' } } },
      mocks: ['Urgently', 'Queue', 'Usually', 'Delete'].map((action) => ({ action })),
    });

  it('takes one way or the other; contains() tells capitals from small letters', () => {
    const usual = fired('usual.json');
    expect(usual.statuses('Usually', 'Urgently', 'Queue', 'Delete')).toEqual(['Succeeded', 'Skipped', 'Skipped', 'Succeeded']);
    expect(usual.all('Usually')[0]?.inputs).toMatchObject({
      headers: { Source: 'box', Urgent: false },
      body: { id: 1, title: 'Mr' },
    });
    expect(fired('urgent.json').statuses('Urgently')).toEqual(['Skipped']);
    const urgent = fired('Urgent.json');
    expect(urgent.statuses('Usually', 'Urgently', 'Queue', 'Delete')).toEqual(['Skipped', 'Succeeded', 'Succeeded', 'Succeeded']);
    // An object within a text is JSON without white space.
    expect(urgent.all('Queue')[0]?.inputs).toMatchObject({
      parameters: { message: '{ "name": "Urgent.json", "content":  {"id":1,"title":"Mr"} }' },
    });
  });
});

describe('StatelessWorkflow', () => {
  const path = "triggerOutputs()['relativePathParameters']";
  const actions = {
    Upload: {
      type: 'ServiceProvider',
      inputs: {
        parameters: { name: `@${path}['blob']`, content: '@triggerBody()' },
        serviceProviderConfiguration: {
          connectionName: 'c',
          operationId: 'uploadBlob',
          serviceProviderId: '/serviceProviders/AzureBlob',
        },
      },
      runAfter: {},
    },
    Well: answer(200, `'@{${path}['blob']}' is there`, after('Upload', 'Succeeded')),
    Badly: answer(500, `'@{${path}['blob']}' is not there`, after('Upload', 'FAILED', 'TIMEDOUT')),
  };
  const fired = (answer: Group) =>
    run(actions, {
      trigger: { outputs: { body: { n: 1 }, relativePathParameters: { blob: 'b' } } },
      mocks: [{ action: 'Upload', answer }],
    });

  it('answers that it failed, and the run has failed, for nothing caught the failure of the other branch', () => {
    const { status, response, statuses, all } = fired({ status: 500, body: 'I do not like it' });
    expect([status, response?.status, response?.body]).toEqual(['Failed', 500, "'b' is not there"]);
    expect(statuses('Upload', 'Well', 'Badly')).toEqual(['Failed', 'Skipped', 'Succeeded']);
    expect(all('Upload')[0]?.outputs).toMatchObject({ statusCode: 500 });
  });

  it('answers that it went well', () => {
    const { status, response, statuses } = fired({});
    expect([status, response?.status, response?.body]).toEqual(['Succeeded', 200, "'b' is there"]);
    expect(statuses('Upload', 'Well', 'Badly')).toEqual(['Succeeded', 'Succeeded', 'Skipped']);
  });
});

describe('BuiltInConnectorWorkflow', () => {
  const actions = {
    Language: { type: 'InitializeVariable', inputs: { variables: [{ name: 'language', type: 'string' }] }, runAfter: {} },
    Parse: {
      type: 'ParseJson',
      inputs: {
        content: "@triggerOutputs()?['body']?['data']",
        schema: { type: 'object', properties: { id: { type: 'integer' }, code: { type: ['string', 'null'] } } },
      },
      ...after('Language', 'Succeeded'),
    },
    'Has a code': {
      type: 'If',
      expression: { and: [{ not: { equals: ["@string(body('Parse')?['code'])", ''] } }] },
      actions: {
        Query: ask('sql.example'),
        'Found it': {
          type: 'If',
          expression: { and: [{ greater: ["@length(body('Query'))", 0] }] },
          actions: { Set: { type: 'SetVariable', inputs: { name: 'language', value: "@body('Query')[0][0]?['name']" } } },
          else: {
            actions: {
              Stop: {
                type: 'Terminate',
                inputs: {
                  runStatus: 'Failed',
                  runError: { code: '500', message: "The code '@{body('Parse')?['code']}' is not valid" },
                },
              },
            },
          },
          ...after('Query', 'Succeeded'),
        },
      },
      else: { actions: {} },
      ...after('Parse', 'Succeeded'),
    },
    Send: ask('bus.example', {
      inputs: {
        method: 'POST',
        uri: 'https://bus.example',
        body: { id: "@body('Parse')?['id']", language: "@variables('language')" },
      },
      ...after('Has a code', 'Succeeded'),
    }),
  };
  const fired = (data: Group, found: unknown = []) =>
    run(
      actions,
      {
        trigger: { outputs: { body: [{ data: { id: 7, ...data } }] } },
        mocks: [
          { host: 'sql.example', answer: { body: found } },
          { host: 'bus.example', answer: {} },
        ],
      },
      { type: 'ServiceProvider', splitOn: "@triggerOutputs()?['body']", inputs: {} },
    );

  it('goes past what nothing is asked of: a missing member as a text is empty, a variable without a value is null', () => {
    const { status, statuses, requests } = fired({});
    expect(status).toBe('Succeeded');
    expect(statuses('Query', 'Set', 'Stop', 'Send')).toEqual(['Skipped', 'Skipped', 'Skipped', 'Succeeded']);
    expect(requests.map(({ body }) => body)).toEqual([{ id: 7, language: null }]);
  });

  it('sets what it found', () => {
    const { statuses, requests } = fired({ code: 'en-GB' }, [[{ name: 'English' }]]);
    expect(statuses('Query', 'Set', 'Stop', 'Send')).toEqual(['Succeeded', 'Succeeded', 'Skipped', 'Succeeded']);
    expect(requests[1]?.body).toEqual({ id: 7, language: 'English' });
  });

  it('is terminated with its own code and message, and what is left is skipped', () => {
    const { status, error, statuses, all } = fired({ code: 'xx-GB' });
    expect([status, error]).toEqual(['Failed', { code: '500', message: "The code 'xx-GB' is not valid" }]);
    expect(statuses('Query', 'Set', 'Stop', 'Send')).toEqual(['Succeeded', 'Skipped', 'Succeeded', 'Skipped']);
    expect(all('Found it')[0]).not.toHaveProperty('inputs');
  });
});
