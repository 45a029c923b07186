import { describe, expect, it } from 'vitest';
import { MemoryTree } from '../../src/document/file-tree.ts';
import { read } from '../../src/formats/standard-project/read.ts';
import { checkFile } from '../../src/index.ts';
import { folderOf, plainDefinition } from '../folder.ts';
import { hostile, replaced } from '../hostile.ts';

type Group = Record<string, unknown>;

const workflow = {
  definition: { ...plainDefinition, triggers: { R: { type: 'Recurrence', recurrence: { frequency: 'Day', interval: 1 } } } },
  kind: 'Stateful',
};
const guid = '33333333-3333-3333-3333-333333333333';

/** A project in which nothing is wrong. */
const good = {
  'host.json': { version: '2.0', extensions: { workflow: { McpServerEndpoints: { enable: true } } } },
  'connections.json': {
    managedApiConnections: {
      keyvault: {
        api: { id: `/subscriptions/${guid}/providers/Microsoft.Web/locations/westeurope/managedApis/keyvault` },
        connection: {
          id: "/subscriptions/@{appsetting('WORKFLOWS_SUBSCRIPTION_ID')}/resourceGroups/r/providers/Microsoft.Web/connections/keyvault",
        },
        connectionRuntimeUrl: "@parameters('keyvaultUrl')",
        authentication: { type: 'ManagedServiceIdentity' },
      },
    },
    serviceProviderConnections: {
      blob: {
        displayName: 'b',
        parameterSetName: 'connectionString',
        parameterValues: { connectionString: "@appsetting('BLOB')" },
        serviceProvider: { id: '/serviceProviders/AzureBlob' },
      },
    },
    agentConnections: {},
    agentMcpConnections: {},
  },
  'parameters.json': {
    keyvaultUrl: { type: 'String', value: "@appsetting('KV_URL')" },
    seconds: { type: 'int', value: 10 },
    half: { type: 'Float', value: 0.5 },
    often: { type: 'Int', value: "@appsetting('OFTEN')" },
    auth: { type: 'Object', value: { type: 'Raw', scheme: 'Key', parameter: "@appsetting('KEY')" } },
  },
  'local.settings.json': {
    IsEncrypted: false,
    Values: {
      AzureWebJobsStorage:
        'DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTocr/KBHBeksoGMGw==;',
      WORKFLOWS_SUBSCRIPTION_ID: guid,
      KV_URL: 'https://x.azure-apihub.net/apim/keyvault/1',
      BLOB: '@Microsoft.KeyVault(SecretUri=https://kv.vault.azure.net/secrets/blob)',
      OFTEN: '2',
      KEY: 'any-connection-key',
      PFX_PASSWORD: '',
      partitionKey: 'abcdef1234567890',
    },
  },
  'Read/workflow.json': workflow,
} as const;

type File = Exclude<keyof typeof good, 'Read/workflow.json'>;

/** What is found in the project with members of its files changed: `undefined` takes one away. */
async function found(changes: Partial<Record<File, Group>>, more: Group = {}): Promise<string[]> {
  const files: Group = { ...good, ...more };
  for (const [name, change] of Object.entries(changes)) {
    const file = structuredClone(good[name as File]) as Group;
    files[name] =
      name === 'local.settings.json' ? { ...file, Values: { ...(file.Values as Group), ...change } } : { ...file, ...change };
  }
  const folder = folderOf(files);
  return (await checkFile(folder)).map(
    ({ severity, rule, pointer, message, file = '' }) =>
      `${severity} ${rule} ${file.slice(folder.length + 1)}${pointer} ${message}`,
  );
}

const managed = (change: Group) => ({
  managedApiConnections: { keyvault: { ...good['connections.json'].managedApiConnections.keyvault, ...change } },
});

it('a project in which nothing is wrong has no finding', async () => {
  expect(await found({})).toEqual([]);
});

it('what the files share is told once, however many workflows there are', async () => {
  const lines = await found(
    { 'parameters.json': { n: { type: 'securestring', value: "@appsetting('KEY')" } } },
    { 'Other/workflow.json': workflow, 'Third/workflow.json': workflow },
  );
  expect(lines).toEqual([
    'error standard-secure-parameter parameters.json/n/type Standard does not support parameters of type securestring',
  ]);
});

