import { describe, expect, it } from 'vitest';
import type { Mock } from '../../src/engine/mocks/mock.ts';
import { compose, http, inTurn, run } from './run.ts';

const answers = (...list: NonNullable<Mock['answers']>): readonly Mock[] => [{ host: 'api.contoso.com', answers: list }];
const secondsBetween = (times: readonly { at: string }[]) =>
  times.slice(1).map(({ at }, index) => (Date.parse(at) - Date.parse(times[index]?.at ?? '')) / 1000);

describe('an HTTP action', () => {
  it('asks, and has the answer as outputs', () => {
    const { action, requests } = run(
      {
        Ask: http('https://api.contoso.com/things?a=1', {
          queries: { b: '@add(1, 1)' },
          headers: { Authorization: 'Bearer x', accept: 'text/plain' },
        }),
      },
      { mocks: answers({ status: 201, headers: { 'content-type': 'application/json' }, body: '{"n":7.0}' }) },
    );
    expect(action('Ask')).toMatchObject({ status: 'Succeeded', outputs: { statusCode: 201, body: { n: 7 } } });
    expect(requests).toEqual([
      expect.objectContaining({
        method: 'GET',
        url: 'https://api.contoso.com/things?a=1&b=2',
        headers: { accept: 'text/plain' },
        attempt: 1,
      }),
    ]);
    expect(JSON.stringify(action('Ask'))).not.toContain('Bearer');
  });

  it('keeps a number of an answer as it was written', () => {
    const { action } = run(inTurn({ Ask: http(), Text: compose("@{body('Ask')?['n']} @{div(body('Ask')?['n'], 2)}") }), {
      mocks: answers({ headers: { 'Content-Type': 'application/json; charset=utf-8' }, body: '{"n":7.0}' }),
    });
    expect(action('Text')?.outputs).toBe('7.0 3.5');
  });

  it('fails by the status, and keeps the outputs', () => {
    const { action } = run(
      { Ask: http(), Then: compose("@outputs('Ask')['statusCode']", { runAfter: { Ask: ['Failed'] } }) },
      { mocks: answers({ status: 404, body: 'gone' }) },
    );
    expect(action('Ask')).toMatchObject({ status: 'Failed', code: 'NotFound', outputs: { statusCode: 404, body: 'gone' } });
    expect(action('Then')?.outputs).toBe(404);
  });

  it('tries again where it may help, at growing intervals', () => {
    const { status, requests } = run(
      { Ask: http() },
      { mocks: answers({ status: 500 }, { status: 503 }, { status: 429 }, { status: 408 }, {}) },
    );
    expect(status).toBe('Succeeded');
    expect(requests.map(({ attempt }) => attempt)).toEqual([1, 2, 3, 4, 5]);
    expect(secondsBetween(requests)).toEqual([7.5, 15, 30, 45]);
  });

  it.each([
    [{ type: 'none' }, 1, []],
    [{ type: 'Fixed', count: 2, interval: 'PT20S' }, 3, [20, 20]],
    [{ type: 'exponential', count: 3, interval: 'PT10S', maximumInterval: 'PT25S' }, 4, [10, 20, 25]],
  ])('tries again after the policy %j', (retryPolicy, count, waits) => {
    const { action, requests } = run({ Ask: http(undefined, { retryPolicy }) }, { mocks: answers({ status: 502 }) });
    expect([action('Ask')?.code, requests.length, secondsBetween(requests)]).toEqual(['BadGateway', count, waits]);
  });

  it('waits as long as the answer asks for, and tries no 400 again', () => {
    expect(
      secondsBetween(run({ Ask: http() }, { mocks: answers({ status: 429, headers: { 'Retry-After': '90' } }, {}) }).requests),
    ).toEqual([90]);
    expect(run({ Ask: http() }, { mocks: answers({ status: 400 }, {}) }).requests).toHaveLength(1);
  });

  it('looks again at what is not done yet', () => {
    const later = { status: 202, headers: { location: 'https://api.contoso.com/jobs/1', 'retry-after': '30' } };
    const { action, requests, endTime } = run({ Ask: http() }, { mocks: answers(later, later, { body: 'done' }) });
    expect(action('Ask')?.outputs).toEqual({ statusCode: 200, body: 'done' });
    expect(requests.map(({ path }) => path)).toEqual(['/things', '/jobs/1', '/jobs/1']);
    expect(endTime).toBe('2026-01-01T00:01:00.000Z');
    const off = run({ Ask: { ...http(), operationOptions: 'DisableAsyncPattern' } }, { mocks: answers(later) });
    expect(off.action('Ask')?.outputs).toMatchObject({ statusCode: 202 });
  });

  it('reads pages until it has enough', () => {
    const page = (next: number, ...value: number[]) => ({
      body: { value, '@odata.nextLink': `https://api.contoso.com/things?page=${next}` },
    });
    const paged = (minimumItemCount: number) =>
      run(
        { Ask: { ...http(), runtimeConfiguration: { paginationPolicy: { minimumItemCount } } } },
        { mocks: answers(page(2, 1, 2), page(3, 3, 4), { body: { value: [5] } }) },
      );
    expect(paged(100).action('Ask')?.outputs).toMatchObject({ body: { value: [1, 2, 3, 4, 5] } });
    expect(paged(3).action('Ask')?.outputs).toMatchObject({ body: { value: [1, 2, 3, 4] } });
    expect(paged(100).requests.map(({ url }) => url)).toEqual([
      'https://api.contoso.com/things',
      'https://api.contoso.com/things?page=2',
      'https://api.contoso.com/things?page=3',
    ]);
  });

  it('times out on the clock', () => {
    const limited = { ...http(), limit: { timeout: 'PT30S' } };
    const late = run({ Ask: limited }, { mocks: answers({ delay: 'PT1M' }) });
    expect([late.action('Ask')?.status, late.endTime]).toEqual(['TimedOut', '2026-01-01T00:00:30.000Z']);
    expect(run({ Ask: limited }, { mocks: answers({ delay: 'PT29S' }) }).action('Ask')?.status).toBe('Succeeded');
    expect(run({ Ask: limited }, { mocks: answers({ never: true }) }).action('Ask')?.status).toBe('TimedOut');
  });

  it('fails without a mock, and says which one it needs', () => {
    const { action, notRun } = run({ Ask: http() });
    expect(action('Ask')?.error?.message).toBe(
      'certflow does not run the GET request of the type Http to api.contoso.com without a mock; give one: { action: Ask, answer: { status: 200, body: … } }',
    );
    expect(notRun).toEqual(['the GET request of the type Http to api.contoso.com without a mock']);
  });

  it('is refused where its address is none', () => {
    expect(run({ Ask: http('things') }, { mocks: answers({}) }).action('Ask')).toMatchObject({
      status: 'Failed',
      code: 'BadRequest',
    });
  });
});

