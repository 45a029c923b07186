import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { type FormatName, formatNames, generate, type Spec } from '../../src/index.ts';
import { bicepCompiler, type SourceFile, snapshot, withOpenValues } from '../bicep.ts';
import type { JsonRpc } from '../json-rpc.ts';
import { refusals, specOf } from '../specs.ts';

const appService = { subscription: '33333333-3333-3333-3333-333333333333', resourceGroup: 'rg-flows', site: 'app-contoso' };
const specFor = (target: object, overrides: object = {}) =>
  specOf({ ...overrides, targets: { appService: { ...appService, ...target } } });

const files = (spec: Spec, environment?: string): SourceFile[] =>
  generate(spec, { format: 'app-service', ...(environment && { environment }) });
/** With secure values open, which a snapshot would not show. */
const opened = (spec: Spec) => files(spec).map(withOpenValues);
const contents = (all: readonly SourceFile[], path: string) => String(all.find((file) => file.path === path)?.contents);

describe('settings', () => {
  /** What the module makes of the settings of an app, worked out by Microsoft's engine, which keeps secure values to itself. */
  const merged = async (tool: JsonRpc, spec: Spec, current: object) => {
    const all = opened(spec);
    const module = contents(all, 'modules/app-settings.bicep');
    const settings = JSON.parse(contents(all, 'app-settings.json')) as { name: string; value: string }[];
    const values = Object.fromEntries(settings.map(({ name, value }) => [name, value]));
    const parameters = `using 'module.bicep'
param siteName = 'app-contoso'
param currentAppSettings = json('${JSON.stringify(current)}')
param appSettings = json('${JSON.stringify(values)}')
`;
    const sources = [
      { path: 'module.bicep', contents: module },
      { path: 'module.bicepparam', contents: parameters },
    ];
    return (await snapshot(tool, sources, 'module.bicepparam')).resources[0]?.properties;
  };

  test('are the four of the article, over those that the app has: an unrelated one survives', async (context) => {
    expect(await merged(bicepCompiler(context), specFor({}), { Unrelated: 'kept', TenantId: 'old' })).toEqual({
      Unrelated: 'kept',
      TenantId: '11111111-1111-1111-1111-111111111111',
      ClientId: '22222222-2222-2222-2222-222222222222',
      Certificate: '@Microsoft.KeyVault(SecretUri=https://kv-contoso-dev.vault.azure.net/secrets/sharepoint-cert)',
      WEBSITE_LOAD_USER_PROFILE: '1',
    });
  });

  test('the module gets those that the app has from the app, as a secret', async (context) => {
    const { resources } = await snapshot(bicepCompiler(context), opened(specFor({})), 'main.bicepparam');
    const settings = resources.find(({ type }) => type === 'Microsoft.Web/sites/config');
    expect(String(settings?.properties)).toMatch(
      /^\[union\(list\('.*\/sites\/app-contoso\/config\/appsettings', '[\d-]+'\)\.properties, createObject\(/,
    );
    expect(contents(files(specFor({})), 'modules/app-settings.bicep')).toContain('@secure()\nparam currentAppSettings object');
    const template = JSON.parse(contents(files(specFor({})), 'azuredeploy.json'));
    const module = template.resources.find(({ name }: { name: string }) => name.includes('app-settings'));
    expect(module.properties.template.parameters.currentAppSettings).toEqual({ type: 'secureObject' });
  });

  test('a pasted certificate identifier becomes the address of the secret, and that is told', () => {
    const version = 'a'.repeat(32);
    const told: Diagnostic[] = [];
    const spec = specFor({}, { certificate: `https://kv-contoso-dev.vault.azure.net/certificates/sharepoint-cert/${version}` });
    const all = generate(spec, { format: 'app-service', report: (diagnostic) => told.push(diagnostic) });
    const reference = `@Microsoft.KeyVault(SecretUri=https://kv-contoso-dev.vault.azure.net/secrets/sharepoint-cert/${version})`;
    expect(JSON.parse(contents(all, 'app-settings.json'))).toContainEqual({
      name: 'Certificate',
      value: reference,
      slotSetting: false,
    });
    expect(told).toMatchObject([
      {
        rule: 'spec-mended',
        severity: 'info',
        pointer: '/certificate',
        message: `App Service resolves the address of a secret only, so the identifier under /certificates/ becomes ${reference}`,
      },
    ]);
    expect(contents(all, 'README.md')).toContain(`certificates/sharepoint-cert/${version}\` was pasted`);
  });

  test('other clouds name their sign-in host in the way that Azure SDKs know', () => {
    const spec = specFor({}, { cloud: 'china', requests: [{ name: 'A', url: 'https://a.example', audience: 'api://a' }] });
    expect(JSON.parse(contents(files(spec), 'app-settings.json'))).toContainEqual({
      name: 'AZURE_AUTHORITY_HOST',
      value: 'https://login.partner.microsoftonline.cn',
      slotSetting: false,
    });
  });
});

describe('the environment local', () => {
  const own = { appRegistration: { clientId: '99999999-9999-9999-9999-999999999999' } };
  const told = (local: object) => {
    const warnings: string[] = [];
    generate(specFor({}, { environments: { prod: {}, local } }), {
      format: 'app-service',
      environment: 'prod',
      report: ({ rule, pointer, message }) => warnings.push(`${rule} ${pointer} ${message}`),
    });
    return warnings;
  };

  test('fills in what a developer signs in with', () => {
    const all = files(specFor({}, { environments: { prod: {}, local: own } }), 'prod');
    expect(JSON.parse(contents(all, 'csharp/local.user.settings.json'))).toEqual({
      TenantId: '11111111-1111-1111-1111-111111111111',
      ClientId: '99999999-9999-9999-9999-999999999999',
      CertificateFile: '<path of hr-lists-local.pfx>',
    });
    expect(contents(all, 'csharp/.gitignore').split('\n')).toContain('local.user.settings.json');
    expect(told(own)).toEqual([]);
  });

  test("never takes production's client id by itself, and is told of where it names that", () => {
    const all = files(specFor({}, { environments: { prod: {}, local: {} } }), 'prod');
    expect(contents(all, 'csharp/local.user.settings.json')).not.toContain('22222222-2222-2222-2222-222222222222');
    expect(told({})).toEqual([]);
    expect(told({ appRegistration: { clientId: '22222222-2222-2222-2222-222222222222' } })).toEqual([
      'spec-local /environments/local/appRegistration/clientId local signs in with the app registration of prod: whoever debugs holds the key to it',
    ]);
  });

  test("gets the developer's files, with or without a client id, and nothing for Azure", () => {
    for (const local of [{}, own]) {
      const all = files(specFor({}, { environments: { prod: {}, local } }), 'local');
      expect(all.map(({ path }) => path).filter((path) => !path.startsWith('csharp/'))).toEqual(['README.md']);
      expect(all.map(({ contents }) => contents).join('\n')).not.toContain('kv-contoso-dev');
      expect(all).toContainEqual(files(specFor({}, { environments: { prod: {}, local } }), 'prod').at(-2));
    }
  });

  test.each(formatNames.filter((name): name is FormatName => name !== 'app-service'))(
    'has nothing in the format %s',
    (format) => {
      const spec = specFor({}, { environments: { prod: {}, local: {} } });
      expect(() => generate(spec, { format, environment: 'local' })).toThrow(
        `local is a developer's machine, and the format ${format} makes nothing for it, only app-service does. Name another environment: prod.`,
      );
    },
  );
});

test.each([
  [{ site: undefined }, '/targets/appService/site targets.appService.site is missing'],
  [{ existingSite: false }, '/targets/appService/location targets.appService.location is missing'],
])('what is missing is told: %j', (target, expected) => {
  expect(refusals(specFor(target), 'app-service')).toEqual([expected]);
});

test('a spec in which nothing signs in to Entra ID has nothing for a web app', () => {
  const requests = [{ name: 'A', url: 'https://partner.example/', signIn: 'clientCertificate' }];
  expect(refusals(specFor({}, { requests }), 'app-service')).toEqual([
    '/requests no request signs in to Entra ID, so there is nothing for a web app to sign in with',
  ]);
});

test('whatever a spec is called, the library has a name of C# and of every file system', () => {
  // The pattern of the schema, without its anchors.
  const name = fc.stringMatching(/^[A-Za-z0-9]([A-Za-z0-9._()-]{0,78}[A-Za-z0-9_()-])?$/);
  fc.assert(
    fc.property(fc.oneof(name, fc.constantFrom('con', 'class', '9', '_'.padStart(2, 'a'), 'a.b(c)')), (text) => {
      const all = files(specFor({}, { name: text }));
      const [project] = all.filter(({ path }) => path.endsWith('.csproj'));
      const [, library] = /^csharp\/([A-Za-z][A-Za-z0-9]*Auth)\/\1\.csproj$/.exec(project?.path ?? '') ?? [];
      expect(library).toBeDefined();
      expect(contents(all, `csharp/${library}/AuthService.cs`)).toContain(`namespace ${library};`);
    }),
  );
});