describe('connections.json', () => {
  it.each([
    [
      'an unknown section',
      { managedConnections: {} },
      'warning app-connections connections.json/managedConnections connections.json has no section "managedConnections" that the runtime reads',
    ],
    [
      'no runtime address',
      managed({ connectionRuntimeUrl: undefined }),
      'warning app-connections connections.json/managedApiConnections/keyvault the connection "keyvault" lacks connectionRuntimeUrl, the address that is called',
    ],
    [
      'an empty runtime address',
      managed({ connectionRuntimeUrl: '' }),
      'warning app-connections connections.json/managedApiConnections/keyvault the connection "keyvault" lacks connectionRuntimeUrl, the address that is called',
    ],
    [
      'an id in place of the address',
      managed({ connectionRuntimeUrl: '/subscriptions/0/resourceGroups/r' }),
      'warning app-connections connections.json/managedApiConnections/keyvault/connectionRuntimeUrl the connectionRuntimeUrl of "keyvault" is no address',
    ],
    [
      'a setting that nothing gives',
      managed({ connectionRuntimeUrl: "@appsetting('KV_ULR')" }),
      'warning app-settings connections.json/managedApiConnections/keyvault/connectionRuntimeUrl the app setting "KV_ULR" is not in local.settings.json',
    ],
    [
      'a setting inside a text',
      managed({ connection: { id: "/subscriptions/@{appsetting('SUB')}/x" } }),
      'warning app-settings connections.json/managedApiConnections/keyvault/connection/id the app setting "SUB" is not in local.settings.json',
    ],
    [
      'a parameter that nothing gives',
      managed({ authentication: "@parameters('kvAuth')" }),
      'warning app-settings connections.json/managedApiConnections/keyvault/authentication parameters.json has no parameter "kvAuth"',
    ],
  ])('with %s', async (_, change, line) => {
    expect(await found({ 'connections.json': change })).toEqual([line]);
  });

  it.each([
    ['settings of the platform', managed({ connectionRuntimeUrl: "@{appsetting('WEBSITE_SITE_NAME')}/a" }), {}],
    ['another case', managed({ connectionRuntimeUrl: "@appSetting('kv_url')" }), {}],
    ['what is to be filled in', managed({ connectionRuntimeUrl: "@appsetting('<the address>')" }), {}],
    ['an address to be filled in', managed({ connectionRuntimeUrl: '#{RuntimeUrl}#' }), {}],
    [
      'settings where local.settings.json is not there',
      managed({ connectionRuntimeUrl: "@appsetting('ELSEWHERE')" }),
      { 'local.settings.json': undefined },
    ],
    ['parameters where parameters.json is not there', managed({}), { 'parameters.json': undefined }],
  ])('says nothing of %s', async (_, change, more) => {
    const files = Object.fromEntries(
      Object.entries({ ...good, ...more, 'connections.json': { ...good['connections.json'], ...change } }).filter(
        ([, file]) => file !== undefined,
      ),
    );
    expect(await checkFile(folderOf(files))).toEqual([]);
  });
});

it('a setting that a workflow reads itself, and that nothing gives', async () => {
  const reading = (name: string) => ({
    'Read/workflow.json': {
      ...workflow,
      definition: {
        ...workflow.definition,
        actions: { C: { type: 'Compose', inputs: `at @{appsetting('${name}')}`, runAfter: {} } },
      },
    },
  });
  expect(await found({}, reading('kv_url'))).toEqual([]);
  expect(await found({}, reading('KV_ULR'))).toEqual([
    'warning app-settings Read/workflow.json/definition/actions/C/inputs the app setting "KV_ULR" is not in local.settings.json',
  ]);
});

it('a connection without the runtime address that a workflow uses is an error, wherever it is used', async () => {
  const call = {
    type: 'ApiConnection',
    inputs: { host: { connection: { referenceName: 'KeyVault' } }, method: 'get', path: '/secrets' },
    runAfter: {},
  };
  const using = {
    'Deep/workflow.json': {
      ...workflow,
      definition: { ...workflow.definition, actions: { S: { type: 'Scope', actions: { Call: call }, runAfter: {} } } },
    },
  };
  const lines = await found({ 'connections.json': managed({ connectionRuntimeUrl: undefined }) }, using);
  expect(lines).toEqual([
    'error app-connections connections.json/managedApiConnections/keyvault the connection "keyvault" lacks connectionRuntimeUrl, the address that is called',
  ]);
});

