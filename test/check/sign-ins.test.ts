import { describe, expect, test } from 'vitest';
import { score } from '../../src/check/score.ts';
import { requestsOf } from '../../src/check/sign-ins/requests.ts';
import { signInsOf } from '../../src/check/sign-ins/sign-ins.ts';
import { Subject } from '../../src/check/subject.ts';
import { type CheckOptions, check } from '../../src/index.ts';

const client = '22222222-2222-2222-2222-222222222222';
const pfx = 'MIIKXAIBAzCCChYGCSqGSIb3DQEHAaCC';
const pasted = (members: object = {}) => ({
  type: 'ActiveDirectoryOAuth',
  tenant: 'common',
  audience: 'https://graph.microsoft.com/.default',
  clientId: client,
  pfx,
  password: 'plainpw',
  ...members,
});
const get = (authentication: object) => ({ method: 'GET', uri: 'https://graph.microsoft.com/v1.0/me', authentication });
const definition = (members: object) => ({
  $schema: 'https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#',
  contentVersion: '1.0.0.0',
  triggers: { manual: { type: 'Request', kind: 'Http' } },
  actions: {},
  ...members,
});
const mcp = (tools: object) => ({
  Agent: { type: 'Agent', inputs: {}, tools, runAfter: {}, limit: { count: 100 } },
});
const entra = 'https://login.microsoftonline.com/contoso.onmicrosoft.com/oauth2/v2.0/token';
const token = (body: unknown, uri: unknown = entra) => ({
  type: 'Http',
  inputs: { method: 'POST', uri, headers: { 'content-type': 'application/x-www-form-urlencoded' }, body },
  runAfter: {},
});
const form = `grant_type=client_credentials&client_id=${client}&scope=https%3A%2F%2Fgraph.microsoft.com%2F.default`;

/** `way place name type host` of each. */
function listed(members: object, options: CheckOptions = {}): string[] {
  return signInsOf(new Subject(definition(members), options)).map(
    ({ way, place, name, type, host = '?' }) => `${way} ${place} ${name} ${type} ${host}`,
  );
}

const found = (members: object, options: CheckOptions = {}) =>
  check(definition(members), options).map(({ severity, rule, pointer }) => `${severity} ${rule} ${pointer}`);

