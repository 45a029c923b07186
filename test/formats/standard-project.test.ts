import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { generate, type Spec } from '../../src/index.ts';
import { bicepCompiler, type Resource, type SourceFile, snapshot, withOpenValues } from '../bicep.ts';
import { readBack } from '../definition/read-back.ts';
import type { JsonRpc } from '../json-rpc.ts';
import { refusals, specOf } from '../specs.ts';
import { trickyText } from '../workflow/arbitrary-spec.ts';

const identity =
  '/subscriptions/33333333-3333-3333-3333-333333333333/resourceGroups/rg-id/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-flows';
const standard = {
  subscription: '33333333-3333-3333-3333-333333333333',
  resourceGroup: 'rg-flows',
  location: 'westeurope',
  site: 'logic-contoso',
};
const specFor = (target: object = {}, overrides: object = {}) =>
  specOf({ ...overrides, targets: { standard: { ...standard, ...target } } });
const files = (spec: Spec) => generate(spec, { format: 'standard-project' });
const contents = (all: readonly SourceFile[], path: string) => String(all.find((file) => file.path === path)?.contents);
const json = (spec: Spec, path: string) => JSON.parse(contents(files(spec), `project/${path}`));

/** The files of the infrastructure, with secure values open, which a snapshot would not show. */
function infrastructure(spec: Spec): SourceFile[] {
  const folder = /^infrastructure\/[^/]+\//;
  return files(spec).flatMap((file) =>
    folder.test(file.path) ? [withOpenValues({ ...file, path: file.path.replace(folder, '') })] : [],
  );
}

function armSnapshot(tool: JsonRpc, spec: Spec) {
  const all = infrastructure(spec);
  const parameters = contents(all, 'main.bicepparam').replace("using 'main.bicep'", "using 'azuredeploy.json'");
  return snapshot(tool, [...all, { path: 'arm.bicepparam', contents: parameters }], 'arm.bicepparam');
}

const byId = (resources: readonly Resource[]) => resources.toSorted((a, b) => (a.id < b.id ? -1 : 1));

const host = [
  'Microsoft.Insights/components',
  'Microsoft.OperationalInsights/workspaces',
  'Microsoft.Storage/storageAccounts',
  'Microsoft.Web/serverfarms',
  'Microsoft.Web/sites',
];
const connection = ['Microsoft.Web/connections', 'Microsoft.Web/connections/accessPolicies'];
const settings = ['Microsoft.Web/sites/config'];
const role = ['Microsoft.Authorization/roleAssignments'];

