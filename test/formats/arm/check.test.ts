import { describe, expect, it } from 'vitest';
import { checkFile, open } from '../../../src/index.ts';
import { plainDefinition } from '../../folder.ts';

type Group = Record<string, unknown>;

const schema = 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#';
const msi = { authentication: { type: 'ManagedServiceIdentity' } };
const connectionId = "[resourceId('Microsoft.Web/connections', 'kv')]";

/** A connection for a managed identity; `properties` change it. */
function connection(name = 'kv', properties: Group = {}, rest: Group = {}): Group {
  return {
    type: 'Microsoft.Web/connections',
    apiVersion: '2016-06-01',
    name,
    location: 'westeurope',
    properties: {
      api: { id: "[subscriptionResourceId('Microsoft.Web/locations/managedApis', 'westeurope', 'keyvault')]" },
      parameterValueType: 'Alternative',
      alternativeParameterValues: { vaultName: 'kv-contoso' },
      ...properties,
    },
    ...rest,
  };
}

const made = {
  parameterValueType: undefined,
  alternativeParameterValues: undefined,
  parameterValues: { vaultName: 'kv-contoso' },
};

/** A workflow that reads a secret over `$connections.keyvault`; `entry` changes what stands there, `rest` the resource. */
function workflow(entry: Group = {}, rest: Group = {}, actions: Group = {}): Group {
  const read = {
    type: 'ApiConnection',
    inputs: {
      host: { connection: { name: "@parameters('$connections')['keyvault']['connectionId']" } },
      method: 'get',
      path: "/secrets/@{encodeURIComponent('c')}/metadata",
    },
    runAfter: {},
  };
  return {
    type: 'Microsoft.Logic/workflows',
    apiVersion: '2019-05-01',
    name: 'read',
    location: 'westeurope',
    identity: { type: 'SystemAssigned' },
    dependsOn: [connectionId],
    properties: {
      definition: {
        ...plainDefinition,
        triggers: { Recurrence: { type: 'Recurrence', recurrence: { frequency: 'Day', interval: 1 } } },
        parameters: { $connections: { type: 'Object', defaultValue: {} } },
        actions: { Read: read, ...actions },
      },
      parameters: {
        $connections: {
          value: { keyvault: { id: 'x', connectionId, connectionName: 'kv', connectionProperties: msi, ...entry } },
        },
      },
    },
    ...rest,
  };
}

/** What is found in a template with these resources. */
async function found(resources: unknown, template: Group = {}): Promise<string[]> {
  const text = JSON.stringify({ $schema: schema, contentVersion: '1.0.0.0', parameters: {}, resources, ...template });
  const document = await open(new TextEncoder().encode(text), { name: 't.json' });
  return (await checkFile(document)).map(({ severity, rule, message }) => `${severity} ${rule} ${message}`);
}

const nested = (resources: unknown, template: Group = {}, properties: Group = {}): Group => ({
  type: 'Microsoft.Resources/deployments',
  apiVersion: '2021-04-01',
  name: 'inner',
  properties: { mode: 'Incremental', ...properties, template: { $schema: schema, parameters: {}, resources, ...template } },
});

