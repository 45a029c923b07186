import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { generate } from '../../src/index.ts';
import { bicepCompiler, snapshot } from '../bicep.ts';
import type { JsonRpc } from '../json-rpc.ts';
import { specOf } from '../specs.ts';
import { trickyText } from '../workflow/arbitrary-spec.ts';
import { armSnapshot, consumption, contents, files, identity, variants } from './arm-and-bicep.ts';

describe.each(variants)('%s', (_, overrides) => {
  const spec = specOf(overrides);

  test('no parameter is secret, and no output tells a callback address', () => {
    const template = contents(files(spec, 'arm'), 'azuredeploy.json');
    expect(template).not.toMatch(/secure(string|object)|listCallbackUrl|listKeys/i);
    expect(contents(files(spec, 'bicep'), 'main.bicep')).not.toMatch(/@secure|listCallbackUrl|listKeys/i);
    const signsIn = (way: string) => spec.requests.some(({ signIn }) => signIn === way);
    const isUserAssigned = template.includes('"userAssignedIdentities"');
    expect(Object.keys(JSON.parse(template).outputs)).toEqual([
      'workflowId',
      ...(signsIn('entra') ? ['connectionId'] : []),
      'principalId',
      ...(signsIn('managedIdentity') && isUserAssigned ? ['identityId', 'identityClientId'] : []),
    ]);
  });
});