describe('a connector', () => {
  const consumption = {
    type: 'ApiConnection',
    inputs: {
      host: { connection: { name: "@parameters('$connections')['keyvault-1']['connectionId']" } },
      method: 'get',
      path: "/secrets/@{encodeURIComponent('a b')}/value",
    },
  };
  const flow = {
    type: 'OpenApiConnection',
    inputs: {
      host: { apiId: '/providers/Microsoft.PowerApps/apis/shared_keyvault', connectionName: 'x', operationId: 'GetSecret' },
      parameters: { secretName: "@concat('a', 'b')" },
      authentication: "@parameters('$authentication')",
    },
  };
  const provider = {
    type: 'ServiceProvider',
    inputs: {
      serviceProviderConfiguration: {
        connectionName: 'k',
        operationId: 'getSecret',
        serviceProviderId: '/serviceProviders/keyVault',
      },
      parameters: {},
    },
  };

  it.each([
    ['Consumption', consumption, { method: 'GET', path: '/secrets/a%20b/value' }],
    ['Power Automate', flow, { operation: 'GetSecret', parameters: { secretName: 'ab' } }],
    ['Standard', provider, { operation: 'getSecret' }],
  ])('of %s answers by its name', (_, action, request) => {
    const ran = run({ Get: action }, { mocks: [{ connector: 'keyvault', answer: { body: { value: 's' } } }] });
    expect(ran.action('Get')).toMatchObject({ status: 'Succeeded', outputs: { body: { value: 's' } } });
    expect(ran.requests[0]).toMatchObject({ action: 'Get', ...request });
  });

  it.each<[string, Mock, boolean]>([
    ['its operation', { connector: 'keyvault', operation: 'getsecret' }, true],
    ['another operation', { connector: 'keyvault', operation: 'ListSecrets' }, false],
    ['another connector', { connector: 'office365' }, false],
    ['nothing', {}, false],
    ['a host that it has not', { host: 'vault.azure.net' }, false],
  ])('is answered by a mock of %s: %j', (_, mock, isAnswered) => {
    expect(run({ Get: flow }, { mocks: [mock] }).status).toBe(isAnswered ? 'Succeeded' : 'Failed');
  });

  it('fails with the code of the mock', () => {
    const { action } = run(
      { Get: flow },
      { mocks: [{ action: 'get', answer: { error: { code: 'Forbidden', message: 'no access' } } }] },
    );
    expect(action('Get')).toMatchObject({ status: 'Failed', error: { code: 'Forbidden', message: 'no access' } });
  });

  it('of a type that is not run is answered by name alone', () => {
    const liquid = { Map: { type: 'Liquid', kind: 'JsonToText', inputs: {} } };
    expect(run(liquid).notRun).toEqual(['actions of the type Liquid']);
    expect(run(liquid, { mocks: [{ action: 'Map', answer: { outputs: { body: 'x' } } }] }).action('Map')).toMatchObject({
      status: 'Succeeded',
      outputs: { body: 'x' },
    });
  });
});

