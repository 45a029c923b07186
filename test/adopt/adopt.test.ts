import { describe, expect, test } from 'vitest';
import { MemoryTree, SingleFile } from '../../src/document/file-tree.ts';
import { openFile, openTree } from '../../src/formats/reading/open-tree.ts';
import { type Adoption, adopt, type OpenedDocument } from '../../src/index.ts';
import { definition, type Group } from './definition.ts';
import { aim, judge } from './judge.ts';

const acsForm =
  "grant_type=client_credentials&client_id=33333333-3333-3333-3333-333333333333@11111111-1111-1111-1111-111111111111&client_secret=@{encodeUriComponent(body('Get_secret')?['value'])}&resource=00000003-0000-0ff1-ce00-000000000000/fabrikam.sharepoint.com@11111111-1111-1111-1111-111111111111";
const acsAddress = 'https://accounts.accesscontrol.windows.net/11111111-1111-1111-1111-111111111111/tokens/OAuth/2';

const shown = {
  type: 'ApiConnection',
  inputs: {
    host: { connection: { name: "@parameters('$connections')['vault of ours']['connectionId']" } },
    method: 'get',
    path: "/secrets/@{encodeURIComponent('old')}/value",
  },
  runAfter: {},
};
const getSecret = { ...shown, runtimeConfiguration: { secureData: { properties: ['inputs', 'outputs'] } } };
const token = (inputs: object = {}, rest: object = {}) => ({
  type: 'Http',
  inputs: {
    method: 'POST',
    uri: acsAddress,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: acsForm,
    ...inputs,
  },
  runAfter: { Get_secret: ['Succeeded'] },
  ...rest,
});
const read = (inputs: object = {}, rest: object = {}) => ({
  type: 'Http',
  inputs: {
    method: 'GET',
    uri: 'https://fabrikam.sharepoint.com/_api/web/lists',
    headers: { Authorization: "Bearer @{body('Token')?['access_token']}", accept: 'application/json' },
    ...inputs,
  },
  runAfter: { Token: ['Succeeded'] },
  ...rest,
});
const entra = (version: string, form: string, tenant = '11111111-1111-1111-1111-111111111111') =>
  token({ uri: `https://login.microsoftonline.com/${tenant}/oauth2/${version}token`, body: form });

function opened(value: unknown, space: number | string = 2): OpenedDocument {
  const document = openFile(
    new SingleFile('flow.json', new TextEncoder().encode(JSON.stringify(value, null, space))),
    'flow.json',
    {
      isNamed: true,
    },
  );
  if (!document) throw new Error('no workflow');
  return document;
}

/** Adopts a definition and holds the result against what it promises. Gives the definition as it then is. */
async function adopted(value: unknown, own: Partial<typeof aim> = {}): Promise<{ adoption: Adoption; after: Group }> {
  const document = opened(value);
  const adoption = await adopt(document, { ...aim, ...own });
  await judge(document, adoption);
  return { adoption, after: adoption.document.definitions[0]?.definition as Group };
}

async function leftFor(value: unknown, own: Partial<typeof aim> = {}): Promise<string | undefined> {
  const { adoption } = await adopted(value, own);
  expect(adoption.files).toEqual([]);
  return adoption.plan.items[0]?.left;
}

const certificate = {
  type: 'ActiveDirectoryOAuth',
  tenant: "@parameters('tenantId')",
  audience: "@parameters('audience')",
  clientId: "@parameters('clientId')",
  pfx: "@body('Get_certificate')?['value']",
  password: '',
};