describe('every place where something signs in is listed', () => {
  const webhook = { subscribe: get(pasted()), unsubscribe: { ...get(pasted()), uri: 'https://api.contoso.com/x' } };
  const standard = {
    agentMcpConnections: { tools: { mcpServerUrl: 'https://mcp.contoso.com/sse', authentication: pasted(), displayName: 'x' } },
    managedApiConnections: { vault: { authentication: { type: 'ManagedServiceIdentity' } } },
  };

  test.each<[string, object, CheckOptions, string[]]>([
    [
      'an HTTP action, in any nesting',
      { actions: { S: { type: 'Scope', actions: { A: { type: 'http', inputs: get(pasted()) } } } } },
      {},
      ['group action A activedirectoryoauth graph.microsoft.com'],
    ],
    [
      'an HTTP trigger, its members in another case',
      { triggers: { P: { type: 'HTTP', inputs: { Uri: 'https://graph.microsoft.com', Authentication: { Type: 'BASIC' } } } } },
      {},
      ['group trigger P basic graph.microsoft.com'],
    ],
    [
      'a webhook, as action and as trigger',
      { triggers: { T: { type: 'HttpWebhook', inputs: webhook } }, actions: { W: { type: 'HttpWebhook', inputs: webhook } } },
      {},
      [
        'group subscribe T activedirectoryoauth graph.microsoft.com',
        'group unsubscribe T activedirectoryoauth api.contoso.com',
        'group subscribe W activedirectoryoauth graph.microsoft.com',
        'group unsubscribe W activedirectoryoauth api.contoso.com',
      ],
    ],
    [
      'an MCP tool of Consumption beside a tool of actions',
      {
        actions: mcp({
          M: {
            type: 'McpClientTool',
            kind: 'BuiltIn',
            inputs: { Connection: { McpServerUrl: 'https://mcp.contoso.com/', Authentication: { type: 'Key', key: 'k' } } },
          },
          T: { actions: { A: { type: 'Http', inputs: get({ type: 'Raw', value: 'x' }) } } },
        }),
      },
      {},
      ['group action A raw graph.microsoft.com', 'group mcp-tool M key mcp.contoso.com'],
    ],
    [
      'connections of a Standard app',
      { actions: {} },
      { host: 'standard', connections: standard },
      ['group connection tools activedirectoryoauth mcp.contoso.com', 'group connection vault managedserviceidentity ?'],
    ],
    [
      'connections of a resource',
      { actions: {} },
      {
        host: 'consumption',
        parameters: {
          $connections: { value: { kv: { connectionProperties: { authentication: { type: 'ManagedServiceIdentity' } } } } },
        },
      },
      ['group connection kv managedserviceidentity ?'],
    ],
    [
      'a token that is asked for by hand, and the header made of it through other actions',
      {
        actions: {
          Token: token(form),
          Parse: { type: 'ParseJson', inputs: { content: "@body('Token')", schema: {} }, runAfter: { Token: ['Succeeded'] } },
          Call: {
            type: 'Http',
            inputs: {
              method: 'GET',
              uri: 'https://contoso.sharepoint.com/_api/web',
              headers: { AUTHORIZATION: "@{concat('Bearer ', body('Parse')?['access_token'])}" },
            },
            runAfter: { Parse: ['Succeeded'] },
          },
        },
      },
      {},
      [
        'token-request action Token activedirectoryoauth login.microsoftonline.com',
        'header action Call header contoso.sharepoint.com',
      ],
    ],
    [
      'nothing of a string in its place',
      { actions: mcp({ M: { type: 'McpClientTool', inputs: { Connection: { Authentication: 'None' } } } }) },
      {},
      [],
    ],
  ])('%s', (_, members, options, expected) => {
    expect(listed(members, options)).toEqual(expected);
  });

  test('a connection with the operations that use it', () => {
    const actions = {
      ...mcp({ M: { type: 'McpClientTool', inputs: { connectionReference: { connectionName: 'tools' } } } }),
      Read: { type: 'ApiConnection', inputs: { host: { connection: { referenceName: 'vault' } } } },
    };
    const signIns = signInsOf(new Subject(definition({ actions }), { host: 'standard', connections: standard }));
    expect(signIns.map(({ name, users }) => [name, users.map((user) => user.name)])).toEqual([
      ['tools', ['M']],
      ['vault', ['Read']],
    ]);
  });

  test('an MCP tool whose connection is not there', () => {
    const tool = (kind: string) => ({
      type: 'McpClientTool',
      kind,
      inputs: { connectionReference: { connectionName: 'Tools' } },
    });
    const lines = found(
      { actions: mcp({ B: tool('BuiltIn'), M: tool('managed') }) },
      { host: 'standard', connections: standard },
    );
    expect(lines.filter((line) => line.includes('unknown-connection'))).toEqual([
      'warning unknown-connection /actions/Agent/tools/M/inputs/connectionReference/connectionName',
    ]);
  });

  test('a request to a host that is put together is known as far as it stands there', () => {
    const actions = { A: { type: 'Http', inputs: { uri: "https://contoso.sharepoint.com/sites/@{variables('x')}" } } };
    const others = { B: { type: 'Http', inputs: { uri: "https://@{variables('x')}/sites" } } };
    const hosts = requestsOf(new Subject(definition({ actions: { ...actions, ...others } }), {})).map(({ host }) => host);
    expect(hosts).toEqual(['contoso.sharepoint.com', undefined]);
  });
});

