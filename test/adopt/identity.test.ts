import { expect, test } from 'vitest';
import { MemoryTree, SingleFile } from '../../src/document/file-tree.ts';
import { openFile, openTree } from '../../src/formats/reading/open-tree.ts';
import { type Adoption, adopt, type IdentityAim, type OpenedDocument } from '../../src/index.ts';
import { definition, type Group } from './definition.ts';
import { judge } from './judge.ts';

const tenant = '11111111-1111-1111-1111-111111111111';
const other = '99999999-9999-9999-9999-999999999999';
const identity: IdentityAim = { to: 'managed-identity' };

const oauth = {
  type: 'ActiveDirectoryOAuth',
  tenant,
  audience: 'https://graph.microsoft.com',
  clientId: '22222222-2222-2222-2222-222222222222',
  secret: 'canary-Zm9vYmFyYmF6',
};
const call = (authentication: object, runAfter: object = {}, uri = 'https://graph.microsoft.com/v1.0/users') => ({
  type: 'Http',
  inputs: { method: 'GET', uri, authentication },
  runAfter,
});
const acs = (realm = tenant) => ({
  Get_secret: {
    type: 'ApiConnection',
    inputs: {
      host: { connection: { name: "@parameters('$connections')['ours']['connectionId']" } },
      method: 'get',
      path: "/secrets/@{encodeURIComponent('old')}/value",
    },
    runAfter: {},
  },
  Token: {
    type: 'Http',
    inputs: {
      method: 'POST',
      uri: `https://accounts.accesscontrol.windows.net/${realm}/tokens/OAuth/2`,
      body: `grant_type=client_credentials&client_id=33333333-3333-3333-3333-333333333333@${realm}&client_secret=@{body('Get_secret')?['value']}&resource=00000003-0000-0ff1-ce00-000000000000/fabrikam.sharepoint.com@${realm}`,
    },
    runAfter: { Get_secret: ['Succeeded'] },
  },
  Read: {
    type: 'Http',
    inputs: {
      method: 'GET',
      uri: 'https://fabrikam.sharepoint.com/_api/web/lists',
      headers: { Authorization: "Bearer @{body('Token')?['access_token']}", accept: 'application/json' },
    },
    runAfter: { Token: ['Succeeded'] },
  },
});

function opened(value: unknown): OpenedDocument {
  const text = JSON.stringify(value, null, 2);
  const document = openFile(new SingleFile('flow.json', new TextEncoder().encode(text)), 'flow.json', { isNamed: true });
  if (!document) throw new Error('no workflow');
  return document;
}

/** Adopts what is given, holds the result against what it promises, and gives the first definition as it then is. */
async function adopted(value: unknown, own: Partial<IdentityAim> = {}): Promise<{ adoption: Adoption; after: Group }> {
  const document = opened(value);
  const wanted = { ...identity, ...own };
  const adoption = await adopt(document, wanted);
  await judge(document, adoption, wanted);
  return { adoption, after: adoption.document.definitions[0]?.definition as Group };
}

async function leftFor(value: unknown, own: Partial<IdentityAim> = {}): Promise<string | undefined> {
  const { adoption } = await adopted(value, own);
  expect(adoption.files).toEqual([]);
  return adoption.plan.items[0]?.left;
}

test('a token of ACS becomes the sign-in of the identity; nothing reads a vault any more, and nobody has to name a registration', async () => {
  const { adoption, after } = await adopted(definition(acs()));
  expect(after.actions).toEqual({
    Read: {
      type: 'Http',
      inputs: {
        method: 'GET',
        uri: 'https://fabrikam.sharepoint.com/_api/web/lists',
        headers: { accept: 'application/json' },
        authentication: { type: 'ManagedServiceIdentity', audience: "@parameters('audience')" },
      },
      runAfter: {},
    },
  });
  expect(Object.keys(after.parameters)).toEqual(['$connections', 'audience']);
  expect(adoption.plan.items).toMatchObject([{ name: 'Token', trouble: 'dead', becomes: 'managed-identity' }]);
  expect(adoption.plan.tasks.join()).toMatch(/permissions for fabrikam.sharepoint.com before the first call/);
  expect(adoption.plan.tasks.join()).not.toMatch(/certificate/);
});