describe('a token of ACS', () => {
  test('becomes a sign-in by certificate over the connection that is there; who brought it goes, and what came after is joined up', async () => {
    const { adoption, after } = await adopted(
      definition({
        First: { type: 'Compose', inputs: 'first', runAfter: {} },
        Get_secret: { ...getSecret, runAfter: { First: ['Succeeded'] } },
        Token: token(),
        Read: read(),
      }),
    );
    expect(Object.keys(after.actions)).toEqual(['First', 'Read', 'Get_certificate']);
    expect(after.actions.Read.inputs.authentication).toEqual(certificate);
    expect(after.actions.Read.inputs.headers).toEqual({ accept: 'application/json' });
    expect(after.actions.Read.runAfter).toEqual({ First: ['Succeeded'], Get_certificate: ['Succeeded'] });
    expect(after.actions.Get_certificate.inputs.host).toEqual(getSecret.inputs.host);
    expect(after.actions.Get_certificate.runtimeConfiguration.secureData.properties).toEqual(['inputs', 'outputs']);
    expect(after.parameters.audience.defaultValue).toBe('https://fabrikam.sharepoint.com');
    expect(adoption.plan.items).toMatchObject([{ name: 'Token', trouble: 'dead', becomes: 'certificate' }]);
  });

  test('goes with all that only carried it: a parsed answer, a variable, a text', async () => {
    const carriers = {
      Start: { type: 'InitializeVariable', inputs: { variables: [{ name: 'bearer', type: 'string' }] }, runAfter: {} },
      Get_secret: { ...getSecret, runAfter: { Start: ['Succeeded'] } },
      Token: token(),
      Parsed: { type: 'ParseJson', inputs: { content: "@body('Token')", schema: {} }, runAfter: { Token: ['Succeeded'] } },
      Keep: {
        type: 'SetVariable',
        inputs: { name: 'bearer', value: "@{body('Parsed')?['access_token']}" },
        runAfter: { Parsed: ['Succeeded'] },
      },
      Read: read(
        { headers: { Authorization: "@concat('Bearer ', variables('bearer'))" } },
        { runAfter: { Keep: ['Succeeded'] } },
      ),
    };
    const { after } = await adopted(definition(carriers));
    expect(Object.keys(after.actions)).toEqual(['Read', 'Get_certificate']);
    expect(after.actions.Read.inputs.headers).toBeUndefined();
  });

  test.each<[string, object, RegExp]>([
    [
      'another action uses it',
      { Log: { type: 'Compose', inputs: "@outputs('Token')", runAfter: { Token: ['Succeeded'] } } },
      /"Log" uses "Token", too/,
    ],
    [
      'an action runs when it fails',
      { Sorry: { type: 'Compose', inputs: 'sorry', runAfter: { Token: ['Failed'] } } },
      /"Sorry" runs when "Token" fails/,
    ],
    [
      'an action whose name is computed is read',
      { Log: { type: 'Compose', inputs: "@outputs(triggerOutputs()?['x'])", runAfter: { Token: ['Succeeded'] } } },
      /name is computed/,
    ],
  ])('is left whole where %s', async (_, more, reason) => {
    expect(await leftFor(definition({ Get_secret: getSecret, Token: token(), Read: read(), ...more }))).toMatch(reason);
  });

  test('is left whole where its result is read with that of all around it, and where a header is made of more', async () => {
    const scope = { type: 'Scope', actions: { Token: token({}, { runAfter: {} }) }, runAfter: { Get_secret: ['Succeeded'] } };
    const after = { Read: read({}, { runAfter: { Scope: ['Succeeded'] } }) };
    const filter = { type: 'Compose', inputs: "@result('Scope')", runAfter: { Scope: ['Succeeded'] } };
    expect(await leftFor(definition({ Get_secret: getSecret, Scope: scope, ...after, Filter: filter }))).toMatch(
      /"Filter" reads the results/,
    );
    const more = read({ headers: { Authorization: "Bearer @{body('Token')?['access_token']}@{body('Token')?['token_type']}" } });
    expect(await leftFor(definition({ Get_secret: getSecret, Token: token(), Read: more }))).toMatch(/made of more|no header/);
  });

  test('in a scope goes from there, and the certificate is read before the scope', async () => {
    const scope = {
      type: 'Scope',
      actions: { Token: token({}, { runAfter: {} }), Read: read() },
      runAfter: { Get_secret: ['Succeeded'] },
    };
    const { after } = await adopted(definition({ Get_secret: getSecret, Scope: scope }));
    expect(after.actions.Scope.actions.Read.runAfter).toEqual({});
    expect(after.actions.Scope.runAfter).toEqual({ Get_certificate: ['Succeeded'] });
  });

  test('needs to be told which registration takes its place', async () => {
    const document = opened(definition({ Get_secret: getSecret, Token: token(), Read: read() }));
    const { plan } = await adopt(document, { vault: 'kv', certificate: 'c' });
    expect(plan.items[0]?.left).toMatch(/say --client-id/);
  });
});

