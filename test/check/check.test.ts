import { describe, expect, test } from 'vitest';
import { type CheckOptions, check } from '../../src/index.ts';

const root = {
  $schema: 'https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#',
  contentVersion: '1.0.0.0',
  triggers: { manual: { type: 'Request', kind: 'Http', inputs: { schema: {} } } },
};

/** `rule pointer` of each finding in a workflow with these actions. */
function found(actions: unknown, options: CheckOptions = {}, members: object = {}): string[] {
  return check({ ...root, actions, ...members }, options).map(({ rule, pointer }) => `${rule} ${pointer}`);
}

describe('what ARM will replace is unknown', () => {
  const actions = {
    A: { type: "[parameters('type')]", inputs: "[concat('@{body(''gone'')}', parameters('x'))]", runAfter: {} },
    B: {
      type: 'Http',
      inputs: { method: "[parameters('m')]", uri: "[variables('u')]", retryPolicy: { type: '[a]', interval: '[b]' } },
    },
    C: {
      type: 'Switch',
      expression: '@triggerBody()',
      cases: { One: { case: '[a]', actions: {} }, Two: { case: '[a]', actions: {} } },
    },
    D: { type: 'SetVariable', inputs: { name: "[variables('v')]", value: 1 } },
    E: { type: 'Workflow', inputs: { host: { triggerName: 'manual', workflow: { id: "[resourceId('x')]" } } } },
  };

  test('in a template', () => {
    expect(found(actions, { host: 'consumption', armExpressions: true })).toEqual([]);
  });

  test('and is text elsewhere', () => {
    expect(found(actions, { host: 'consumption' })).toEqual([
      'members /actions/B/inputs/method',
      'members /actions/B/inputs/retryPolicy/type',
      'operation-type /actions/A/type',
      'retry-policy /actions/B/inputs/retryPolicy/interval',
      'switch-cases /actions/C/cases/Two/case',
      'workflow-id /actions/E/inputs/host/workflow/id',
      'expression-syntax /actions/A/inputs',
      'unknown-variable /actions/D/inputs/name',
    ]);
  });
});

describe('a finding in the surroundings', () => {
  const members = { parameters: { size: { type: 'Int' } } };
  const parameters = { size: { value: 'ten' } };

  test('is told at the declaration where nobody says where they stand', () => {
    expect(check({ ...root, actions: {}, ...members }, { parameters, pointer: '/x' })).toMatchObject([
      { rule: 'parameter-values', pointer: '/x/parameters/size' },
    ]);
  });

  test('has its own file, text and pointer', () => {
    const text = '{\n  "values": { "size": { "value": "ten" } }\n}';
    const places = { parameters: { file: 'p.json', text, pointer: '/values' } };
    expect(check({ ...root, actions: {}, ...members }, { parameters, places, file: 'w.json' })).toMatchObject([
      { file: 'p.json', pointer: '/values/size/value', range: { start: { line: 2, column: 34 } } },
    ]);
  });

  test('and is in the file of the definition where it names none', () => {
    const places = { parameters: { pointer: '/p' } };
    expect(check({ ...root, actions: {}, ...members }, { parameters, places, file: 'w.json' })).toMatchObject([
      { file: 'w.json', pointer: '/p/size/value' },
    ]);
  });
});

test("a flow that uses the caller's connections names them in what the trigger brings", () => {
  const name =
    "@json(decodeBase64(triggerOutputs().headers['X-MS-APIM-Tokens']))['$connections']['shared_teams']['connectionId']";
  const actions = { Post: { type: 'ApiConnection', inputs: { host: { connection: { name } }, method: 'post', path: '/x' } } };
  const options = (key: string): CheckOptions => ({ host: 'power-automate', connectionReferences: { [key]: {} } });
  expect(found(actions, options('shared_teams'))).toEqual([]);
  expect(found(actions, options('shared_office365'))).toEqual([
    'unknown-connection /actions/Post/inputs/host/connection/name',
    'unused-connection ',
  ]);
});