test.each([
  ['a client secret', oauth],
  ['a pasted certificate', { ...oauth, secret: undefined, pfx: 'TUlJS1BBSUJBekND', password: 'canary' }],
  ['a password, where the API takes none any more', { type: 'Basic', username: 'u', password: 'canary' }],
])('a group with %s becomes that of the identity as a whole', async (_, group) => {
  const { adoption, after } = await adopted(definition({ Call: call(group) }));
  expect(after.actions.Call.inputs.authentication).toEqual({
    type: 'ManagedServiceIdentity',
    audience: "@parameters('audience')",
  });
  expect(after.actions.Call.runAfter).toEqual({});
  expect(after.parameters.audience.defaultValue).toBe('https://graph.microsoft.com');
  expect(adoption.files[0]?.after).not.toContain('canary');
});

test('an audience that parameters give stays so, and what only the old sign-in took goes', async () => {
  const parameters = { api: { type: 'String' }, key: { type: 'SecureString' }, home: { type: 'String' } };
  const group = { ...oauth, tenant: "@parameters('home')", audience: "@parameters('api')", secret: "@parameters('key')" };
  const { after } = await adopted(definition({ Call: call(group, {}, 'https://api.contoso.com/x') }, parameters));
  expect(after.actions.Call.inputs.authentication.audience).toBe("@parameters('api')");
  expect(Object.keys(after.parameters)).toEqual(['$connections', 'api']);
});

test('a trigger can sign in as the identity, since no action has to run before it', async () => {
  const polled = definition({ Done: { type: 'Compose', inputs: 1, runAfter: {} } });
  const { runAfter: _, ...poll } = call(oauth);
  polled.triggers = { Poll: { ...poll, recurrence: { frequency: 'Day', interval: 1 } } };
  const { after } = await adopted(polled);
  expect(after.triggers.Poll.inputs.authentication.type).toBe('ManagedServiceIdentity');
  expect(Object.keys(after.actions)).toEqual(['Done']);
});

test('an audience that somebody is yet to fill in comes from the host', async () => {
  const { after } = await adopted(definition({ Call: call({ ...oauth, audience: '<audience>' }) }));
  expect(after.parameters.audience.defaultValue).toBe('https://graph.microsoft.com');
});

test.each<[string, Group, Partial<IdentityAim>, RegExp]>([
  [
    'another tenant than that of the identity',
    definition({ Call: call(oauth) }),
    { tenantId: other },
    new RegExp(`the tenant ${tenant}, and an identity of the tenant ${other} cannot`),
  ],
  ['another tenant by ACS', definition(acs()), { tenantId: other }, /an identity of the tenant .* cannot/],
  [
    'a tenant that a run works out',
    definition({ Call: call({ ...oauth, tenant: "@{triggerBody()?['tenant']}" }) }),
    {},
    /its tenant is computed/,
  ],
  ['a tenant that a run works out, by ACS', definition(acs("@{triggerBody()?['tenant']}")), {}, /its tenant is computed/],
  [
    'an API that is not known',
    definition({ Call: call({ ...oauth, audience: '' }, {}, 'https://api.contoso.com') }),
    {},
    /the API that it calls is not known/,
  ],
  [
    'a person',
    definition({ Call: call({ ...oauth, secret: undefined, username: 'u', password: 'p' }) }),
    {},
    /signs in as a person/,
  ],
  [
    'an API that wants a certificate',
    definition({
      Call: call({ type: 'ClientCertificate', pfx: 'TUlJS1BBSUJBekND', password: 'p' }, {}, 'https://api.contoso.com'),
    }),
    {},
    /mutual TLS/,
  ],
])('what signs in to %s is left whole', async (_, value, own, reason) => {
  if (/body\('Get_secret'\)/.test(JSON.stringify(value))) {
    // The secret that it reads and shows is hidden all the same.
    const { adoption } = await adopted(value, own);
    expect(adoption.plan.items[0]?.left).toMatch(reason);
    expect(adoption.plan.items[1]).toMatchObject({ name: 'Get_secret', becomes: 'hidden' });
  } else expect(await leftFor(value, own)).toMatch(reason);
});

