import { describe, expect, test } from 'vitest';
import { type Diagnostic, exportPackage, generate, type Spec, type SpecError, UsageError } from '../../src/index.ts';
import { baseSpec, refusals, specOf } from '../specs.ts';

type Json = Record<string, never>;

function definitionOf(spec: Spec, environment?: string): { actions: Record<string, Json>; parameters: Json } & Json {
  const files = generate(spec, { format: 'definition', ...(environment === undefined ? {} : { environment }) });
  return JSON.parse(String(files.find(({ path }) => path === 'definition.json')?.contents));
}

describe('sign-in', () => {
  const request = { name: 'A', url: 'https://contoso.sharepoint.com/x' };
  const authentication = (overrides: object, environment?: string) =>
    (definitionOf(specOf({ requests: [request], ...overrides }), environment).actions.A?.inputs as Json | undefined)
      ?.authentication;

  test('by Active Directory OAuth, with the certificate straight from the vault', () => {
    expect(authentication({})).toEqual({
      type: 'ActiveDirectoryOAuth',
      tenant: "@parameters('tenantId')",
      audience: "@parameters('audience')",
      clientId: "@parameters('clientId')",
      pfx: "@body('Get_secret')?['value']",
      password: '',
    });
  });

  test.each([
    ['usGovernment', 'https://login.microsoftonline.us'],
    ['china', 'https://login.partner.microsoftonline.cn'],
  ])('the authority of %s is written', (cloud, authority) => {
    expect(authentication({ cloud, requests: [{ name: 'A', url: 'https://api.example/', audience: 'api://a' }] })).toMatchObject({
      authority,
    });
  });

  test('the authority is a parameter as soon as an environment overrides the cloud', () => {
    const overrides = {
      requests: [{ name: 'A', url: 'https://api.example/', audience: 'api://a' }],
      environments: { dev: {}, gov: { cloud: 'usGovernment' } },
    };
    expect(authentication(overrides, 'dev')).toMatchObject({ authority: "@parameters('authority')" });
  });

  test('by client certificate, without tenant and client', () => {
    const overrides = {
      appRegistration: undefined,
      requests: [{ name: 'A', url: 'https://partner.example/', signIn: 'clientCertificate' }],
    };
    expect(authentication(overrides)).toEqual({ type: 'ClientCertificate', pfx: "@body('Get_secret')?['value']" });
    expect(Object.keys(definitionOf(specOf(overrides)).parameters)).toEqual(['$connections', 'certificateName']);
  });
});

describe('parameters', () => {
  const names = (requests: object[], environments?: object) =>
    Object.keys(definitionOf(specOf({ requests, environments }), environments && Object.keys(environments)[0]).parameters).filter(
      (name) => !['$connections', 'tenantId', 'clientId', 'certificateName'].includes(name),
    );
  const sharePoint = { name: 'Get lists', url: 'https://contoso.sharepoint.com/x' };
  const graph = { name: 'Mail öffnen', url: 'https://graph.microsoft.com/x' };

  test('equal audiences share one', () => {
    expect(names([sharePoint, { ...sharePoint, name: 'B' }])).toEqual(['audience']);
  });

  test('distinct ones are named after their request', () => {
    expect(names([sharePoint, graph, { ...graph, name: 'C' }])).toEqual(['getListsAudience', 'mailOffnenAudience']);
  });

  test('audiences that differ in one environment do not share', () => {
    const environments = { dev: {}, prod: { requests: [{ name: 'B', audience: 'https://fabrikam.sharepoint.com' }] } };
    expect(names([sharePoint, { ...sharePoint, name: 'B' }], environments)).toEqual(['getListsAudience', 'bAudience']);
  });

  test('names that would be the same, or none, get a number', () => {
    expect(
      names([sharePoint, { ...graph, name: 'Get-lists' }, { name: '読む', url: 'https://api.example/', audience: 'api://a' }]),
    ).toEqual(['getListsAudience', 'getLists2Audience', 'request3Audience']);
  });

  test('an address that an environment overrides is one', () => {
    const environments = { dev: {}, prod: { requests: [{ name: 'Get lists', url: 'https://contoso.sharepoint.com/prod' }] } };
    expect(names([sharePoint], environments)).toEqual(['audience', 'url']);
    expect(names([sharePoint, graph], environments)).toEqual(['getListsAudience', 'mailOffnenAudience', 'getListsUrl']);
  });

  test('a pinned version is one, and Get secret reads that version', () => {
    const definition = definitionOf(specOf({ certificate: { name: 'c', version: 'a'.repeat(32) } }));
    expect(Object.keys(definition.parameters)).toContain('certificateVersion');
    expect((definition.actions.Get_secret?.inputs as Json | undefined)?.path).toBe(
      "/secrets/@{encodeURIComponent(parameters('certificateName'))}/versions/@{encodeURIComponent(parameters('certificateVersion'))}/value",
    );
  });
});

