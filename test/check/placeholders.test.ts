import { describe, expect, test } from 'vitest';
import { isPlaceholder } from '../../src/diagnostics/placeholder.ts';
import { type CheckOptions, check } from '../../src/index.ts';

/** What people leave for others to fill in, as deployment tools, templates and articles write it. */
const placeholders = [
  '<tenant id>',
  'https://<tenant>.sharepoint.com',
  '#{TenantId}#',
  '__TENANT_ID__',
  '$(tenantId)',
  '{{tenantId}}',
  'xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx',
  'XXXX',
  '****REPLACE WITH TENANT ID ****',
  '********',
  'Replace with your tenant',
  'REPLACE_ME',
  'Enter the tenant id',
  'YOUR_TENANT_ID',
  'your-tenant-id',
  'yourtenant.onmicrosoft.com',
  'https://yourtenant.sharepoint.com',
  'insert client id here',
  'change-me',
  'changeme',
  'TODO: the tenant',
];

const values = [
  'contoso.onmicrosoft.com',
  'common',
  'HR lists reader',
  'exchange.contoso.com',
  'Yourself.example',
  'xx',
  'max_xxl',
  'a < b',
  'inserts',
  '',
];

test.each(placeholders)('%s is a placeholder', (text) => {
  expect(isPlaceholder(text)).toBe(true);
});

test.each(values)('"%s" is a value', (text) => {
  expect(isPlaceholder(text)).toBe(false);
});

function found(members: object, options: CheckOptions = { host: 'consumption' }) {
  const root = { $schema: 'x', contentVersion: '1.0.0.0', triggers: { manual: { type: 'Request', kind: 'Http' } }, actions: {} };
  return check({ ...root, ...members }, options).map(({ rule }) => rule);
}

describe('rules about values say nothing of a placeholder', () => {
  const call = (authentication: object, uri = 'https://contoso.sharepoint.com/_api/web') => ({
    Call: {
      type: 'Http',
      inputs: { method: 'GET', uri, authentication },
      runAfter: {},
      runtimeConfiguration: { secureData: { properties: ['inputs'] } },
    },
  });

  test.each(placeholders)('of a sign-in: %s', (text) => {
    const authentication = {
      type: 'ActiveDirectoryOAuth',
      tenant: text,
      audience: text,
      clientId: text,
      pfx: text,
      password: text,
      authority: text,
    };
    expect(found({ actions: call(authentication) })).toEqual([]);
    expect(found({ actions: call({ ...authentication, tenant: 'HR lists' }) })).toEqual(['single-tenant']);
  });

  test.each(placeholders)('of a number, a duration, a word, a connection: %s', (text) => {
    const Until = {
      type: 'Until',
      expression: "@equals(variables('a'), 1)",
      limit: { count: text, timeout: text },
      actions: {},
      runAfter: { A: ['Succeeded'] },
    };
    const A = { type: 'InitializeVariable', inputs: { variables: [{ name: 'a', type: 'integer', value: 1 }] }, runAfter: {} };
    const Call = {
      type: 'Http',
      inputs: { method: text, uri: text, retryPolicy: { type: 'fixed', count: 3, interval: text } },
      runAfter: {},
    };
    const Managed = {
      type: 'ApiConnection',
      inputs: { host: { connection: { referenceName: text } }, method: 'get', path: '/' },
      runAfter: {},
    };
    expect(
      found({ actions: { A, Until, Call, Managed } }, { host: 'standard', connections: { managedApiConnections: {} } }),
    ).toEqual([]);
  });

  test('a secret that is none, in a header and in a connection string', () => {
    const actions = {
      Call: {
        type: 'Http',
        inputs: { method: 'GET', uri: 'https://example.com', headers: { 'x-api-key': 'YOUR-KEY-GOES-HERE-123' } },
        runAfter: {},
      },
      Text: { type: 'Compose', inputs: 'AccountName=a;AccountKey=YOURSTORAGEACCOUNTKEYGOESHERE==', runAfter: {} },
    };
    expect(found({ actions })).toEqual([]);
  });
});
