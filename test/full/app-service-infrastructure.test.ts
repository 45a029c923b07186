import { describe, expect, test } from 'vitest';
import { generate, type Spec } from '../../src/index.ts';
import { bicepCompiler, type Resource, type SourceFile, snapshot, withOpenValues } from '../bicep.ts';
import type { JsonRpc } from '../json-rpc.ts';
import { specOf } from '../specs.ts';

const identity =
  '/subscriptions/33333333-3333-3333-3333-333333333333/resourceGroups/rg-id/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-web';
const appService = { subscription: '33333333-3333-3333-3333-333333333333', resourceGroup: 'rg-flows', site: 'app-contoso' };
const specFor = (target: object, overrides: object = {}) =>
  specOf({ ...overrides, targets: { appService: { ...appService, ...target } } });

const files = (spec: Spec, environment?: string): SourceFile[] =>
  generate(spec, { format: 'app-service', ...(environment && { environment }) });
/** With secure values open, which a snapshot would not show. */
const opened = (spec: Spec) => files(spec).map(withOpenValues);
const contents = (all: readonly SourceFile[], path: string) => String(all.find((file) => file.path === path)?.contents);

/** The ARM template in Bicep's own parameter file. */
function armSnapshot(tool: JsonRpc, spec: Spec) {
  const all = opened(spec);
  const parameters = contents(all, 'main.bicepparam').replace("using 'main.bicep'", "using 'azuredeploy.json'");
  return snapshot(tool, [...all, { path: 'arm.bicepparam', contents: parameters }], 'arm.bicepparam');
}

const byId = (resources: readonly Resource[]) => resources.toSorted((a, b) => (a.id < b.id ? -1 : 1));

describe.each<[string, Spec, string[]]>([
  ['an app that is there', specFor({}), ['Microsoft.Authorization/roleAssignments', 'Microsoft.Web/sites/config']],
  [
    'one with a user-assigned identity and the other role',
    specFor({ managedIdentity: identity, role: 'certificateUser' }),
    ['Microsoft.Authorization/roleAssignments', 'Microsoft.Web/sites/config'],
  ],
  ['one whose access is left to others', specFor({ assignVaultRole: false }), ['Microsoft.Web/sites/config']],
  [
    'a new app',
    specFor({ existingSite: false, location: 'westeurope' }),
    ['Microsoft.Authorization/roleAssignments', 'Microsoft.Web/serverfarms', 'Microsoft.Web/sites', 'Microsoft.Web/sites/config'],
  ],
  [
    'a new app with a user-assigned identity, tags, in another cloud, with access policies',
    specFor(
      { existingSite: false, location: 'chinaeast2', sku: 'P0v3', managedIdentity: identity, tags: { "it's": '[me]' } },
      {
        cloud: 'china',
        vault: { name: 'kv-old', access: 'policy' },
        requests: [{ name: 'A', url: 'https://a.example', audience: 'api://a' }],
      },
    ),
    [
      'Microsoft.KeyVault/vaults/accessPolicies',
      'Microsoft.Web/serverfarms',
      'Microsoft.Web/sites',
      'Microsoft.Web/sites/config',
    ],
  ],
])('%s', (_, spec, types) => {
  test('ARM and Bicep deploy the same resources and outputs, and the compiler and its linter have nothing to say', async (context) => {
    const tool = bicepCompiler(context);
    const bicep = await snapshot(tool, opened(spec), 'main.bicepparam');
    const arm = await armSnapshot(tool, spec);
    expect([...bicep.findings, ...arm.findings]).toEqual([]);
    expect(bicep.resources.map(({ type }) => type).sort()).toEqual(types);
    expect(byId(arm.resources)).toEqual(byId(bicep.resources));
    expect(arm.outputs).toEqual(bicep.outputs);
  });

  test('nothing is excused from the types of sites, plans and settings', () => {
    const bicep = files(spec).filter(({ path }) => path.endsWith('.bicep'));
    for (const { contents } of bicep) expect(contents).not.toContain('#disable');
  });
});