describe('others that are asked', () => {
  const host = {
    workflow: { id: '/subscriptions/s/resourceGroups/g/providers/Microsoft.Logic/workflows/child' },
    triggerName: 'manual',
  };
  it.each<[string, object, Mock, object]>([
    [
      'a child workflow',
      { type: 'Workflow', inputs: { host, body: { n: '@add(1, 1)' } } },
      { connector: 'workflow', operation: 'child' },
      { body: { n: 2 } },
    ],
    [
      'a function',
      { type: 'Function', inputs: { function: { id: '/subscriptions/s/sites/app/functions/Sum' }, method: 'POST', body: 'x' } },
      { connector: 'function', operation: 'Sum' },
      { method: 'POST', body: 'x' },
    ],
    [
      'whoever calls back',
      {
        type: 'HttpWebhook',
        inputs: {
          subscribe: { method: 'POST', uri: 'https://api.contoso.com/subscribe', body: '@listCallbackUrl()' },
          unsubscribe: {},
        },
      },
      { path: '/subscribe' },
      { method: 'POST', body: 'https://callback.invalid/' },
    ],
    [
      'a connector that calls back',
      { type: 'ApiConnectionWebhook', inputs: { host: { connection: { name: 'teams' } }, path: '/approve', body: {} } },
      { connector: 'teams', path: '/approve' },
      { path: '/approve' },
    ],
  ])('%s', (_, action, mock, request) => {
    const ran = run({ Ask: action as Record<string, unknown> }, { mocks: [{ ...mock, answer: { body: { done: true } } }] });
    expect(ran.action('Ask')).toMatchObject({ status: 'Succeeded', outputs: { body: { done: true } } });
    expect(ran.requests).toEqual([expect.objectContaining({ action: 'Ask', ...request })]);
  });

  it('and never call back, within the limit', () => {
    const action = {
      type: 'HttpWebhook',
      limit: { timeout: 'P1D' },
      inputs: { subscribe: { method: 'POST', uri: 'https://api.contoso.com/' } },
    };
    const {
      status,
      endTime,
      action: of,
    } = run(
      { Ask: action, Then: compose(1, { runAfter: { Ask: ['TimedOut'] } }) },
      { mocks: [{ action: 'Ask', answer: { never: true } }] },
    );
    expect([of('Ask')?.status, of('Then')?.status, status, endTime]).toEqual([
      'TimedOut',
      'Succeeded',
      'Succeeded',
      '2026-01-02T00:00:00.000Z',
    ]);
  });
});

describe('a path of a mock', () => {
  it.each([
    ['/sites/*/lists', '/sites/hr/lists', true],
    ['/sites/*/lists', '/sites/hr/sub/lists', false],
    ['/sites/**', '/sites/hr/sub/lists', true],
    ['/a*c*e', '/abcde', true],
    ['/a*c', '/abcde', false],
    ['/Sites/HR', '/sites/hr', true],
    ['*', '/', false],
    ['/*', '/', true],
  ])('%s fits %s: %s', (path, asked, fits) => {
    expect(run({ Ask: http(`https://api.contoso.com${asked}`) }, { mocks: [{ path }] }).status).toBe(
      fits ? 'Succeeded' : 'Failed',
    );
  });
});

describe('mocks', () => {
  it('are counted, and two that fit as well are told', () => {
    const { mockCounts, mockOverlaps } = run(
      { Ask: http(), Other: http('https://other.contoso.com/') },
      { mocks: [{ host: 'api.contoso.com' }, { method: 'GET' }, { host: 'unknown.contoso.com' }] },
    );
    expect(mockCounts).toEqual([1, 1, 0]);
    expect(mockOverlaps).toEqual([[0, 1]]);
  });

  it('are no overlap where one is narrower', () => {
    expect(
      run({ Ask: http() }, { mocks: [{ host: 'api.contoso.com', method: 'GET' }, { host: 'api.contoso.com' }] }).mockOverlaps,
    ).toEqual([]);
  });
});