describe('connection, workflow and identity of one template', () => {
  const group = "concat('/subscriptions/', subscription().subscriptionId, '/resourceGroups/', resourceGroup().name";
  it.each([
    ['in this order', [connection(), workflow()], {}],
    ['in the other order', [workflow(), connection()], {}],
    [
      'linked by a variable',
      [connection("[variables('n')]"), workflow({ connectionId: "[resourceId('Microsoft.Web/connections', variables('n'))]" })],
      { variables: { n: 'kv' } },
    ],
    [
      'linked by a parameter',
      [
        connection("[parameters('n')]"),
        workflow(
          { connectionId: "[resourceId('Microsoft.Web/connections', parameters('n'))]" },
          { dependsOn: ["[parameters('n')]"] },
        ),
      ],
      { parameters: { n: { type: 'string' } } },
    ],
    ['linked by text', [connection(), workflow({ connectionId: `[${group}, '/providers/Microsoft.Web/connections/kv')]` })], {}],
    ['with symbolic names', { a: connection(), b: workflow({}, { dependsOn: ['a'] }) }, { languageVersion: '2.0' }],
    ['inside a template', [nested([connection(), workflow()])], {}],
  ])('that are right, %s, have no finding', async (_, resources, template) => {
    expect(await found(resources, template)).toEqual([]);
  });

  const lacks =
    'error connection-identity the connection "keyvault" is made for the managed identity, and its entry in $connections lacks the authentication';
  const notMade =
    'error connection-identity the connection "keyvault" signs in with the managed identity, and its resource in this template is not made for that';

  it.each([
    ['by resourceId', [connection(), workflow({ connectionProperties: undefined })], {}],
    [
      'by resourceId with the place',
      [
        connection(),
        workflow({
          connectionProperties: undefined,
          connectionId: "[resourceId(resourceGroup().name, 'Microsoft.Web/connections', 'KV')]",
        }),
      ],
      {},
    ],
    [
      'by text',
      [
        connection(),
        workflow({
          connectionProperties: undefined,
          connectionId: "[concat(resourceGroup().id, '/providers/Microsoft.Web/connections/kv')]",
        }),
      ],
      {},
    ],
    [
      'by a variable that has the id',
      [connection(), workflow({ connectionProperties: undefined, connectionId: "[variables('id')]" })],
      { variables: { n: 'kv', id: "[resourceId('Microsoft.Web/connections', variables('n'))]" } },
    ],
    [
      'by a name that only the deployment knows',
      [
        connection("[concat('kv-', uniqueString(resourceGroup().id))]"),
        workflow(
          {
            connectionProperties: {},
            connectionId: "[resourceId('Microsoft.Web/connections', concat('kv-', uniqueString(resourceGroup().id)))]",
          },
          { dependsOn: ["[resourceId('Microsoft.Web/connections', concat('kv-', uniqueString(resourceGroup().id)))]"] },
        ),
      ],
      {},
    ],
    [
      'in a template inside',
      [nested([connection(), workflow({ connectionProperties: null })], {}, { expressionEvaluationOptions: { scope: 'inner' } })],
      {},
    ],
  ])('whose entry lacks the authentication, linked %s', async (_, resources, template) => {
    expect(await found(resources, template)).toEqual([lacks]);
  });

  it('tells which of several connections is not made for the identity', async () => {
    const other = { id: 'x', connectionId: "[resourceId('Microsoft.Web/connections', 'b')]", connectionProperties: msi };
    const both = workflow({}, { dependsOn: [connectionId, 'b'] }) as {
      properties: { parameters: { $connections: { value: Group } } };
    };
    both.properties.parameters.$connections.value.blob = other;
    expect(
      await found([
        connection('b', { parameterValueType: undefined, parameterValueSet: { name: 'managedIdentityAuth', values: {} } }),
        both,
        connection('kv', made),
      ]),
    ).toEqual([notMade]);
  });

  it.each([
    [
      'a connection elsewhere',
      [
        workflow(
          { connectionProperties: undefined, connectionId: "[resourceId('other', 'Microsoft.Web/connections', 'kv')]" },
          { dependsOn: [] },
        ),
        connection(),
      ],
    ],
    [
      'one of two that a condition chooses',
      [
        connection('kv', {}, { condition: "[equals('a', 'b')]" }),
        connection('kv', made, { condition: "[not(equals('a', 'b'))]" }),
        workflow(),
      ],
    ],
    ['one whose kind is a parameter', [connection('kv', { parameterValueType: "[parameters('kind')]" }), workflow()]],
    ['one that a loop makes', [connection('kv', made, { copy: { name: 'all', count: 2 } }), workflow()]],
    ['an entry that is worked out', [connection(), workflow({ connectionProperties: "[parameters('kind')]" })]],
  ])('says nothing of %s', async (_, resources) => {
    expect(await found(resources, { parameters: { kind: { type: 'string' } } })).toEqual([]);
  });

  const call = (authentication: unknown) => ({
    Call: { type: 'Http', inputs: { method: 'GET', uri: 'https://api.contoso.com/a', authentication }, runAfter: {} },
  });
  const user = {
    type: 'UserAssigned',
    userAssignedIdentities: { "[resourceId('Microsoft.ManagedIdentity/userAssignedIdentities', 'i')]": {} },
  };

  it.each([
    [
      'without one',
      workflow({}, { identity: undefined }),
      [
        'error workflow-identity the connection "keyvault" signs in with the managed identity of the workflow, and its resource has none',
      ],
    ],
    [
      'with None',
      workflow({}, { identity: { type: 'None' } }),
      [
        'error workflow-identity the connection "keyvault" signs in with the managed identity of the workflow, and its resource has none',
      ],
    ],
    [
      'of an older version',
      workflow({}, { identity: undefined, apiVersion: '2017-07-01' }),
      [
        'warning workflow-identity the connection "keyvault" signs in with the managed identity of the workflow, and its resource has none',
      ],
    ],
    [
      'with an action that signs in',
      workflow(
        { connectionProperties: undefined },
        { identity: undefined },
        call({ type: 'managedserviceidentity', audience: 'api://a' }),
      ),
      [lacks, 'error workflow-identity "Call" signs in with the managed identity of the workflow, and its resource has none'],
    ],
    [
      'with a user-assigned one that nobody names',
      workflow({}, { identity: user }),
      ['error workflow-identity the connection "keyvault" names no identity, and the workflow has no system-assigned one'],
    ],
    [
      'with a user-assigned one that is named',
      workflow(
        { connectionProperties: { authentication: { type: 'ManagedServiceIdentity', identity: "[parameters('i')]" } } },
        { identity: user },
      ),
      [],
    ],
    [
      'with the system-assigned one, and another is named',
      workflow(
        {},
        {},
        call({
          type: 'ManagedServiceIdentity',
          audience: 'api://a',
          identity: '/subscriptions/0/resourceGroups/r/providers/Microsoft.ManagedIdentity/userAssignedIdentities/i',
        }),
      ),
      ['warning workflow-identity "Call" names a user-assigned identity, and the workflow has only the system-assigned one'],
    ],
    ['whose kind is a parameter', workflow({}, { identity: { type: "[parameters('i')]" } }), []],
    ['that is worked out', workflow({}, { identity: "[parameters('i')]" }), []],
    ['in a part of a resource', workflow({}, { identity: undefined, location: undefined }), []],
  ])('a workflow %s', async (_, resource, lines) => {
    expect((await found([connection(), resource], { parameters: { i: { type: 'string' } } })).sort()).toEqual(lines);
  });

  const waits = [
    'warning connection-dependency the workflow uses the connection "keyvault" of this template, and does not wait until that is deployed',
  ];

  it.each([
    ['nothing', undefined, waits],
    ['another connection', ['other'], waits],
    ['its name', ['kv'], []],
    ['its name with the type', ['Microsoft.Web/connections/kv'], []],
    ['what waits for it', ['late'], []],
    ['what is not known', ["[parameters('i')]"], []],
    ['a list that is worked out', "[parameters('i')]", []],
  ])('that waits for %s', async (_, dependsOn, lines) => {
    const late = connection('late', {}, { dependsOn: [connectionId] });
    const resources = [connection(), connection('other'), late, workflow({}, { dependsOn })];
    expect(await found(resources, { parameters: { i: { type: 'string' } } })).toEqual(lines);
  });

  it('that waits by reference()', async () => {
    const tags = { state: "[reference(resourceId('Microsoft.Web/connections', 'kv')).provisioningState]" };
    expect(await found([connection(), workflow({}, { dependsOn: undefined, tags })])).toEqual([]);
    expect(await found([connection(), workflow({}, { dependsOn: undefined, tags: { state: 'x' } })])).toEqual(waits);
  });
});