describe('a token of Entra asked for by hand', () => {
  const client = 'client_id=22222222-2222-2222-2222-222222222222';

  test.each<[string, object, string]>([
    [
      'v1, with a resource',
      entra(
        '',
        `grant_type=client_credentials&${client}&client_secret=@{body('Get_secret')?['value']}&resource=https%3A%2F%2Fapi.contoso.com`,
      ),
      'https://api.contoso.com',
    ],
    [
      'v2, with a scope',
      entra(
        'v2.0/',
        `grant_type=client_credentials&${client}&client_secret=@{body('Get_secret')?['value']}&scope=api%3A%2F%2Fx%2F.default`,
      ),
      'api://x',
    ],
    [
      'an assertion',
      entra(
        'v2.0/',
        `grant_type=client_credentials&${client}&client_assertion_type=urn:x&client_assertion=@{body('Get_secret')?['value']}&scope=api%3A%2F%2Fx%2F.default`,
      ),
      'api://x',
    ],
  ])('%s', async (_, asks, audience) => {
    const { after } = await adopted(definition({ Get_secret: getSecret, Token: asks, Read: read() }));
    expect(after.parameters.audience.defaultValue).toBe(audience);
    expect(after.actions.Read.inputs.authentication).toEqual(certificate);
  });

  test('keeps what is computed at run time, where it is the same later', async () => {
    const form =
      "grant_type=client_credentials&client_id=@{parameters('app')}&client_secret=@{parameters('key')}&resource=@{parameters('api')}";
    const parameters = {
      app: { type: 'String' },
      key: { type: 'SecureString' },
      api: { type: 'String' },
      home: { type: 'String' },
    };
    const { after } = await adopted(
      definition({ Get_secret: getSecret, Token: entra('', form, "@{parameters('home')}"), Read: read() }, parameters),
    );
    expect(after.actions.Read.inputs.authentication).toMatchObject({
      tenant: "@parameters('home')",
      clientId: "@parameters('app')",
      audience: "@parameters('api')",
    });
    expect(Object.keys(after.parameters)).toEqual(['$connections', 'app', 'api', 'home', 'certificateName']);
  });

  test('is left where that may be another value by then', async () => {
    const form = `grant_type=client_credentials&${client}&client_secret=x1y2z3&resource=@{variables('api')}`;
    const actions = {
      Start: {
        type: 'InitializeVariable',
        inputs: { variables: [{ name: 'api', type: 'string', value: 'https://a.example' }] },
        runAfter: {},
      },
      Token: { ...entra('', form), runAfter: { Start: ['Succeeded'] } },
      Change: { type: 'SetVariable', inputs: { name: 'api', value: 'https://b.example' }, runAfter: { Token: ['Succeeded'] } },
      Read: read({}, { runAfter: { Change: ['Succeeded'] } }),
    };
    expect(await leftFor(definition(actions))).toMatch(/may be another value by the time "Read" runs/);
  });

  test.each<[string, string, RegExp]>([
    [
      'of a person',
      `grant_type=password&${client}&username=u&password=p&resource=https%3A%2F%2Fapi.contoso.com`,
      /signs in as a person/,
    ],
    [
      'for a scope of a person',
      `grant_type=client_credentials&${client}&client_secret=s&scope=User.Read`,
      /scope is not that of one API/,
    ],
    ['with a grant that is computed', `grant_type=@{triggerBody()}&${client}&client_secret=s&scope=x%2F.default`, /computed/],
  ])('is left %s', async (_, form, reason) => {
    expect(await leftFor(definition({ Get_secret: getSecret, Token: entra('v2.0/', form), Read: read() }))).toMatch(reason);
  });
});