describe('wherever it stands, a sign-in is judged alike', () => {
  const rulesIn = (lines: string[]) => lines.map((line) => line.split(' ')[1] ?? '');
  const wanted = ['single-tenant', 'audience', 'literal-credential', 'literal-credential'];
  const tool = { Connection: { McpServerUrl: 'https://mcp.contoso.com/', Authentication: pasted() } };

  test.each<[string, object]>([
    ['an action', { actions: { A: { type: 'Http', inputs: get(pasted()) } } }],
    ['a trigger', { triggers: { P: { type: 'Http', recurrence: { frequency: 'Day', interval: 1 }, inputs: get(pasted()) } } }],
    [
      'what a webhook subscribes with',
      { actions: { W: { type: 'HttpWebhook', inputs: { subscribe: get(pasted()), unsubscribe: {} } } } },
    ],
    [
      'what it unsubscribes with',
      { triggers: { W: { type: 'HttpWebhook', inputs: { subscribe: {}, unsubscribe: get(pasted()) } } } },
    ],
    ['an MCP tool', { actions: mcp({ M: { type: 'McpClientTool', kind: 'BuiltIn', inputs: tool } }) }],
    [
      'an MCP tool of an agent in a scope',
      { actions: { S: { type: 'Scope', actions: mcp({ M: { type: 'MCPCLIENTTOOL', inputs: tool } }) } } },
    ],
  ])('%s', (_, members) => {
    expect(rulesIn(found(members))).toEqual(expect.arrayContaining(wanted));
  });

  test('a Standard MCP connection, in the file that it is in', () => {
    const connections = { agentMcpConnections: { m: { mcpServerUrl: 'https://graph.microsoft.com', authentication: pasted() } } };
    const places = { connections: { file: 'connections.json' } };
    const diagnostics = check(definition({}), { host: 'standard', connections, places });
    expect(diagnostics.map(({ rule, file, pointer }) => `${rule} ${file} ${pointer}`)).toEqual(
      expect.arrayContaining([
        'single-tenant connections.json /agentMcpConnections/m/authentication/tenant',
        'audience connections.json /agentMcpConnections/m/authentication/audience',
      ]),
    );
  });

  test('a parameter of type String that a trigger signs in with', () => {
    const members = {
      parameters: { pw: { type: 'String' } },
      triggers: { P: { type: 'Http', inputs: get({ type: 'Basic', username: 'u', password: "@parameters('pw')" }) } },
    };
    expect(found(members, { host: 'consumption' })).toContain('warning plain-credential-parameter /parameters/pw/type');
  });

  test.each<[string, object, string]>([
    ['a key in place of a type', { type: 'Kay' }, 'warning authentication-type'],
    ['no fault: a key of an MCP tool', { type: 'key', key: "@parameters('k')" }, ''],
    ['a key pasted', { type: 'Key', key: 'abc' }, 'warning literal-credential'],
  ])('an MCP tool: %s', (_, Authentication, expected) => {
    const inputs = { Connection: { McpServerUrl: 'https://mcp.contoso.com/', Authentication } };
    const lines = found({ parameters: { k: { type: 'SecureString' } }, actions: mcp({ M: { type: 'McpClientTool', inputs } }) });
    expect(lines.join('\n')).toContain(expected);
    if (expected === '') expect(lines).toEqual([]);
  });

  test('the type of a webhook, where it stands', () => {
    const subscribe = { method: 'POST', uri: 'https://x', authentication: { type: 'Basik' } };
    expect(found({ actions: { W: { type: 'HttpWebhook', inputs: { subscribe } } } })).toContain(
      'error authentication-type /actions/W/inputs/subscribe/authentication/type',
    );
  });
});