describe('parameters.json', () => {
  it.each([
    ['no value', { p: { type: 'Int' } }, '/p the parameter "p" has no value'],
    [
      'a defaultValue in its place',
      { p: { type: 'String', defaultValue: 'a' } },
      '/p/defaultValue the parameter "p" has a defaultValue, and the runtime reads "value"',
    ],
    [
      'a text for a number',
      { p: { type: 'int', value: '1200' } },
      '/p/value the parameter "p" is of type Int, and this value is not',
    ],
    [
      'a number for a text',
      { p: { type: 'string', value: 1200 } },
      '/p/value the parameter "p" is of type String, and this value is not',
    ],
    [
      'a list for a group',
      { p: { type: 'Bool', value: [] } },
      '/p/value the parameter "p" is of type Bool, and this value is not',
    ],
    [
      'a type that there is not',
      { p: { type: 'Integer', value: 1 } },
      '/p/type the type of the parameter "p" is none that there is',
    ],
    ['a bare value', { p: 'a' }, '/p the parameter "p" is no group with type and value'],
  ])('with %s', async (_, change, line) => {
    expect(await found({ 'parameters.json': change })).toEqual([`error app-parameters parameters.json${line}`]);
  });

  it('may have null, placeholders and settings of every type', async () => {
    const change = {
      a: { type: 'Object', value: null },
      b: { type: 'Int', value: '#{Count}#' },
      c: { type: 'Array', value: "@appsetting('KEY')" },
      $schema: 'x',
    };
    expect(await found({ 'parameters.json': change })).toEqual([]);
  });

  it('with a setting that nothing gives', async () => {
    expect(await found({ 'parameters.json': { p: { type: 'String', value: "@appsetting('NOWHERE')" } } })).toEqual([
      'warning app-settings parameters.json/p/value the app setting "NOWHERE" is not in local.settings.json',
    ]);
  });
});

describe('a secret in a file of the app', () => {
  const [key, token] = ['0123456789abcdef0123456789abcdef', `eyJ${'a'.repeat(12)}.eyJ${'b'.repeat(12)}.${'c'.repeat(12)}`];
  const account = `DefaultEndpointsProtocol=https;AccountName=x;AccountKey=${'abcd1234'.repeat(10)}==;EndpointSuffix=core.windows.net`;
  const told = (at: string, what = 'a secret') => [
    `warning app-secret ${at} ${what} stands in ${at.slice(0, at.indexOf('.json') + 5)}, for everyone who may read that file`,
  ];
  const provider = (parameterValues: Group) => ({
    'connections.json': {
      serviceProviderConnections: { p: { parameterValues, serviceProvider: { id: '/serviceProviders/x' } } },
    },
  });
  const inProvider = (path: string) => `connections.json/serviceProviderConnections/p/parameterValues/${path}`;

  it.each([
    [provider({ connectionString: account }), told(inProvider('connectionString'), 'the key of a connection string')],
    [provider({ authProvider: { Type: 'ActiveDirectoryOAuth', ClientId: guid, Secret: '' } }), []],
    [
      provider({ authProvider: { Type: 'ActiveDirectoryOAuth', ClientId: guid, Secret: 'hush' } }),
      told(inProvider('authProvider/Secret')),
    ],
    [provider({ openAIKey: key }), told(inProvider('openAIKey'))],
    [provider({ partitionKey: key, openAIKey: '<key>', password: "@appsetting('KEY')" }), []],
    [
      { 'connections.json': { apiManagementConnections: { a: { apiId: '/x', baseUrl: 'https://a', subscriptionKey: key } } } },
      told('connections.json/apiManagementConnections/a/subscriptionKey'),
    ],
    [
      {
        'connections.json': {
          functionConnections: {
            f: { triggerUrl: 'https://a', authentication: { type: 'QueryString', name: 'Code', value: key } },
          },
        },
      },
      told('connections.json/functionConnections/f/authentication/value'),
    ],
    [
      { 'connections.json': managed({ authentication: { type: 'Raw', scheme: 'Key', parameter: 'plain key' } }) },
      told('connections.json/managedApiConnections/keyvault/authentication/parameter'),
    ],
    [
      { 'connections.json': { agentConnections: { o: { endpoint: 'https://a', authentication: { type: 'Key', key } } } } },
      told('connections.json/agentConnections/o/authentication/key'),
    ],
    [
      { 'parameters.json': { auth: { type: 'Object', value: { type: 'Raw', scheme: 'Key', parameter: token } } } },
      told('parameters.json/auth/value/parameter', 'a token (JWT)'),
    ],
    [{ 'parameters.json': { clientSecret: { type: 'String', value: key } } }, told('parameters.json/clientSecret/value')],
    [{ 'parameters.json': { greeting: { type: 'String', value: key } } }, []],
    [
      { 'local.settings.json': { 'office365-connectionKey': token } },
      told('local.settings.json/Values/office365-connectionKey', 'a token (JWT)'),
    ],
    [{ 'local.settings.json': { CLIENT_SECRET: key } }, told('local.settings.json/Values/CLIENT_SECRET')],
    [{ 'local.settings.json': { CLIENT_SECRET: 'any-client-secret' } }, []],
    [{ 'local.settings.json': { APPINSIGHTS_INSTRUMENTATIONKEY: guid } }, []],
    [
      {
        'local.settings.json': {
          SB__connectionString: 'Endpoint=sb://x1.servicebus.windows.net/;Authentication=ManagedIdentity',
        },
      },
      [],
    ],
    [{ 'host.json': { logging: { sink: account } } }, told('host.json/logging/sink', 'the key of a connection string')],
  ])('%j', async (changes, lines) => {
    expect(await found(changes)).toEqual(lines);
  });

  it('is told where the parameter that has it signs in, whatever it is called', async () => {
    const Call = {
      type: 'Http',
      inputs: {
        method: 'GET',
        uri: 'https://api.contoso.com/a',
        authentication: { type: 'Basic', username: 'u', password: "@parameters('door')" },
      },
      runAfter: {},
      runtimeConfiguration: { secureData: { properties: ['inputs'] } },
    };
    const own = { 'Read/workflow.json': { ...workflow, definition: { ...workflow.definition, actions: { Call } } } };
    expect(await found({ 'parameters.json': { door: { type: 'String', value: 'open sesame' } } }, own)).toEqual([
      'warning literal-credential parameters.json/door/value the value of a parameter that "Call" signs in with is in the file, for everyone who may read that',
    ]);
    expect(await found({ 'parameters.json': { door: { type: 'String', value: "@appsetting('KEY')" } } }, own)).toEqual([]);
  });

  it('is told in a static result', async () => {
    const staticResults = { Read0: { status: 'Succeeded', outputs: { statusCode: 'OK', body: { value: token } } } };
    const lines = await found(
      {},
      { 'Read/workflow.json': { ...workflow, definition: { ...workflow.definition, staticResults } } },
    );
    expect(lines).toEqual([
      'warning literal-secret Read/workflow.json/definition/staticResults/Read0/outputs/body/value a token (JWT) is in the definition, where everyone who may read it sees it',
    ]);
  });

  it('is shown nowhere', async () => {
    const folder = folderOf({
      ...good,
      'parameters.json': { door: { type: 'Int', value: key }, clientSecret: { type: 'String', value: key } },
    });
    const diagnostics = await checkFile(folder);
    expect(diagnostics.length).toBeGreaterThan(1);
    expect(JSON.stringify(diagnostics)).not.toContain(key);
    expect(diagnostics.filter(({ rule }) => rule === 'app-secret').every(({ isSecret }) => isSecret)).toBe(true);
  });
});