test('nothing of an authentication block is in a finding', () => {
  const secret = 'S3cretWord';
  const values = [
    secret,
    `@${secret}`,
    `@concat("${secret}")`,
    `@${secret}('x')`,
    `@{${secret}`,
    `@equals('${secret}','${secret}')`,
  ];
  const members = ['type', 'tenant', 'clientId', 'secret', 'pfx', 'password', 'value', 'username', 'authority'];
  for (const type of ['ActiveDirectoryOAuth', 'Basic', 'Raw', 'ClientCertificate']) {
    for (const value of values) {
      const authentication = { type, ...Object.fromEntries(members.slice(1).map((name) => [name, value])) };
      for (const each of [authentication, { ...authentication, type: value }, value]) {
        const call = { type: 'Http', inputs: { method: 'GET', uri: 'https://example.com', authentication: each }, runAfter: {} };
        expect(
          JSON.stringify(check({ ...root, actions: { Call: call } }, { host: 'consumption' })).replaceAll(
            /"pointer":"[^"]*"/g,
            '',
          ),
        ).not.toContain(secret);
      }
    }
  }
});

test('the name of a workflow has a limit of its own in each host', () => {
  const long = (host: 'consumption' | 'standard', length: number) => found({}, { host, name: 'n'.repeat(length) });
  expect([long('consumption', 80), long('standard', 32)]).toEqual([[], []]);
  expect([long('consumption', 81), long('standard', 33)]).toEqual([['limits '], ['limits ']]);
});

describe('each limit', () => {
  const many = (count: number, value: (index: number) => unknown) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`N${index}`, value(index)]));
  const compose = { type: 'Compose', inputs: 1, runAfter: {} };
  const nested = (levels: number): unknown =>
    levels === 0 ? compose : { type: 'Scope', actions: { [`S${levels}`]: nested(levels - 1) } };
  const variable = (index: number) => ({
    type: 'InitializeVariable',
    inputs: { variables: [{ name: `v${index}`, type: 'string' }] },
  });
  const long = (length: number) => 'x'.repeat(length);

  test.each<[name: string, at: (over: number) => [unknown, object?, CheckOptions?], pointer: string]>([
    ['actions', (over) => [many(500 + over, () => compose)], '/actions'],
    [
      'depth',
      (over) => [{ S: nested(8 + over) }],
      `/actions/S${[9, 8, 7, 6, 5, 4, 3, 2, 1].map((at) => `/actions/S${at}`).join('')}`,
    ],
    ['name', (over) => [{ [long(80 + over)]: compose }], `/actions/${long(81)}`],
    ['description', (over) => [{ A: { ...compose, description: long(256 + over) } }], '/actions/A/description'],
    ['expression', (over) => [{ A: { ...compose, inputs: `@concat('${long(8182 + over)}')` } }], '/actions/A/inputs'],
    [
      'parameters',
      (over) => [{ A: compose }, { parameters: many(50 + over, () => ({ type: 'Int', defaultValue: 1 })) }],
      '/parameters',
    ],
    ['outputs', (over) => [{ A: compose }, { outputs: many(10 + over, () => ({ type: 'Int', value: 1 })) }], '/outputs'],
    ['variables', (over) => [many(250 + over, variable)], '/actions'],
    ['triggers', (over) => [{ A: compose }, { triggers: many(10 + over, () => root.triggers.manual) }], '/triggers'],
    [
      'a trigger in Standard',
      (over) => [{ A: compose }, { triggers: many(1 + over, () => root.triggers.manual) }, { host: 'standard' }],
      '/triggers',
    ],
    [
      'cases',
      (over) => [
        {
          A: { type: 'Switch', expression: '@triggerBody()', cases: many(25 + over, (index) => ({ case: index, actions: {} })) },
        },
      ],
      '/actions/A/cases',
    ],
    [
      'uri',
      (over) => [{ A: { type: 'Http', inputs: { method: 'GET', uri: `https://x/${long(16_374 + over)}` } } }],
      '/actions/A/inputs/uri',
    ],
    ['code', (over) => [{ A: { type: 'JavaScriptCode', inputs: { code: long(1024 + over) } } }], '/actions/A/inputs/code'],
    [
      'tracked properties',
      (over) => [{ A: { ...compose, trackedProperties: { a: long(7992 + over) } } }],
      '/actions/A/trackedProperties',
    ],
    ['items', (over) => [{ A: { type: 'Foreach', foreach: Array(100_000 + over).fill(1), actions: {} } }], '/actions/A/foreach'],
  ])('%s', (_, at, pointer) => {
    const [actions, members, options] = at(0);
    expect(found(actions, { host: 'consumption', ...options }, members)).toEqual([]);
    const [more, others] = at(1);
    expect(found(more, { host: 'consumption', ...options }, others)).toEqual([`limits ${pointer}`]);
  });
});
