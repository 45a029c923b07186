import { expect, test } from 'vitest';
import { generate } from '../../src/index.ts';
import { bicepCompiler, type Resource, snapshot } from '../bicep.ts';
import { openApi } from '../openapi.ts';
import { baseSpec, specOf } from '../specs.ts';

/** Where what we send and what Microsoft describes differ, and why we are right. One that no longer occurs must go. */
const deviations: readonly { readonly line: RegExp; readonly why: string }[] = [
  {
    line: /^Connections_CreateOrUpdate .* \/kind:/,
    why: 'written by every template of a Key Vault connection in the corpus; the description of 2016-06-01 lacks it',
  },
  {
    line: /^Connections_CreateOrUpdate .* \/properties\/parameterValueType:/,
    why: 'how a connection signs in with a managed identity (Azure/bicep#5516): the description lacks it',
  },
  { line: /^Connections_CreateOrUpdate .* \/properties\/alternativeParameterValues:/, why: 'goes with parameterValueType' },
];

const identity =
  '/subscriptions/33333333-3333-3333-3333-333333333333/resourceGroups/rg-id/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-flows';
const { consumption } = baseSpec.targets;
const specs = [
  {},
  { vault: { name: 'kv-old', access: 'policy' }, trigger: { request: { callers: { ipRanges: ['203.0.113.0/24'] } } } },
  { targets: { consumption: { ...consumption, managedIdentity: identity, tags: { owner: 'me' } } } },
];

test("Microsoft's OpenAPI descriptions accept every resource, but for the listed deviations", async (context) => {
  const tool = bicepCompiler(context);
  const validate = await openApi(context);
  const found: string[] = [];
  const types = new Set<string>();
  for (const overrides of specs) {
    const files = generate(specOf(overrides), { format: 'bicep' });
    for (const resource of (await snapshot(tool, files, 'main.bicepparam')).resources) {
      types.add(resource.type);
      found.push(...(await validate('PUT', address(resource), body(resource))));
    }
  }
  for (const resource of (await snapshot(tool, standardInfrastructure(), 'main.bicepparam')).resources) {
    // The others have no description at hand.
    if (types.has(resource.type)) found.push(...(await validate('PUT', address(resource), body(resource))));
  }
  expect([...types].sort()).toEqual([
    'Microsoft.Authorization/roleAssignments',
    'Microsoft.KeyVault/vaults/accessPolicies',
    'Microsoft.Logic/workflows',
    'Microsoft.Web/connections',
  ]);
  expect(found.filter((line) => !deviations.some((deviation) => deviation.line.test(line)))).toEqual([]);
  expect(deviations.filter(({ line }) => !found.some((other) => line.test(other)))).toEqual([]);
});

/** What Standard deploys for the managed connector: a connection of the other kind, and the role for the site. */
function standardInfrastructure() {
  const standard = { ...consumption, site: 'logic-contoso', keyVaultConnector: 'managed' };
  const folder = 'infrastructure/hr-lists/';
  return generate(specOf({ targets: { standard } }), { format: 'standard-project' }).flatMap(({ path, contents }) =>
    path.startsWith(folder) ? [{ path: path.slice(folder.length), contents }] : [],
  );
}

/** The description at hand is older than what the templates use; the body is the same in both. See ../shared/reference/openapi/README.md. */
const describedVersion: Readonly<Record<string, string>> = { 'Microsoft.KeyVault/vaults/accessPolicies': '2023-07-01' };

/** What only Azure can work out stands in a snapshot as an expression; an id that looks right takes its place. */
function known<Value>(value: Value): Value {
  return JSON.parse(
    JSON.stringify(value).replaceAll(/"\[(guid|reference)\([^"]*\)[^"]*\]"/g, '"77777777-7777-7777-7777-777777777777"'),
  );
}

function address({ id, type, name, apiVersion }: Resource): string {
  const vaultId = /resourceGroups\/[^/]+\/providers\/Microsoft.KeyVault\/vaults\/[^'/]+/.exec(id)?.[0];
  const path =
    type === 'Microsoft.Authorization/roleAssignments'
      ? `/subscriptions/33333333-3333-3333-3333-333333333333/${vaultId}/providers/${type}/${known({ name }).name}`
      : id;
  return `https://management.azure.com${path}?api-version=${describedVersion[type] ?? apiVersion}`;
}

function body(resource: Resource): unknown {
  // Where it goes stands in the address.
  const { id, type, name, apiVersion, scope, ...rest } = known(resource) as Resource & Record<string, unknown>;
  return rest;
}