describe('what a workflow does by hand', () => {
  const credential = 'warning literal-credential /actions/Token/inputs/body';
  const compose = (inputs: string) => ({ F: { type: 'Compose', inputs, runAfter: {} } });

  test.each<[string, object, boolean]>([
    ['a secret in the form', { Token: token(`${form}&client_secret=abc123`) }, true],
    ['… first in it, in another order', { Token: token(`client_secret=abc123&${form}`) }, true],
    ['… put together by concat()', { Token: token(`@concat('${form}', '&client_secret=', uriComponent('a+b'))`) }, true],
    ['… in a Compose before it', { ...compose(`${form}&client_secret=abc123`), Token: token("@outputs('F')") }, true],
    ['the password of a person', { Token: token('grant_type=password&username=a&password=hunter2') }, true],
    ['a secret that is read', { Token: token(`${form}&client_secret=@{body('Get')?['value']}`) }, false],
    ['one that somebody is yet to fill in', { Token: token(`${form}&client_secret=<your secret>`) }, false],
    ['one for another service', { Token: token(`${form}&client_secret=abc123`, 'https://login.contoso.com/token') }, false],
  ])('%s', (_, actions, isTold) => {
    expect(found({ actions }).includes(credential)).toBe(isTold);
  });

  test('a tenant, a client id and a scope from parameters', () => {
    const parameters = Object.fromEntries(
      Object.entries({ tenant: 'common', id: 'not-a-guid', scope: 'User.Read' }).map(([name, defaultValue]) => [
        name,
        { type: 'String', defaultValue },
      ]),
    );
    const uri = "https://login.microsoftonline.com/@{parameters('tenant')}/oauth2/v2.0/token";
    const body = "grant_type=client_credentials&client_id=@{parameters('id')}&scope=@{encodeUriComponent(parameters('scope'))}";
    expect(found({ parameters, actions: { Token: token(body, uri) } })).toEqual(
      expect.arrayContaining([
        'warning single-tenant /actions/Token/inputs/uri',
        'warning client-id /actions/Token/inputs/body',
        'warning token-request /actions/Token/inputs/body',
      ]),
    );
  });

  test.each<[string, string, string]>([
    ['a retired API in a form, its slashes encoded', '&resource=https%3A%2F%2Fgraph.windows.net', 'retired-sign-in'],
    [
      'SharePoint by the id of its service, with a secret',
      "&client_secret=@{parameters('s')}&resource=00000003-0000-0ff1-ce00-000000000000",
      'sharepoint-secret',
    ],
    [
      'SharePoint by its address, with a secret',
      "&client_secret=@{parameters('s')}&resource=https://contoso.sharepoint.com/",
      'sharepoint-secret',
    ],
  ])('%s', (_, rest, rule) => {
    const body = `grant_type=client_credentials&client_id=${client}${rest}`;
    const lines = found({
      parameters: { s: { type: 'SecureString' } },
      actions: { Token: token(body, entra.replace('v2.0/', '')) },
    });
    expect(lines).toContain(`warning ${rule} /actions/Token/inputs/body`);
  });

  test('a trigger that asks for the token, which the actions then use', () => {
    const { runAfter, ...asking } = token(`${form}&client_secret=@{parameters('s')}`);
    const members = {
      parameters: { s: { type: 'SecureString' } },
      triggers: { Poll: { ...asking, recurrence: { frequency: 'Day', interval: 1 } } },
      actions: {
        Parse: { type: 'ParseJson', inputs: { content: '@triggerBody()', schema: {} }, runAfter },
        Call: {
          type: 'Http',
          inputs: {
            method: 'GET',
            uri: 'https://contoso.sharepoint.com/x',
            headers: { authorization: "Bearer @{body('Parse')?['access_token']}" },
          },
          runAfter: { Parse: ['Succeeded'] },
        },
      },
    };
    expect(listed(members)).toEqual([
      'token-request trigger Poll activedirectoryoauth login.microsoftonline.com',
      'header action Call header contoso.sharepoint.com',
    ]);
    expect(found(members)).toEqual(
      expect.arrayContaining([
        'warning credential-outputs /triggers/Poll',
        'warning secret-in-run-history /triggers/Poll/inputs/body',
        'warning audience-host /actions/Call/inputs/headers/authorization',
      ]),
    );
    const runtimeConfiguration = { secureData: { properties: ['inputs', 'outputs'] } };
    const hidden = { ...members, triggers: { Poll: { ...members.triggers.Poll, runtimeConfiguration } } };
    expect(found(hidden).join()).not.toMatch(/credential-outputs|run-history .triggers/);
  });

  test('JSON that is put together as a text', () => {
    const body = (text: string) => ({ actions: { Token: token(text, 'https://api.contoso.com') } });
    const told = 'info json-as-text /actions/Token/inputs/body';
    expect(found(body(`@concat('{"a":"', triggerBody()?['x'], '"}')`))).toContain(told);
    expect(found(body(`@concat('a=', triggerBody()?['x'])`))).not.toContain(told);
  });

  const calls = (host: string, scope: string) => ({
    Token: token(`grant_type=client_credentials&client_id=${client}&scope=${scope}`),
    Call: {
      type: 'Http',
      inputs: { method: 'GET', uri: `https://${host}/x`, headers: { Authorization: "Bearer @{body('Token')?['access_token']}" } },
      runAfter: { Token: ['Succeeded'] },
    },
  });

  test('a token for one API in a call of another', () => {
    const wrong = 'warning audience-host /actions/Call/inputs/headers/Authorization';
    expect(found({ actions: calls('contoso.sharepoint.com', 'https://graph.microsoft.com/.default') })).toContain(wrong);
    expect(found({ actions: calls('graph.microsoft.com', 'https://graph.microsoft.com/.default') })).not.toContain(wrong);
    expect(found({ actions: calls('api.contoso.com', 'https://graph.microsoft.com/.default') })).not.toContain(wrong);
  });
});

test('the score sheet lists them, with their place and no secret', () => {
  const actions = {
    Token: token(`${form}&client_secret=abc123`),
    Call: {
      type: 'Http',
      inputs: {
        method: 'GET',
        uri: 'https://graph.microsoft.com',
        headers: { Authorization: "Bearer @{body('Token')?['access_token']}" },
      },
      runAfter: { Token: ['Succeeded'] },
    },
  };
  const { calls } = score(definition({ triggers: { Poll: { type: 'Http', inputs: get(pasted()) } }, actions }));
  const audience = 'https://graph.microsoft.com';
  expect(calls).toEqual([
    { action: 'Poll', place: 'trigger', signIn: 'certificate', audience: `${audience}/.default`, areInputsHidden: false },
    { action: 'Token', signIn: 'client secret (token asked for by hand)', audience, areInputsHidden: false },
    { action: 'Call', signIn: 'token that "Token" asks for', audience, areInputsHidden: false },
  ]);
});