it('settings that refer to a certificate or a key of a vault', async () => {
  const at = (uri: string) => found({ 'local.settings.json': { BLOB: `@Microsoft.KeyVault(SecretUri=${uri})` } });
  const told = (collection: string) => [
    `warning vault-reference local.settings.json/Values/BLOB the setting refers to /${collection}/ of a vault, and only an address with /secrets/ is resolved`,
  ];
  expect(await at('https://kv.vault.azure.net/certificates/c')).toEqual(told('certificates'));
  expect(await at('https://kv.vault.azure.net/Certificates/c/0123')).toEqual(told('certificates'));
  expect(await at('https://kv.vault.azure.net/keys/c')).toEqual(told('keys'));
  expect(await at('https://kv.vault.azure.net/secrets/certificates')).toEqual([]);
});

it.each([
  [{ enable: true, authentication: { type: 'anonymous' } }, true],
  [{ enable: true, authentication: { type: 'Anonymous' } }, true],
  [{ enable: false, authentication: { type: 'anonymous' } }, false],
  [{ enable: true, authentication: { type: 'ApiKey' } }, false],
  [{ enable: true, authentication: {} }, false],
])('MCP endpoints %j', async (endpoints, isTold) => {
  const lines = await found({ 'host.json': { extensions: { workflow: { McpServerEndpoints: endpoints } } } });
  const line =
    'warning mcp-endpoint host.json/extensions/workflow/McpServerEndpoints/authentication/type everyone who can reach the app can call its workflows as tools: its MCP endpoints ask for no sign-in';
  expect(lines).toEqual(isTold ? [line] : []);
});

it('no value in a file of the app makes the reader throw', () => {
  const text = (value: unknown) => new TextEncoder().encode(JSON.stringify(value) ?? 'null');
  for (const name of ['connections.json', 'parameters.json', 'local.settings.json', 'host.json'] as const)
    for (const by of hostile)
      for (const other of replaced(good[name], by)) {
        const files = new Map(Object.entries({ ...good, [name]: other }).map(([path, value]) => [path, text(value)]));
        expect(() => read(new MemoryTree('p', files), '', ['Read/workflow.json'])).not.toThrow();
      }
});