describe('expressions of a template', () => {
  const compose = (inputs: unknown, rest: Group = {}): Group =>
    workflow({}, { dependsOn: undefined, ...rest }, { C: { type: 'Compose', inputs, runAfter: {} } });
  const own = { parameters: { place: { type: 'string' } }, variables: { host: 'a.contoso.com' } };
  const textual = (what: string) => `warning expression-in-text ${what} stands inside a text, where ARM does not work it out`;
  const none = 'error template-expression ARM takes a string from [ to ] for an expression, and this is none';
  const noFunction = (name: string) =>
    `error template-expression ARM takes a string from [ to ] for an expression of its own, and it has no function ${name}()`;

  it.each([
    ["[parameters('Place')]", []],
    ["[parameters('plac')]", ['error template-expression the template has no parameter "plac"']],
    ["[concat('a', variables('hst'))]", ['error template-expression the template has no variable "hst"']],
    ["[[parameters('plac')]", []],
    ['[urgent]', [none]],
    ['[urgent', []],
    ['["a", "b"]', [none]],
    ['[]', []],
    ["[body('Read')]", [noFunction('body')]],
    ["[if(true(), triggerBody(), 'b')]", [noFunction('triggerBody')]],
    ["[items(createObject('a', 1))]", []],
    ["[contoso.name('a')]", []],
    [
      "[concat('a', 'it's')]",
      ['warning template-expression ARM takes a string from [ to ] for an expression, and this is one that cannot be read'],
    ],
    ["https://[parameters('place')].contoso.com", [textual("[parameters('place')]")]],
    ["[parameters('place')]/sites", [textual("[parameters('place')]")]],
    ["@{utcNow()} [variables('host')] @{guid()}", [textual("[variables('host')]")]],
    ['at [resourceGroup().location]', [textual('[resourceGroup().location]')]],
    ["at [concat('a', 'b')]", [textual("[concat('a', 'b')]")]],
    ["at [parameters('unknown')]", []],
    ["@{parameters('list')[variables('host')]}", expect.not.arrayContaining([expect.stringContaining('expression-in-text')])],
    ["[concat('at [parameters(''place'')]')]", []],
    ['see [link](https://contoso.com)', []],
  ])('%s', async (text, lines) => {
    expect(await found([connection(), compose(text, { dependsOn: ['kv'] })], own)).toEqual(lines);
  });

  it('are looked for everywhere, and in each template by its own names', async () => {
    const uses = (name: string) => [connection(`[parameters('${name}')]`), compose('a')];
    const inner = { parameters: { inside: { type: 'string' } } };
    const given = { parameters: { inside: { value: 'a' } } };
    const ofInner = { ...given, expressionEvaluationOptions: { scope: 'inner' } };
    const lacks = (name: string) => [`error template-expression the template has no parameter "${name}"`];
    const quiet = async (...of: Parameters<typeof found>) =>
      (await found(...of)).filter((line) => line.includes('template-expression'));
    expect(await quiet([nested(uses('inside'), inner, ofInner)], own)).toEqual([]);
    expect(await quiet([nested(uses('place'), inner, ofInner)], own)).toEqual(lacks('place'));
    expect(await quiet([nested(uses('place'), inner, given)], own)).toEqual([]);
    expect(await quiet([nested(uses('inside'), inner, given)], own)).toEqual(lacks('inside'));
    expect(await quiet([compose('a')], { ...own, variables: { a: "[parameters('x')]" } })).toEqual(lacks('x'));
    expect(await quiet([compose('a')], { ...own, outputs: { a: { type: 'string', value: "[variables('x')]" } } })).toEqual([
      'error template-expression the template has no variable "x"',
    ]);
    // A stored one is taken as it is, and refused when it is deployed.
    const stored = {
      type: 'Microsoft.Resources/templateSpecs/versions',
      apiVersion: '2021-05-01',
      name: 'a/b',
      properties: {
        mainTemplate: {
          $schema: schema,
          parameters: {},
          resources: uses('place').map((each) => JSON.parse(JSON.stringify(each).replaceAll('[parameters', '[[parameters'))),
        },
      },
    };
    expect((await found([stored], own)).filter((line) => line.includes('template-expression'))).toEqual([
      'warning template-expression the template has no parameter "place"',
    ]);
    // What declares nothing is a part of a template.
    expect(await quiet([compose("[parameters('x')]")], { parameters: undefined })).toEqual([]);
  });

  it('are no notes to people', async () => {
    const noted = { ...workflow({}, { dependsOn: ['kv'], comments: '[a note]', metadata: { a: '[b]' } }), tags: {} };
    const { properties } = noted as unknown as { properties: { definition: { actions: { Read: Group } } } };
    properties.definition.actions.Read.description = "in [parameters('place')] only";
    expect(await found([connection(), noted], own)).toEqual([]);
  });
});