test('of two tenants, somebody has to say which one is that of the identity', async () => {
  const value = definition({ One: call(oauth), Two: call(oauth), Elsewhere: call({ ...oauth, tenant: other }) });
  expect(await leftFor(value)).toMatch(/name several tenants, and the identity belongs to one: say --tenant/);
  const { adoption } = await adopted(value, { tenantId: tenant });
  expect(adoption.plan.items.map(({ name, becomes }) => [name, becomes])).toEqual([
    ['One', 'managed-identity'],
    ['Two', 'managed-identity'],
    ['Elsewhere', undefined],
  ]);
});

function template(identityOfResource?: object): Group {
  return {
    $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
    contentVersion: '1.0.0.0',
    resources: [
      {
        type: 'Microsoft.Logic/workflows',
        apiVersion: '2019-05-01',
        name: 'hr',
        location: '[resourceGroup().location]',
        ...(identityOfResource && { identity: identityOfResource }),
        properties: { definition: { ...definition({ Call: call(oauth) }), parameters: {} } },
      },
    ],
  };
}

test('the resource of a template gets the identity, and nothing of a vault', async () => {
  const { adoption } = await adopted(template());
  const { parameters, resources } = JSON.parse(adoption.files[0]?.after ?? '');
  expect([parameters, resources.length, resources[0].identity, resources[0].dependsOn]).toEqual([
    undefined,
    1,
    { type: 'SystemAssigned' },
    undefined,
  ]);
  const both = { type: 'SystemAssigned, UserAssigned', userAssignedIdentities: { '/subscriptions/x': {} } };
  const kept = JSON.parse((await adopted(template(both))).adoption.files[0]?.after ?? '');
  expect(kept.resources[0].identity).toEqual(both);
});

test('a template whose resource has another identity alone is left whole', async () => {
  const user = { type: 'UserAssigned', userAssignedIdentities: { '/subscriptions/x': {} } };
  expect(await leftFor(template(user))).toMatch(/an identity of another kind than its own/);
});

test('a project of Logic Apps (Standard) gets the audience, and no connection', async () => {
  const workflow = { definition: { ...definition({ Call: call(oauth) }), parameters: {} }, kind: 'Stateful' };
  const files = Object.entries({ 'host.json': { version: '2.0' }, 'c/workflow.json': workflow });
  const tree = new MemoryTree(
    'app',
    new Map(files.map(([path, value]) => [path, new TextEncoder().encode(JSON.stringify(value, null, 2))])),
  );
  for await (const document of openTree(tree)) {
    const adoption = await adopt(document, identity);
    await judge(document, adoption, identity);
    const written = Object.fromEntries(adoption.files.map(({ path, after }) => [path, JSON.parse(after)]));
    expect(Object.keys(written).toSorted()).toEqual(['c/workflow.json', 'parameters.json']);
    expect(written['parameters.json']).toEqual({ c_audience: { type: 'String', value: 'https://graph.microsoft.com' } });
    expect(Object.keys(written['c/workflow.json'].definition.actions)).toEqual(['Call']);
  }
  expect.hasAssertions();
});

test('a flow is left whole: Power Automate has no identity', async () => {
  const inner = definition({ Call: call(oauth) }, { $authentication: { type: 'SecureObject', defaultValue: {} } });
  inner.triggers = { manual: { type: 'Request', kind: 'Button', inputs: { schema: { type: 'object', properties: {} } } } };
  const flow = { properties: { displayName: 'flow', definition: inner, connectionReferences: {} }, schemaVersion: '1.0.0.0' };
  expect(await leftFor(flow)).toMatch(/Power Automate has no managed identity/);
});