describe('what is deployed', () => {
  const deployed = async (tool: JsonRpc, overrides: object, type: string) =>
    (await armSnapshot(tool, specOf(overrides))).resources.find((resource) => resource.type === type);

  test('the connection signs in with a managed identity', async (context) => {
    expect(await deployed(bicepCompiler(context), {}, 'Microsoft.Web/connections')).toMatchObject({
      name: 'keyvault-kv-contoso-dev',
      kind: 'V1',
      properties: {
        parameterValueType: 'Alternative',
        alternativeParameterValues: { vaultName: 'kv-contoso-dev' },
        customParameterValues: {},
      },
    });
  });

  test('the workflow has an identity, the connection, the values of its parameters, and its callers', async (context) => {
    const tool = bicepCompiler(context);
    const connectionId =
      '/subscriptions/33333333-3333-3333-3333-333333333333/resourceGroups/rg-flows/providers/Microsoft.Web/connections/keyvault-kv-contoso-dev';
    const workflow = await deployed(
      tool,
      { trigger: { request: { callers: { ipRanges: ['203.0.113.0/24'] } } } },
      'Microsoft.Logic/workflows',
    );
    expect(workflow).toMatchObject({
      name: 'hr-lists',
      identity: { type: 'SystemAssigned' },
      properties: {
        state: 'Enabled',
        accessControl: { triggers: { allowedCallerIpAddresses: [{ addressRange: '203.0.113.0/24' }] } },
        parameters: {
          tenantId: { value: '11111111-1111-1111-1111-111111111111' },
          audience: { value: 'https://contoso.sharepoint.com' },
          $connections: {
            value: { keyvault: { connectionId, connectionProperties: { authentication: { type: 'ManagedServiceIdentity' } } } },
          },
        },
      },
    });
    const userAssigned = await deployed(
      tool,
      { targets: { consumption: { ...consumption, managedIdentity: identity } } },
      'Microsoft.Logic/workflows',
    );
    expect(userAssigned).toMatchObject({
      identity: { type: 'UserAssigned', userAssignedIdentities: { [identity]: {} } },
      properties: {
        parameters: {
          $connections: {
            value: { keyvault: { connectionProperties: { authentication: { type: 'ManagedServiceIdentity', identity } } } },
          },
        },
      },
    });
  });

  test('the role is assigned in the group and subscription of the vault, under the name that others compute too', async (context) => {
    const vault = { name: 'kv-other', resourceGroup: 'rg-vaults', subscription: '44444444-4444-4444-4444-444444444444' };
    const role = await deployed(bicepCompiler(context), { vault }, 'Microsoft.Authorization/roleAssignments');
    const vaultId =
      '/subscriptions/44444444-4444-4444-4444-444444444444/resourceGroups/rg-vaults/providers/Microsoft.KeyVault/vaults/kv-other';
    const roleId =
      '/subscriptions/44444444-4444-4444-4444-444444444444/providers/Microsoft.Authorization/roleDefinitions/4633458b-17de-408a-b874-0445c86b69e6';
    expect(role?.properties).toMatchObject({ principalType: 'ServicePrincipal', roleDefinitionId: roleId });
    expect(role?.name).toMatch(/^\[guid\('/);
    expect(role?.name.startsWith(`[guid('${vaultId}', reference('`)).toBe(true);
    expect(role?.name.endsWith(`.identity.principalId, '${roleId}')]`)).toBe(true);
  });

  test('a vault with access policies gets one more, for secrets', async (context) => {
    const policy = await deployed(
      bicepCompiler(context),
      { vault: { name: 'kv-old', access: 'policy' } },
      'Microsoft.KeyVault/vaults/accessPolicies',
    );
    expect(policy).toMatchObject({
      name: 'kv-old/add',
      properties: { accessPolicies: [{ tenantId: '11111111-1111-1111-1111-111111111111', permissions: { secrets: ['get'] } }] },
    });
  });

  test('nobody is let into the vault with assignVaultRole: false', async (context) => {
    const { resources } = await armSnapshot(
      bicepCompiler(context),
      specOf({ targets: { consumption: { ...consumption, assignVaultRole: false } } }),
    );
    expect(resources.map(({ type }) => type)).toEqual(['Microsoft.Web/connections', 'Microsoft.Logic/workflows']);
  });
});

test('whatever the user wrote comes through ARM and Bicep as it is', async (context) => {
  const tool = bicepCompiler(context);
  const bracketed = fc.oneof(
    trickyText,
    trickyText.map((text) => `[${text}]`),
    fc.constantFrom('[', ']', '[[x]', "[concat('a')]", "[parameters('x')]", '${x}', "'${x}'", '\\${x}', "''", '\\'),
  );
  const texts = fc.sample(bracketed, { numRuns: 400, seed: 7 }).map((text) => text.replaceAll('\0', ''));
  const body = { list: texts, members: Object.fromEntries(texts.map((text, index) => [text, index])) };
  const spec = specOf({
    description: texts.find((text) => text.startsWith('[') && text.endsWith(']')),
    requests: [{ name: "Get '[lists]' ${x}", url: 'https://contoso.sharepoint.com/[x]', body: { literal: body } }],
    targets: { consumption: { ...consumption, tags: { "it's": '[x]', '${y}': "'" } } },
    environments: { dev: { requests: [{ name: "Get '[lists]' ${x}", url: "https://contoso.sharepoint.com/['${a}']" }] } },
  });
  const definition = JSON.parse(contents(generate(spec, { format: 'definition' }), 'definition.json'));
  for (const { resources } of [await snapshot(tool, files(spec, 'bicep'), 'main.bicepparam'), await armSnapshot(tool, spec)]) {
    const workflow = resources.find(({ type }) => type === 'Microsoft.Logic/workflows');
    expect(workflow?.properties.definition).toEqual(definition);
    expect(workflow).toMatchObject({
      tags: { "it's": '[x]', '${y}': "'" },
      properties: { parameters: { url: { value: "https://contoso.sharepoint.com/['${a}']" } } },
    });
  }
});

test('the parameters file of ARM has the values that Bicep has', async (context) => {
  const tool = bicepCompiler(context);
  const spec = specOf(variants[1]?.[1] ?? {});
  const { parameters } = JSON.parse(contents(files(spec, 'arm'), 'azuredeploy.parameters.json'));
  expect(parameters.logicAppName).toEqual({ value: 'hr-lists' });
  expect(parameters.tags).toEqual({ value: { 'cost center': "it's 5", owner: '[me]', true: 'yes', null: 'none' } });
  const [workflow] = (await snapshot(tool, files(spec, 'bicep'), 'main.bicepparam')).resources.filter(
    ({ type }) => type === 'Microsoft.Logic/workflows',
  );
  expect(workflow).toMatchObject({ tags: parameters.tags.value, location: parameters.location.value });
});

test('access to a vault with policies that is left to others is told as such', () => {
  const spec = specOf({
    vault: { name: 'kv-old', access: 'policy' },
    targets: { consumption: { ...consumption, assignVaultRole: false } },
  });
  expect(contents(files(spec, 'bicep'), 'README.md')).toContain('the secret permission Get in its access policies');
});