describe('an authentication group', () => {
  const call = (authentication: object, rest: object = {}) => ({
    type: 'Http',
    inputs: { method: 'GET', uri: 'https://graph.microsoft.com/v1.0/users', authentication },
    runAfter: {},
    ...rest,
  });
  const secret = {
    type: 'ActiveDirectoryOAuth',
    tenant: '11111111-1111-1111-1111-111111111111',
    audience: 'https://graph.microsoft.com',
    clientId: '22222222-2222-2222-2222-222222222222',
    secret: 'canary-Zm9vYmFyYmF6',
  };
  const own = { ...certificate, pfx: "@body('Get_secret')?['value']" };

  test('with a secret keeps its other members; tenant, client and audience become parameters', async () => {
    const { adoption, after } = await adopted(
      definition({ Call: call({ ...secret, authority: 'https://login.microsoftonline.com' }) }),
    );
    expect(after.actions.Call.inputs.authentication).toEqual({ ...own, authority: 'https://login.microsoftonline.com' });
    expect(after.actions.Call.runAfter).toEqual({ Get_secret: ['Succeeded'] });
    expect(after.parameters.clientId.defaultValue).toBe(secret.clientId);
    expect(JSON.stringify(adoption.plan)).not.toContain('canary');
    expect(adoption.files[0]?.after).not.toContain('canary');
  });

  test('takes the certificate once, before all who need it, loops and branches too', async () => {
    const later = call(secret, { runAfter: { Loop: ['Succeeded'] } });
    const actions = {
      Loop: { type: 'Foreach', foreach: '@createArray(1, 2)', actions: { Inner: call(secret) }, runAfter: {} },
      Later: later,
      Sorry: call(secret, { runAfter: { Loop: ['Failed'] } }),
      Other: { type: 'Compose', inputs: 1, runAfter: {} },
    };
    const { after } = await adopted(definition(actions));
    expect(after.actions.Loop.runAfter).toEqual({ Get_secret: ['Succeeded'] });
    expect(after.actions.Later.runAfter).toEqual({ Loop: ['Succeeded'] });
    // Where the vault does not answer, the loop is skipped and not failed.
    expect(after.actions.Sorry.runAfter).toEqual({ Loop: ['Failed'], Get_secret: ['Succeeded'] });
    expect(after.actions.Other.runAfter).toEqual({});
  });

  test('of a second registration keeps its own tenant and client', async () => {
    const other = { ...secret, clientId: '44444444-4444-4444-4444-444444444444' };
    const { after } = await adopted(definition({ Call: call(secret), Other: call(other) }));
    expect(after.actions.Other.inputs.authentication.clientId).toBe(other.clientId);
    expect(after.actions.Call.inputs.authentication.clientId).toBe("@parameters('clientId')");
  });

  test('with a pasted certificate takes that of the vault; its password goes', async () => {
    const { secret: _, ...rest } = secret;
    const { after } = await adopted(definition({ Call: call({ ...rest, pfx: 'TUlJS1BBSUJBekND', password: 'canary' }) }));
    expect(after.actions.Call.inputs.authentication).toEqual(own);
  });

  test('of type Basic becomes one where the API takes no passwords any more', async () => {
    const { after } = await adopted(definition({ Call: call({ type: 'Basic', username: 'u', password: 'canary' }) }));
    expect(after.actions.Call.inputs.authentication).toEqual(own);
  });

  test('with user name and password, and in a trigger, is left', async () => {
    const { secret: _, ...rest } = secret;
    expect(await leftFor(definition({ Call: call({ ...rest, username: 'u', password: 'p' }) }))).toMatch(/signs in as a person/);
    const polled = definition({});
    polled.triggers = { Poll: { ...call(secret), recurrence: { frequency: 'Day', interval: 1 } } };
    polled.actions = { Done: { type: 'Compose', inputs: 1, runAfter: {} } };
    expect(await leftFor(polled)).toMatch(/a trigger signs in before/);
  });

  test('with a certificate of the vault, Basic to others, and a managed identity are no matter of it', async () => {
    const { secret: _, ...rest } = secret;
    const hidden = { runtimeConfiguration: { secureData: { properties: ['inputs', 'outputs'] } } };
    const good = definition({
      Get_secret: { ...getSecret, ...hidden },
      Call: call(
        { ...rest, pfx: "@body('Get_secret')?['value']", password: '' },
        { runAfter: { Get_secret: ['Succeeded'] }, ...hidden },
      ),
      Own: call({ type: 'ManagedServiceIdentity', audience: 'https://graph.microsoft.com' }),
      Basic: {
        ...call({ type: 'Basic', username: 'u', password: 'p' }),
        inputs: { method: 'GET', uri: 'https://example.com/x', authentication: { type: 'Basic', username: 'u', password: 'p' } },
      },
    });
    const { adoption } = await adopted(good);
    expect(adoption.plan.items).toEqual([]);
  });
});

test('an unsecured Get secret that something needs is hidden', async () => {
  const use = {
    type: 'Http',
    inputs: { method: 'GET', uri: 'https://example.com', headers: { 'x-key': "@body('Get_secret')?['value']" } },
    runAfter: { Get_secret: ['Succeeded'] },
  };
  const { adoption, after } = await adopted(definition({ Get_secret: shown, Use: use }));
  expect(after.actions.Get_secret.runtimeConfiguration.secureData.properties).toEqual(['inputs', 'outputs']);
  expect(adoption.plan.items).toMatchObject([{ trouble: 'leaking', becomes: 'hidden' }]);
});

test.each([
  ['on one line', 0],
  ['with tabs', '\t'],
])('a text %s stays so', async (_, space) => {
  const document = opened(definition({ Get_secret: getSecret, Token: token(), Read: read() }), space);
  const { files } = await adopt(document, aim);
  const [file] = files;
  expect(JSON.stringify(JSON.parse(file?.after ?? ''), null, space)).toBe(file?.after);
});

