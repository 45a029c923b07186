import { expect, test } from 'vitest';
import { check } from '../../src/index.ts';

const plain = 'application/json;odata=nometadata';
const http = (headers: object | undefined, uri = 'https://contoso.sharepoint.com/sites/hr/_api/web/lists') => ({
  Get: { type: 'Http', inputs: { method: 'GET', uri, ...(headers && { headers }) }, runAfter: {} },
});
const then = (inputs: unknown) => ({ Use: { type: 'Compose', inputs, runAfter: { Get: ['Succeeded'] } } });
const parsed = (inputs: unknown) => ({
  Parse: { type: 'ParseJson', inputs: { content: "@body('Get')", schema: {} }, runAfter: { Get: ['Succeeded'] } },
  Use: { type: 'Compose', inputs, runAfter: { Parse: ['Succeeded'] } },
});
const flow = (headers: object) => ({
  Get: {
    type: 'OpenApiConnection',
    inputs: {
      host: {
        apiId: '/providers/Microsoft.PowerApps/apis/shared_sharepointonline',
        operationId: 'HttpRequest',
        connectionName: 'x',
      },
      parameters: { dataset: 'https://contoso.sharepoint.com', 'parameters/method': 'GET', 'parameters/headers': headers },
    },
    runAfter: {},
  },
});
const connector = (headers: object) => ({
  Get: {
    type: 'ApiConnection',
    inputs: {
      host: { connection: { name: "@parameters('$connections')['sharepointonline']['connectionId']" } },
      method: 'post',
      path: "/datasets/@{encodeURIComponent(encodeURIComponent('https://contoso.sharepoint.com'))}/httprequest",
      body: { method: 'GET', uri: '_api/web', headers },
    },
    runAfter: {},
  },
});
const parameters = { $connections: { type: 'Object', defaultValue: {} } };

test.each<[string, object, boolean]>([
  [
    'value of a verbose answer',
    { ...http({ Accept: 'application/json;odata=verbose' }), ...then("@body('Get')?['value']") },
    true,
  ],
  [
    '… with a blank, in capitals',
    { ...http({ ACCEPT: 'application/json; OData = Verbose' }), ...then("@{body('Get').value}") },
    true,
  ],
  [
    '… through outputs()',
    { ...http({ accept: 'application/json;odata=verbose' }), ...then("@outputs('Get')?['body/value']") },
    true,
  ],
  [
    '… through Parse JSON',
    { ...http({ accept: 'application/json;odata=verbose' }), ...parsed("@body('Parse')?['value']") },
    true,
  ],
  [
    'd of a verbose answer',
    { ...http({ accept: 'application/json;odata=verbose' }), ...then("@body('Get')?['d']?['results']") },
    false,
  ],
  ['all of it', { ...http({ accept: 'application/json;odata=verbose' }), ...then("@body('Get')") }, false],
  ['its status', { ...http({ accept: 'application/json;odata=verbose' }), ...then("@outputs('Get')?['statusCode']") }, false],
  ['d of another', { ...http({ accept: plain }), ...then("@body('Get')?['d']") }, true],
  ['value of another', { ...http({ accept: 'application/json' }), ...then("@body('Get')?['value'][0]") }, false],
  ['anything of XML', { ...http(undefined), ...then("@body('Get')?['Title']") }, true],
  ['… with other headers', { ...http({ 'x-a': '1' }), ...then("@outputs('Get')?['body']?['value']") }, true],
  [
    'the file itself',
    {
      ...http(undefined, "https://contoso.sharepoint.com/_api/web/GetFileById('x')/$value"),
      ...then("@body('Get')?['$content']"),
    },
    false,
  ],
  [
    'of another host',
    {
      ...http({ accept: 'application/json;odata=verbose' }, 'https://api.contoso.com/_api/x'),
      ...then("@body('Get')?['value']"),
    },
    false,
  ],
  ['a header that is computed', { ...http({ accept: "@{triggerBody()?['a']}" }), ...then("@body('Get')?['value']") }, false],
  [
    'value of what the connector of a flow is asked for verbosely',
    { ...flow({ Accept: 'application/json;odata=verbose' }), ...then("@outputs('Get')?['body/value']") },
    true,
  ],
  ['… in Logic Apps', { ...connector({ Accept: 'application/json;odata=verbose' }), ...then("@body('Get')?['value']") }, true],
  ['what it answers by default', { ...flow({ 'x-a': '1' }), ...then("@body('Get')?['d']") }, false],
])('%s', (_, actions, isTold) => {
  const rules = check({ triggers: { manual: { type: 'Request' } }, parameters, actions }).map(({ rule }) => rule);
  expect(rules.includes('sharepoint-answer')).toBe(isTold);
});