describe('outputs of a template', () => {
  const own = {
    parameters: { pfx: { type: 'SecureString' }, settings: { type: 'secureObject' }, place: { type: 'string' } },
    variables: { all: { inner: ["[concat('a', parameters('pfx'))]"] }, loop: "[variables('loop')]" },
  };
  const told = (secure: string) => [
    `warning secure-output the output "o" hands the secure parameter "${secure}" into the history of deployments, for everyone who may read that`,
  ];

  it.each([
    [{ type: 'string', value: "[parameters('PFX')]" }, told('PFX')],
    [{ type: 'string', value: "[concat('a', base64(parameters('settings').key))]" }, told('settings')],
    [{ type: 'array', value: "[variables('all').inner]" }, told('pfx')],
    [{ type: 'object', value: { a: ["[parameters('pfx')]"] } }, told('pfx')],
    [{ type: 'securestring', value: "[parameters('pfx')]" }, []],
    [{ type: 'string', value: "[concat(parameters('place'), variables('loop'))]" }, []],
    [{ type: 'string', value: "[[parameters('pfx')]" }, []],
  ])('%j', async (output, lines) => {
    expect(await found([connection(), workflow()], { ...own, outputs: { o: output } })).toEqual(lines);
  });

  it('of a template inside are told too', async () => {
    const inner = nested(
      [connection(), workflow()],
      { ...own, outputs: { o: { type: 'string', value: "[parameters('pfx')]" } } },
      {
        parameters: { pfx: { value: 'x' }, settings: { value: {} }, place: { value: 'x' } },
        expressionEvaluationOptions: { scope: 'inner' },
      },
    );
    expect(await found([inner])).toEqual(told('pfx'));
  });
});