describe('order', () => {
  const url = 'https://contoso.sharepoint.com/x';
  const runAfter = (overrides: object) =>
    Object.fromEntries(Object.entries(definitionOf(specOf(overrides)).actions).map(([name, action]) => [name, action.runAfter]));

  test('requests, then the actions of the spec, then those of the host, each after the one before', () => {
    const overrides = {
      requests: [
        { name: 'A', url },
        { name: 'B', url },
      ],
      actions: { Keep: { type: 'Compose', inputs: 1 } },
      targets: { consumption: { ...baseSpec.targets.consumption, actions: { Send: { type: 'Compose', inputs: 2 } } } },
    };
    expect(runAfter(overrides)).toEqual({
      Get_secret: {},
      A: { Get_secret: ['Succeeded'] },
      B: { A: ['Succeeded'] },
      Keep: { B: ['Succeeded'] },
      Send: { Keep: ['Succeeded'] },
    });
  });

  test('unless runAfter says otherwise', () => {
    const overrides = {
      requests: [
        { name: 'A', url },
        { name: 'B b', url, runAfter: { 'Get secret': ['Succeeded'] } },
      ],
      actions: { Keep: { type: 'Compose', inputs: "@body('B_b')", runAfter: { B_b: ['Failed'] } } },
    };
    expect(runAfter(overrides)).toEqual({
      Get_secret: {},
      A: { Get_secret: ['Succeeded'] },
      B_b: { Get_secret: ['Succeeded'] },
      Keep: { B_b: ['Failed'] },
    });
  });
});

test('expressions are taken as they are, at every depth, and literals as literals', () => {
  const url = { template: "https://graph.microsoft.com/users/@{triggerBody()?['id']}" };
  const body = {
    a: { expression: "triggerBody()?['x']" },
    b: [{ template: 'x@{utcNow()}' }],
    c: { literal: { expression: '@no' } },
    d: { expression: 'x', other: 1 },
  };
  expect(definitionOf(specOf({ requests: [{ name: 'A', url, body }] })).actions.A?.inputs).toMatchObject({
    uri: "https://graph.microsoft.com/users/@{triggerBody()?['id']}",
    body: { a: "@triggerBody()?['x']", b: ['x@{utcNow()}'], c: { expression: '@@no' }, d: { expression: 'x', other: 1 } },
  });
});

describe('refused before anything is made', () => {
  const url = 'https://contoso.sharepoint.com/x';
  test.each([
    [
      'an incomplete target',
      { targets: { consumption: { location: 'westeurope' } } },
      [
        '/targets/consumption/subscription targets.consumption.subscription is missing',
        '/targets/consumption/resourceGroup targets.consumption.resourceGroup is missing',
      ],
    ],
    [
      'an unknown action in runAfter',
      { requests: [{ name: 'A', url, runAfter: { Get_secet: ['Succeeded'] } }] },
      ['/requests/0/runAfter/Get_secet "A" runs after "Get_secet", but there is no such action'],
    ],
    [
      'a circle',
      {
        requests: [
          { name: 'A', url, runAfter: { B: ['Succeeded'] } },
          { name: 'B', url, runAfter: { A: ['Succeeded'] } },
        ],
      },
      ['/requests/0/runAfter/B actions wait for each other in a circle: "A" after "B" after "A"'],
    ],
    [
      'a broken expression',
      { requests: [{ name: 'A', url, body: { x: { expression: "concat('a'" } } }] },
      [expect.stringMatching(/^\/requests\/0\/body\/x /)],
    ],
    [
      'an unknown parameter in an action',
      { actions: { X: { type: 'Compose', inputs: "@parameters('nope')" } } },
      ['/actions/X/inputs there is no parameter "nope"'],
    ],
    [
      'a schedule that does not go with its frequency',
      { trigger: { recurrence: { frequency: 'Day', interval: 1, schedule: { monthDays: [1] } } } },
      ['/trigger/recurrence/schedule/monthDays monthDays in a schedule goes with the frequency Month, not with Day'],
    ],
    [
      'a secret that run history would show',
      {
        actions: {
          Again: {
            type: 'ApiConnection',
            inputs: { host: { connection: { name: 'x' } }, method: 'get', path: '/secrets/x/value' },
          },
        },
      },
      ['/actions/Again "Again" reads a secret and shows it in run history to everyone who may read the runs'],
    ],
  ])('%s', (_, overrides, expected) => {
    expect(refusals(specOf(overrides), 'definition')).toEqual(expected);
  });

  test('but a start in UTC beside another time zone is told only: flows with it are running', () => {
    const told: string[] = [];
    const recurrence = { frequency: 'Day', interval: 1, timeZone: 'W. Europe Standard Time', startTime: '2026-01-05T06:00:00Z' };
    generate(specOf({ trigger: { recurrence } }), {
      format: 'definition',
      report: ({ severity, pointer }) => told.push(`${severity} ${pointer}`),
    });
    expect(told).toEqual(['info /trigger/recurrence/startTime']);
  });

  test('a client that is missing is told, and keeps a package from being made, with both ways to get one', () => {
    const appRegistration = { tenantId: 'contoso.com' };
    const targets = { powerAutomate: { publisher: { name: 'contoso', prefix: 'cto' } } };
    const environments = { dev: { appRegistration: { displayName: 'x' } } };
    for (const [overrides, pointer] of [
      [{ appRegistration, targets }, '/appRegistration/clientId'],
      [{ appRegistration, targets, environments }, '/environments/dev/appRegistration/clientId'],
    ] as const) {
      const told: string[] = [];
      const report = ({ severity, pointer: at }: Diagnostic) => told.push(`${severity} ${at}`);
      expect(generate(specOf(overrides), { format: 'definition', report }).length).toBeGreaterThan(0);
      expect(told).toEqual([`info ${pointer}`]);
      try {
        exportPackage(specOf(overrides), { format: 'solution' });
        expect.unreachable();
      } catch (error) {
        const help = expect.stringMatching(/certflow setup.*paste the application/);
        expect((error as SpecError).diagnostics).toMatchObject([
          { rule: 'spec-value', severity: 'error', pointer, help, range: { start: { line: 1 } } },
        ]);
      }
    }
  });

  test('an unknown format', () => {
    expect(() => generate(specOf({}), { format: 'definitoin' as never })).toThrow(
      new UsageError('there is no format "definitoin": did you mean "definition"?'),
    );
  });
});
