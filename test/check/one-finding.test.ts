import { expect, test } from 'vitest';
import { type CheckOptions, check } from '../../src/index.ts';

const http = (inputs: object, members: object = {}) => ({
  actions: {
    A: { type: 'Http', inputs: { method: 'GET', uri: 'https://api.contoso.com', ...inputs }, runAfter: {}, ...members },
  },
});
const hidden = { runtimeConfiguration: { secureData: { properties: ['inputs'] } } };
const entra = {
  type: 'ActiveDirectoryOAuth',
  tenant: '11111111-1111-1111-1111-111111111111',
  audience: 'https://api.contoso.com',
  clientId: '22222222-2222-2222-2222-222222222222',
  pfx: "@parameters('p')",
  password: '',
};
const { tenant, ...withoutTenant } = entra;
const signedIn = (authentication: object) => ({
  parameters: { p: { type: 'SecureString' } },
  ...http({ authentication }, hidden),
});
const action = (members: object) => ({ actions: { A: { runAfter: {}, ...members } } });
const recurring = (recurrence: object, members: object = {}) => ({
  triggers: { R: { type: 'Recurrence', recurrence: { frequency: 'Day', interval: 1, ...recurrence }, ...members } },
});

test.each<[string, object, string]>([
  ['a part that cannot be hidden', http({}, { runtimeConfiguration: { secureData: { properties: ['output'] } } }), 'output'],
  ['nothing to hide', http({}, { runtimeConfiguration: { secureData: { properties: [] } } }), 'secureData'],
  ['a type of authentication', signedIn({ type: 'Basik', username: 'u' }), 'Basik'],
  ['a member of it', signedIn({ ...withoutTenant, tenat: tenant }), 'tenat'],
  [
    'a status',
    { actions: { A: { type: 'Compose', inputs: 1 }, B: { type: 'Compose', inputs: 1, runAfter: { A: ['Suceeded'] } } } },
    'Suceeded',
  ],
  ['a type', action({ type: 'Compse', inputs: 1 }), 'Compse'],
  ['a retry policy', http({ retryPolicy: { type: 'lineer', count: 3, interval: 'PT5S' } }), 'lineer'],
  ['its interval', http({ retryPolicy: { type: 'fixed', count: 3, interval: '5 minutes' } }), '5 minutes'],
  ['a method', http({ method: 'GETT' }), 'GETT'],
  ['a frequency', recurring({ frequency: 'Dayly' }), 'Dayly'],
  ['a time zone', recurring({ timeZone: 'Europe/Berlin' }), 'Europe/Berlin'],
  ['a count', recurring({}, { runtimeConfiguration: { concurrency: { maximumWaitingRuns: 2 } } }), '2'],
  ['a list that is a group', action({ type: 'Foreach', foreach: { a: 1 }, actions: {} }), 'foreach'],
  ['a list that is null', action({ type: 'Foreach', foreach: null, actions: {} }), 'null'],
  [
    'a value',
    action({ type: 'InitializeVariable', inputs: { variables: [{ name: 'x', type: 'integer', value: 'abc' }] } }),
    'integer',
  ],
  [
    'a type of a variable',
    action({ type: 'InitializeVariable', inputs: { variables: [{ name: 'x', type: 'int', value: 1 }] } }),
    'int',
  ],
  ['an option', http({}, { operationOptions: 'DisableAsync' }), 'DisableAsync'],
  ['a kind', { triggers: { m: { type: 'Request', kind: 'Htpp' } } }, 'Htpp'],
  ['a member', action({ type: 'Compose', inputs: 1, runAftr: {} }), 'runAftr'],
  ['a function', action({ type: 'Compose', inputs: "@tolowr('x')" }), 'tolowr'],
  ['a key', action({ type: 'Compose', inputs: { '@type': 1 } }), 'type'],
  ['a constant', action({ type: 'Compose', inputs: "@bool('maybe')" }), 'maybe'],
])('one slip gives one finding, which names it: %s', (_, members, word) => {
  const definition = {
    $schema: 'https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#',
    contentVersion: '1.0.0.0',
    triggers: { manual: { type: 'Request', kind: 'Http' } },
    actions: {},
    ...members,
  };
  const options: CheckOptions = { host: 'consumption' };
  const found = check(definition, options).map(({ rule, message }) => `${rule}: ${message}`);
  expect(found).toEqual([expect.stringContaining(word)]);
});
