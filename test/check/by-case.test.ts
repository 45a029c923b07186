import { describe, expect, test } from 'vitest';
import { type CheckOptions, check } from '../../src/index.ts';

const root = {
  $schema: 'https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#',
  contentVersion: '1.0.0.0',
  triggers: { manual: { type: 'Request', kind: 'Http', inputs: { schema: {} } } },
  actions: {},
};
const compose = (inputs: unknown, ...after: string[]) => ({
  type: 'Compose',
  inputs,
  runAfter: Object.fromEntries(after.map((name) => [name, ['Succeeded']])),
});
const call = (inputs: object) => ({
  type: 'Http',
  inputs: { method: 'GET', uri: 'https://example.com', ...inputs },
  runAfter: {},
});

/** `severity rule pointer` of each finding. */
const found = (members: object, options: CheckOptions) =>
  check({ ...root, ...members }, options).map(({ severity, rule, pointer }) => `${severity} ${rule} ${pointer}`);

describe('the same mistake in different surroundings', () => {
  const usesParameter = { parameters: {}, actions: { A: compose("@parameters('x')") } };
  const usesConnection = {
    parameters: { $connections: { type: 'Object', defaultValue: {} } },
    actions: {
      A: {
        type: 'ApiConnection',
        inputs: { host: { connection: { name: "@parameters('$connections')['x']['connectionId']" } }, method: 'get', path: '/' },
      },
    },
  };
  const usesArm = { actions: { A: compose('@resourceGroup().location') } };
  const retries = { actions: { A: call({ retryPolicy: { type: 'fixed', count: 100, interval: 'PT1S' } }) } };
  const reads = {
    actions: {
      A: {
        type: 'ServiceProvider',
        inputs: { serviceProviderConfiguration: { connectionName: 'a', operationId: 'b', serviceProviderId: 'c' } },
      },
    },
  };
  const blank = { parameters: { 'a b': { type: 'Int', defaultValue: 1 } } };
  const wrongDefault = { parameters: { a: { type: 'String', defaultValue: {} } } };
  const valueless = { parameters: { a: { type: 'String' } } };

  test.each<[string, object, CheckOptions, string[]]>([
    [
      'a parameter that is not there, in a flow',
      usesParameter,
      { host: 'power-automate' },
      ['error unknown-parameter /actions/A/inputs'],
    ],
    ['… in Consumption', usesParameter, { host: 'consumption' }, ['warning unknown-parameter /actions/A/inputs']],
    ['… in an app whose parameters are not known', usesParameter, { host: 'standard' }, []],
    [
      '… in an app whose parameters are known',
      usesParameter,
      { host: 'standard', parameters: {} },
      ['warning unknown-parameter /actions/A/inputs'],
    ],
    ['… that parameters.json has', usesParameter, { host: 'standard', parameters: { X: { type: 'Int', value: 1 } } }, []],
    ['… in a lone definition without parameters', { actions: usesParameter.actions }, {}, []],
    [
      'a connection that is not there',
      usesConnection,
      { host: 'consumption', parameters: { $connections: { value: { y: {} } } } },
      ['warning unknown-connection /actions/A/inputs/host/connection/name'],
    ],
    ['… whose value is not known', usesConnection, { host: 'consumption' }, []],
    [
      '… whose value ARM makes',
      usesConnection,
      { host: 'consumption', armExpressions: true, parameters: { $connections: { value: "[variables('c')]" } } },
      [],
    ],
    ['a function of ARM, in a template', usesArm, { armExpressions: true }, ['warning unknown-function /actions/A/inputs']],
    ['… elsewhere', usesArm, {}, ['error unknown-function /actions/A/inputs']],
    [
      'retries out of range',
      retries,
      { host: 'consumption' },
      ['error retry-policy /actions/A/inputs/retryPolicy/count', 'error retry-policy /actions/A/inputs/retryPolicy/interval'],
    ],
    ['… where the app can move the limits', retries, { host: 'standard' }, []],
    ...['fixed', 'Fixed', 'exponential', 'Exponential', 'none', 'None'].map((type): [string, object, CheckOptions, string[]] => [
      `a retry policy of type ${type}`,
      { actions: { A: call({ retryPolicy: { type, count: 3, interval: 'PT5S' } }) } },
      { host: 'power-automate' },
      [],
    ]),
    [
      'a retry policy of no type that there is',
      { actions: { A: call({ retryPolicy: { type: 'linear', count: 3, interval: 'PT5S' } }) } },
      { host: 'consumption' },
      ['error members /actions/A/inputs/retryPolicy/type'],
    ],
    ['a type of Standard in Consumption', reads, { host: 'consumption' }, ['error operation-type /actions/A/type']],
    ['… where the host is not known', reads, {}, []],
    ['a blank in the name of a parameter, in Standard', blank, { host: 'standard' }, ['error names /parameters/a b']],
    ['… in Consumption', blank, { host: 'consumption' }, []],
    ['a default of the wrong type', wrongDefault, { host: 'consumption' }, ['error parameter-values /parameters/a/defaultValue']],
    ['… that a value stands for', wrongDefault, { host: 'consumption', parameters: { a: { value: 'x' } } }, []],
    ['a parameter without a value', valueless, { host: 'consumption', parameters: {} }, ['error parameter-values /parameters/a']],
    ['… whose values are not known', valueless, { host: 'consumption' }, []],
    ['… that Key Vault gives', valueless, { host: 'consumption', parameters: { a: { reference: {} } } }, []],
  ])('%s', (_, members, options, expected) => {
    expect(found(members, options)).toEqual(expected);
  });
});