describe('parameters that a template gives to one inside', () => {
  const inner = {
    parameters: { a: { type: 'string' }, b: { type: 'string', defaultValue: 'x' }, c: { type: 'string', nullable: true } },
  };
  const given = async (properties: Group, template: Group = inner) =>
    (await found([connection(), workflow(), nested([], template, properties)], { parameters: { p: { type: 'string' } } })).map(
      (line) => line.replace('error template-parameters ', ''),
    );
  const own = { expressionEvaluationOptions: { scope: 'inner' } };

  it.each([
    [{ ...own, parameters: { a: { value: 'x' } } }, []],
    [{ ...own, parameters: { A: { reference: { keyVault: { id: 'x' }, secretName: 's' } } } }, []],
    [
      { ...own, parameters: { a: 'x' } },
      ['the parameter "a" is given a bare value, and ARM takes a group with the member value'],
    ],
    [
      { ...own, parameters: { a: { value: 'x' }, d: { value: 1 } } },
      ['a value is given for "d", but the template inside declares no such parameter'],
    ],
    [{ ...own }, ['the template inside has the parameter "a" without a default, and is given no value for it']],
    [{}, []],
    [{ ...own, parameters: "[parameters('p')]" }, []],
    [{ ...own, parametersLink: { uri: 'https://contoso.com/p.json' } }, []],
  ])('%j', async (properties, lines) => {
    expect(await given(properties)).toEqual(lines);
  });
});