describe('a project of Logic Apps (Standard)', () => {
  const workflow = (actions: object) => ({ definition: { ...definition(actions), parameters: {} }, kind: 'Stateful' });
  const secret = {
    type: 'Http',
    inputs: {
      method: 'GET',
      uri: 'https://graph.microsoft.com/v1.0/users',
      authentication: {
        type: 'ActiveDirectoryOAuth',
        tenant: aim.tenantId,
        audience: 'https://graph.microsoft.com',
        clientId: aim.clientId,
        secret: 'canary',
      },
    },
    runAfter: {},
  };
  async function project(files: Readonly<Record<string, unknown>>) {
    const tree = new MemoryTree(
      'app',
      new Map(Object.entries(files).map(([path, value]) => [path, new TextEncoder().encode(JSON.stringify(value, null, 2))])),
    );
    for await (const document of openTree(tree)) return document;
    throw new Error('no workflow');
  }

  test('gets parameters and one connection in the files that its workflows share, which are made where they are missing', async () => {
    const document = await project({
      'host.json': { version: '2.0' },
      'a-b/workflow.json': workflow({ Call: secret }),
      'c/workflow.json': workflow({ Call: secret }),
    });
    const adoption = await adopt(document, aim);
    await judge(document, adoption);
    const written = Object.fromEntries(adoption.files.map(({ path, after }) => [path, JSON.parse(after)]));
    expect(Object.keys(written['connections.json'].serviceProviderConnections)).toEqual(['keyVault']);
    expect(written['connections.json'].serviceProviderConnections.keyVault.parameterValues.VaultUri).toBe(
      'https://kv-contoso.vault.azure.net',
    );
    expect(written['parameters.json'].a_b_clientId).toEqual({ type: 'String', value: aim.clientId });
    expect(Object.keys(written['parameters.json'])).toHaveLength(8);
    expect(written['c/workflow.json'].definition.actions.Get_secret.inputs).toEqual({
      parameters: { secretName: "@parameters('c_certificateName')" },
      serviceProviderConfiguration: {
        connectionName: 'keyVault',
        operationId: 'getSecret',
        serviceProviderId: '/serviceProviders/keyVault',
      },
    });
    expect(JSON.stringify(adoption.files.map(({ after }) => after))).not.toContain('canary');
  });

  test('takes the connection to the vault that is there', async () => {
    const keyVault = {
      parameterSetName: 'ManagedServiceIdentity',
      parameterValues: { VaultUri: 'https://KV-contoso.vault.azure.net/' },
      serviceProvider: { id: '/serviceProviders/keyVault' },
    };
    const document = await project({
      'host.json': {},
      'connections.json': { serviceProviderConnections: { ours: keyVault } },
      'parameters.json': { own: { type: 'String', value: 'x' } },
      'c/workflow.json': workflow({ Call: secret }),
    });
    const adoption = await adopt(document, aim);
    await judge(document, adoption);
    expect(adoption.files.map(({ path }) => path)).toEqual(['c/workflow.json', 'parameters.json']);
    expect(adoption.files[0]?.after).toContain('"connectionName": "ours"');
  });
});

test('a flow gets a connection to the vault beside its definition', async () => {
  const call = {
    type: 'Http',
    inputs: {
      method: 'GET',
      uri: 'https://graph.microsoft.com/v1.0/users',
      authentication: {
        type: 'ActiveDirectoryOAuth',
        tenant: aim.tenantId,
        audience: 'https://graph.microsoft.com',
        clientId: aim.clientId,
        secret: 'canary',
      },
    },
    runAfter: {},
  };
  const inner = {
    ...definition({ Call: call }, { $authentication: { type: 'SecureObject', defaultValue: {} } }),
    triggers: {
      manual: { type: 'Request', kind: 'Button', inputs: { schema: { type: 'object', properties: {}, required: [] } } },
    },
  };
  const document = opened({
    properties: { displayName: 'flow', definition: inner, connectionReferences: {} },
    schemaVersion: '1.0.0.0',
  });
  const adoption = await adopt(document, aim);
  await judge(document, adoption);
  const { properties } = JSON.parse(adoption.files[0]?.after ?? '');
  expect(Object.keys(properties.connectionReferences)).toEqual(['shared_keyvault']);
  expect(properties.definition.actions.Get_secret.inputs).toMatchObject({
    host: { connectionName: 'shared_keyvault', operationId: 'GetSecret' },
    parameters: { secretName: "@parameters('certificateName')" },
    authentication: "@parameters('$authentication')",
  });
});