describe('taken, because the service takes it', () => {
  const variable = { type: 'InitializeVariable', inputs: { variables: [{ name: 'A', type: 'STRING', value: 'x' }] } };

  test.each<[string, object, CheckOptions]>([
    [
      'words in any case',
      { actions: { A: { type: 'COMPOSE', inputs: 1, runAfter: {} }, B: { ...compose(1), runAfter: { a: ['SUCCEEDED'] } } } },
      {},
    ],
    [
      'members in any case',
      { actions: { A: { Type: 'x', type: 'Http', Inputs: { METHOD: 'get', Uri: 'x' } } } },
      { host: 'consumption' },
    ],
    [
      'names in any case',
      { actions: { A: variable, B: compose("@concat(variables('a'), body('c'))", 'a', 'C'), C: call({}) } },
      {},
    ],
    [
      'numbers and truth values in quotes',
      { triggers: { T: { type: 'Recurrence', recurrence: { frequency: 'day', interval: '1' } } } },
      {},
    ],
    [
      'expressions for any value',
      {
        actions: {
          A: call({ method: "@triggerBody()?['m']", headers: "@parameters('headers')", retryPolicy: '@triggerBody()' }),
        },
      },
      {},
    ],
    ['null for an absent member', { actions: { A: { ...compose(1), description: null, runtimeConfiguration: null } } }, {}],
    ['a contentVersion that is not known', { contentVersion: 'undefined' }, { host: 'power-automate' }],
    [
      'a static result that is off and gone',
      {
        actions: { A: { ...compose(1), runtimeConfiguration: { staticResult: { name: 'x', staticResultOptions: 'Disabled' } } } },
      },
      {},
    ],
    [
      'an action that runs after the trigger of an agent',
      { triggers: { Chat: { type: 'Request', kind: 'Agent' } }, actions: { A: compose(1, 'Chat') } },
      {},
    ],
    [
      'a variable in the hand-over of its own action',
      { actions: { A: { ...variable, transitions: { B: { inputs: "@variables('A')" } } } } },
      {},
    ],
    [
      'text in a schema, in metadata and in a description',
      {
        actions: {
          A: {
            type: 'ParseJson',
            inputs: { content: '@triggerBody()', schema: { a: '@b' } },
            metadata: { a: '@b' },
            description: '@b',
          },
        },
      },
      {},
    ],
    [
      'the item of a loop in a loop',
      {
        actions: {
          A: {
            type: 'Foreach',
            foreach: '@triggerBody()',
            actions: { B: { type: 'Foreach', foreach: "@items('A')", actions: { C: compose("@items('a')") } } },
          },
        },
      },
      {},
    ],
    [
      'the round of Until in its own condition',
      { actions: { A: { type: 'Until', expression: "@greater(iterationIndexes('A'), 3)", actions: {} } } },
      {},
    ],
  ])('%s', (_, members, options) => {
    expect(found(members, options)).toEqual([]);
  });
});