describe('a secret in a template', () => {
  const key = '0123456789abcdef0123456789abcdef';
  const account = `DefaultEndpointsProtocol=https;AccountName=x;AccountKey=${'abcd1234'.repeat(10)}==;EndpointSuffix=core.windows.net`;
  const told = (what = 'a secret') => [`warning template-secret ${what} is in the template, for everyone who may read that`];
  const site = (appSettings: unknown) => ({
    type: 'Microsoft.Web/sites',
    apiVersion: '2022-03-01',
    name: 's',
    location: 'westeurope',
    properties: { siteConfig: { appSettings } },
  });
  const defaulted = (type: string, defaultValue: unknown, name = 'p') => ({ parameters: { [name]: { type, defaultValue } } });

  it.each([
    ['default of a secure parameter', [], defaulted('secureString', 'hush'), told('the default of a secure parameter')],
    ['default that is a note', [], defaulted('securestring', 'the id of the application'), []],
    ['default that a stored template works out', [], defaulted('securestring', '[[newGuid()]'), []],
    ['empty default', [], defaulted('securestring', ''), []],
    ['default that is made anew', [], defaulted('securestring', '[newGuid()]'), []],
    ['default to be filled in', [], defaulted('securestring', '<password>'), []],
    ['default by its form', [], defaulted('string', account), told('the key of a connection string')],
    ['default by its name', [], defaulted('string', key, 'apiKey'), told()],
    ['plain default', [], defaulted('string', key), []],
    ['app setting by its form', [site([{ name: 'Storage', value: account }])], {}, told('the key of a connection string')],
    ['app setting by its name', [site([{ name: 'CLIENT_SECRET', value: key }])], {}, told()],
    [
      'app setting that refers to a vault',
      [site([{ name: 'CLIENT_SECRET', value: '@Microsoft.KeyVault(SecretUri=https://kv.vault.azure.net/secrets/s1)' }])],
      {},
      [],
    ],
    [
      'app setting that is worked out',
      [site([{ name: 'CLIENT_SECRET', value: "[parameters('s')]" }])],
      { parameters: { s: { type: 'securestring' } } },
      [],
    ],
    [
      'secret of a connection',
      [connection('b', { parameterValueType: undefined, parameterValues: { 'token:clientSecret': 'hush' } })],
      {},
      told(),
    ],
    ['variable', [], { variables: { storage: account } }, told('the key of a connection string')],
  ])('%s', async (_, resources, template, lines) => {
    expect(await found([connection(), workflow(), ...(resources as Group[])], template)).toEqual(lines);
  });

  it('is told once where a workflow has it from a variable, and never shown', async () => {
    const using = workflow({}, { dependsOn: ['kv'] }, { C: { type: 'Compose', inputs: "[variables('Storage')]", runAfter: {} } });
    const lines = await found([connection(), using], { variables: { storage: account } });
    expect(lines).toEqual([expect.stringContaining('warning literal-secret the key of a connection string')]);
    expect(JSON.stringify(await found([connection(), workflow()], defaulted('securestring', key)))).not.toContain(key);
  });
});

it('a setting that refers to a certificate of a vault is told wherever the template has it', async () => {
  const site = (value: string) => ({
    type: 'Microsoft.Web/sites',
    apiVersion: '2022-03-01',
    name: 's',
    properties: { siteConfig: { appSettings: [{ name: 'PFX', value }] } },
  });
  const lines = async (value: string) => found([connection(), workflow(), site(value)], { variables: { v: 'kv' } });
  const told = [
    'warning vault-reference the setting refers to /certificates/ of a vault, and only an address with /secrets/ is resolved',
  ];
  expect(await lines('@Microsoft.KeyVault(SecretUri=https://kv.vault.azure.net/certificates/c)')).toEqual(told);
  expect(
    await lines("[concat('@Microsoft.KeyVault(SecretUri=https://', variables('v'), '.vault.azure.net/certificates/c/)')]"),
  ).toEqual(told);
  expect(await lines('@Microsoft.KeyVault(SecretUri=https://kv.vault.azure.net/secrets/c)')).toEqual([]);
});

it('variables that repeat each other take no time', async () => {
  const doubled = Object.fromEntries(
    Array.from({ length: 60 }, (_, index) => [
      `v${index}`,
      `[concat(variables('v${index + 1}'), variables('v${index + 1}'), uniqueString('a'))]`,
    ]),
  );
  expect(
    await found(
      [connection("[variables('v0')]"), workflow({ connectionId: "[resourceId('Microsoft.Web/connections', variables('v0'))]" })],
      { variables: { ...doubled, v60: 'a' } },
    ),
  ).not.toEqual([]);
});