describe.each<[string, Spec, string[]]>([
  ['a new Logic App', specFor(), [...host, ...settings, ...role]],
  ['one that is there', specFor({ existingSite: true }), [...settings, ...role]],
  ['access left to others', specFor({ existingSite: true, assignVaultRole: false }), settings],
  [
    'the managed connector, a user-assigned identity, tags',
    specFor({ keyVaultConnector: 'managed', managedIdentity: identity, tags: { "it's": '[me]' }, sku: 'WS2' }),
    [...host, ...settings, ...role, ...connection],
  ],
  [
    'the managed connector in a Logic App that is there, access policies',
    specFor({ keyVaultConnector: 'managed', existingSite: true }, { vault: { name: 'kv-old', access: 'policy' } }),
    [...settings, ...connection, 'Microsoft.KeyVault/vaults/accessPolicies'],
  ],
  [
    'another cloud, requests whose names sound like secrets',
    specFor(
      { location: 'chinaeast2', managedIdentity: identity },
      {
        cloud: 'china',
        requests: [
          { name: 'Read secret', url: 'https://api.example.com/a', audience: 'api://a' },
          { name: 'Reset password', url: 'https://api.example.com/b', audience: 'api://b' },
        ],
      },
    ),
    [...host, ...settings, ...role],
  ],
])('%s', (_, spec, types) => {
  test('ARM and Bicep deploy the same resources and outputs, and the compiler and its linter have nothing to say', async (context) => {
    const tool = bicepCompiler(context);
    const bicep = await snapshot(tool, infrastructure(spec), 'main.bicepparam');
    const arm = await armSnapshot(tool, spec);
    expect([...bicep.findings, ...arm.findings]).toEqual([]);
    expect(bicep.resources.map(({ type }) => type).sort()).toEqual([...types].sort());
    expect(byId(arm.resources)).toEqual(byId(bicep.resources));
    expect(arm.outputs).toEqual(bicep.outputs);
  });

  test('only the connection is excused from the types', () => {
    const main = contents(infrastructure(spec), 'main.bicep');
    const excused = [...main.matchAll(/#disable-next-line (\S+)[^\n]*\n(.*)/g)].map(
      ([, code, line]) => `${code} ${line?.trim()}`,
    );
    const allowed =
      /^(?:BCP187 kind: 'V2'|BCP037 (?:parameterValueType|alternativeParameterValues): .*|BCP081 resource connectionAccess .*|BCP053 .*connection\.properties\.connectionRuntimeUrl|secure-secrets-in-params param .*)$/;
    expect(excused.filter((line) => !allowed.test(line))).toEqual([]);
  });

  test('what it needs is set beside what is there, and the connection finds each value', async (context) => {
    const deployed = (await snapshot(bicepCompiler(context), infrastructure(spec), 'main.bicepparam')).resources;
    const merged = String(deployed.find(({ type }) => type === 'Microsoft.Web/sites/config')?.properties);
    expect(merged).toMatch(
      /^\[union\(list\('[^']*\/sites\/logic-contoso\/config\/appsettings', '[\d-]+'\)\.properties, createObject\(/,
    );
    const project = files(spec).filter(({ path }) => /^project\/(?:connections|parameters)\.json$/.test(path));
    const asked = new Set(
      project.flatMap((file) => [...String(file.contents).matchAll(/appsetting\('(.*?)'\)/g)].map(([, name]) => name)),
    );
    expect(asked.size).toBeGreaterThan(4);
    // A Logic App that is there knows its own place, but may not say it.
    expect([...asked].filter((name) => !merged.includes(`'${name}'`))).toEqual([]);
    expect(merged).toContain("'WEBSITE_LOAD_USER_PROFILE', '1'");
  });
});

describe('names', () => {
  test('of a project differ between any two workflows', () => {
    const settingsOf = (workflowName: string) => Object.keys(json(specFor({ workflowName }), 'parameters.json'));
    expect(settingsOf('a-b')).toContain('a_b_tenantId');
    expect(settingsOf('a_b')).toContain('a__b_tenantId');
  });

  test.each(['9-lives', 'a--b', 'x.y', 'a'.repeat(33), 'Lib', 'con', 'host', 'Host'])(
    'a spec called %s needs another for its workflow',
    (name) => {
      expect(refusals(specFor({}, { name }), 'standard-project')).toEqual([
        `/targets/standard/workflowName "${name}" cannot be the name of a workflow in Logic Apps (Standard)`,
      ]);
      expect(refusals(specFor({ workflowName: 'other' }, { name }), 'standard-project')).toEqual([]);
    },
  );

  test('that the definition depends on are the same in every environment', () => {
    expect(() =>
      specFor({}, { environments: { dev: {}, prod: { targets: { standard: { keyVaultConnector: 'managed' } } } } }),
    ).toThrow('keyVaultConnector cannot differ by environment');
  });
});

test('whatever the user wrote comes through ARM, Bicep and the project as it is', async (context) => {
  const tool = bicepCompiler(context);
  const texts = fc.sample(trickyText, { numRuns: 150, seed: 7 }).map((text) => text.replaceAll('\0', ''));
  const tags = Object.fromEntries(texts.map((text, index) => [`${index}${text}`, `[${text}]`]));
  const url = "https://contoso.sharepoint.com/['${a}']/@{x}";
  const spec = specFor(
    { tags },
    {
      description: texts.find((text) => text.includes('[') && text.includes("'")),
      requests: [{ name: "Get '[lists]' ${x}", url: 'https://contoso.sharepoint.com/x', body: { literal: texts } }],
      environments: { dev: { requests: [{ name: "Get '[lists]' ${x}", url: url.replace('@{x}', '(x)') }] } },
    },
  );
  for (const { resources } of [await snapshot(tool, infrastructure(spec), 'main.bicepparam'), await armSnapshot(tool, spec)]) {
    expect(resources.find(({ type }) => type === 'Microsoft.Web/sites')).toMatchObject({ tags });
    const settings = String(resources.find(({ type }) => type === 'Microsoft.Web/sites/config')?.properties);
    expect(settings).toContain("'hr_lists_url', 'https://contoso.sharepoint.com/[''${a}'']/(x)'");
  }
  expect(json(spec, 'local.settings.json').Values.hr_lists_url).toBe("https://contoso.sharepoint.com/['${a}']/(x)");
  const { actions } = json(spec, 'hr-lists/workflow.json').definition;
  expect(readBack(actions["Get_'[lists]'_${x}"].inputs.body)).toEqual(texts);
});

test('a trigger by hand is an HTTP trigger, since Standard has no button', () => {
  expect(json(specFor(), 'hr-lists/workflow.json').definition.triggers).toEqual({
    manual: { type: 'Request', kind: 'Http', inputs: {} },
  });
});

test('a pinned version is read by the operation for it', () => {
  const spec = specFor({}, { certificate: { name: 'c', version: 'a'.repeat(32) } });
  expect(json(spec, 'hr-lists/workflow.json').definition.actions.Get_secret.inputs).toMatchObject({
    parameters: { secretName: "@parameters('hr_lists_certificateName')", version: "@parameters('hr_lists_certificateVersion')" },
    serviceProviderConfiguration: { operationId: 'getSecretVersion' },
  });
});

test.each([
  ['public', 'https://management.azure.com/'],
  ['usGovernment', 'https://management.usgovcloudapi.net/'],
  ['china', 'https://management.chinacloudapi.cn/'],
])("a developer's machine is told the same of the Logic App's place as the Logic App: %s", (cloud, management) => {
  const requests = [{ name: 'A', url: 'https://api.example.com/a', audience: 'api://a' }];
  const spec = specFor({}, { cloud, requests });
  const place = (settings: Record<string, unknown>) => Object.keys(settings).filter((name) => name.startsWith('WORKFLOWS_'));
  const template = contents(files(spec), 'infrastructure/hr-lists/azuredeploy.json');
  const deployed = JSON.parse(template).resources.at(-1).properties.parameters.appSettings.value;
  const { Values: local } = json(spec, 'local.settings.json');
  expect(place(deployed)).toHaveLength(5);
  expect(place(local)).toEqual(place(deployed));
  expect(local).toMatchObject({
    WORKFLOWS_TENANT_ID: '11111111-1111-1111-1111-111111111111',
    WORKFLOWS_LOCATION_NAME: 'westeurope',
    WORKFLOWS_MANAGEMENT_BASE_URI: management,
  });
});

test('the project is the same in every environment', () => {
  const spec = specFor(
    {},
    { environments: { dev: {}, prod: { vault: { name: 'kv-prod' }, targets: { standard: { site: 'logic-prod' } } } } },
  );
  const project = (environment: string) =>
    generate(spec, { format: 'standard-project', environment }).filter(
      ({ path }) => path.startsWith('project/') && !path.endsWith('local.settings.json'),
    );
  expect(project('dev')).toEqual(project('prod'));
});

test.each([
  ['site', '/targets/standard/site targets.standard.site is missing'],
  ['location', '/targets/standard/location targets.standard.location is missing'],
])('what is missing is told: %s', (key, expected) => {
  expect(refusals(specFor({ [key]: undefined }), 'standard-project')).toEqual([expected]);
});