test('a trigger one level too deep is told once, as a warning', () => {
  const triggers = { triggers: { manual: root.triggers.manual } };
  expect(found({ triggers }, {})).toEqual(['warning members /triggers/triggers/type']);
});

describe('one slip is told once', () => {
  const hiding = (secureData: unknown) => ({ runtimeConfiguration: { secureData } });
  const vault = { host: { connection: { name: "@parameters('$connections')['v']['connectionId']" } }, method: 'get' };
  const getSecret = { type: 'ApiConnection', inputs: { ...vault, path: '/secrets/x/value' }, runAfter: {} };
  const parameters = { $connections: { type: 'Object', defaultValue: {} } };
  const signIn = { type: 'ClientCertificate', pfx: "@body('S')?['value']" };
  const signsIn = (secureData: unknown) => ({
    parameters,
    actions: {
      S: { ...getSecret, ...hiding({ properties: ['inputs', 'outputs'] }) },
      A: { ...call({ authentication: signIn }), runAfter: { S: ['Succeeded'] }, ...hiding(secureData) },
    },
  });
  const recurs = (recurrence: object) => ({ triggers: { T: { type: 'Recurrence', recurrence } } });
  const place = 'runtimeConfiguration/secureData';

  test.each<[string, object, string]>([
    [
      'a word of what is hidden',
      { actions: { A: { ...call({}), ...hiding({ properties: ['output'] }) } } },
      `error members /actions/A/${place}/properties/0`,
    ],
    [
      '… of Get secret',
      { parameters, actions: { S: { ...getSecret, ...hiding({ properties: ['inputs', 'output'] }) } } },
      `error members /actions/S/${place}/properties/1`,
    ],
    ['… of a sign-in', signsIn({ properties: ['everything'] }), `error members /actions/A/${place}/properties/0`],
    [
      'text instead of a list',
      { parameters, actions: { S: { ...getSecret, ...hiding({ properties: 'outputs' }) } } },
      `error members /actions/S/${place}/properties`,
    ],
    ['no list at all', signsIn({}), `error members /actions/A/${place}/properties`],
    [
      'an empty list',
      { parameters, actions: { S: { ...getSecret, ...hiding({ properties: [] }) } } },
      `warning secure-data-place /actions/S/${place}`,
    ],
    [
      'a frequency',
      recurs({ frequency: 'Days', interval: 1, schedule: { hours: [6] } }),
      'error members /triggers/T/recurrence/frequency',
    ],
    [
      'a number of repetitions',
      { actions: { A: { type: 'Foreach', foreach: [], runtimeConfiguration: { concurrency: { repetitions: 'many' } } } } },
      'error loop-limits /actions/A/runtimeConfiguration/concurrency/repetitions',
    ],
    [
      'a case without its value',
      { actions: { A: { type: 'Switch', expression: 1, cases: { One: { actions: {} } } } } },
      'error switch-cases /actions/A/cases/One',
    ],
    [
      'a way to sign in',
      { actions: { A: call({ authentication: { type: 'Certificate' } }) } },
      'error authentication-type /actions/A/inputs/authentication/type',
    ],
    ['a type', { actions: { A: { type: 'Htp', inputs: {} } } }, 'error operation-type /actions/A/type'],
    ['a member that there is not', { actions: { A: { ...compose(1), inptus: 1 } } }, 'error unknown-member /actions/A/inptus'],
  ])('%s', (_, members, expected) => {
    expect(found(members, {})).toEqual([expected]);
  });

  test('of a value in a sign-in only its type is told', () => {
    const [finding] = check({
      ...root,
      actions: { A: call({ authentication: { type: 'Basic', username: 'a', password: 4711 } }) },
    });
    expect(finding?.message).toBe('password is a number, but text is expected');
    expect(JSON.stringify(finding)).not.toContain('4711');
  });
});
