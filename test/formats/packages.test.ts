import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { childNamed, childText, parseXml } from '../../src/formats/solution/xml.ts';
import { checkFile, exportPackage, generate, loadSpec, open, type PackageFormatName } from '../../src/index.ts';
import { member } from '../../src/json/member.ts';
import { sharedFolder } from '../shared.ts';
import { specOf } from '../specs.ts';
import { entries, flowSpec, refusals } from './packages.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const formats: readonly PackageFormatName[] = ['solution', 'flow-package'];
const ids = (text: string) => [
  ...new Set(text.toLowerCase().match(/[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g)),
];

/** All of a package's texts in one. */
async function textOf(spec: Parameters<typeof entries>[0], format: PackageFormatName, options: object = {}): Promise<string> {
  return Object.entries(await entries(spec, { format, ...options }))
    .flat()
    .join('\n');
}

test.each(globSync('examples/*.certflow.yaml', { cwd: root }))('%s: the checker finds nothing in its packages', async (path) => {
  const spec = await loadSpec(join(root, path));
  for (const environment of spec.environments.keys())
    for (const format of formats)
      for (const managed of [false, true]) {
        const document = await open(exportPackage(spec, { format, managed, ...(environment && { environment }) }));
        expect(document).toMatchObject({ format, problems: [], definitions: [{ name: spec.name, host: 'power-automate' }] });
        expect(await checkFile(document)).toEqual([]);
      }
});

describe('ids', () => {
  test('stay when the version goes up, in every environment and for every tenant', async () => {
    const environments = { dev: {}, prod: { appRegistration: { tenantId: 'fabrikam.com' }, vault: { name: 'other' } } };
    for (const format of formats) {
      const first = ids(await textOf(flowSpec(), format));
      expect(first.length).toBeGreaterThan(0);
      expect(ids(await textOf(flowSpec({}, { version: '2.0.0.0' }), format))).toEqual(first);
      for (const environment of ['dev', 'prod'])
        expect(ids(await textOf(flowSpec({ environments }), format, { environment }))).toEqual(first);
    }
  });

  test.each([
    ['the publisher', flowSpec({}, { publisher: { name: 'contoso', prefix: 'abc' } })],
    ['the solution', flowSpec({}, { solution: 'Other' })],
    ['the name', flowSpec({ name: 'other' })],
  ])('are others for another one: %s', async (_, spec) => {
    for (const format of formats) {
      const before = ids(await textOf(flowSpec(), format));
      expect(ids(await textOf(spec, format)).filter((id) => before.includes(id))).toEqual([]);
    }
  });

  test('are kept through a new name by `id`', async () => {
    const id = '12345678-1234-1234-1234-123456789012';
    const made = async (name: string) => entries(flowSpec({ name, id }), { format: 'solution' });
    const [before, after] = [await made('hr-lists'), await made('renamed')];
    const reference = (files: Record<string, string>) => /logicalname="([^"]+)"/.exec(files['customizations.xml'] ?? '')?.[1];
    expect(ids(JSON.stringify(after))).toEqual(ids(JSON.stringify(before)));
    expect([reference(before), reference(after)]).toEqual([reference(before), reference(before)]);
  });
});

test('a managed solution differs in one word', async () => {
  const [plain, managed] = [
    await entries(flowSpec(), { format: 'solution' }),
    await entries(flowSpec(), { format: 'solution', managed: true }),
  ];
  expect(Object.keys(managed)).toEqual(Object.keys(plain));
  for (const [path, text] of Object.entries(managed))
    expect(text).toBe(path === 'solution.xml' ? plain[path]?.replace('<Managed>0<', '<Managed>1<') : plain[path]);
  expect(managed['solution.xml']).toContain('<Managed>1<');
});

test('the zip among the files of generate is the one that export gives, and a second run gives the same', () => {
  for (const format of formats) {
    const files = generate(flowSpec(), { format });
    const zips = files.filter(({ path }) => path.endsWith('.zip'));
    expect(zips[0]?.contents).toEqual(exportPackage(flowSpec(), { format }));
    expect(generate(flowSpec(), { format })).toEqual(files);
    if (format === 'solution') expect(zips[1]?.contents).toEqual(exportPackage(flowSpec(), { format, managed: true }));
  }
});

describe('values', () => {
  const environments = { dev: {}, prod: { certificate: { name: 'prod-cert' } } };

  test('of a solution are asked for, unless they are to come along; the solution is the same in all environments', async () => {
    const spec = flowSpec({ environments });
    const [dev, prod] = [
      await entries(spec, { format: 'solution', environment: 'dev' }),
      await entries(spec, { format: 'solution', environment: 'prod' }),
    ];
    expect(dev).toEqual(prod);
    expect(JSON.stringify(dev)).not.toContain('sharepoint-cert');
    const withValues = await entries(spec, { format: 'solution', environment: 'prod', withValues: true });
    const path = 'environmentvariabledefinitions/cto_hr_lists_certificateName/environmentvariablevalues.json';
    expect(JSON.parse(withValues[path] ?? '')).toEqual({
      environmentvariablevalues: { environmentvariablevalue: { iscustomizable: '1', value: 'prod-cert' } },
    });
    expect(Object.keys(withValues).filter((name) => name.endsWith('values.json'))).toHaveLength(4);
  });

  test('for tools stand beside the solution, by schema name', () => {
    const files = generate(flowSpec({ environments }), { format: 'solution', environment: 'prod' });
    const settings = JSON.parse(String(files.find(({ path }) => path === 'deploymentSettings.prod.json')?.contents));
    expect(settings).toEqual({
      EnvironmentVariables: [
        { SchemaName: 'cto_hr_lists_tenantId', Value: '11111111-1111-1111-1111-111111111111' },
        { SchemaName: 'cto_hr_lists_clientId', Value: '22222222-2222-2222-2222-222222222222' },
        { SchemaName: 'cto_hr_lists_audience', Value: 'https://contoso.sharepoint.com' },
        { SchemaName: 'cto_hr_lists_certificateName', Value: 'prod-cert' },
      ],
      ConnectionReferences: [
        {
          LogicalName: expect.stringMatching(/^cto_sharedkeyvault_[0-9a-f]{5}$/),
          ConnectionId: '',
          ConnectorId: '/providers/Microsoft.PowerApps/apis/shared_keyvault',
        },
      ],
    });
  });

  test('of a legacy package are defaults of its definition', async () => {
    for (const [environment, name] of [
      ['dev', 'sharepoint-cert'],
      ['prod', 'prod-cert'],
    ] as const) {
      const files = await entries(flowSpec({ environments }), { format: 'flow-package', environment });
      const [path = ''] = Object.keys(files).filter((path) => path.endsWith('/definition.json'));
      const { definition } = JSON.parse(files[path] ?? '').properties;
      expect(definition.parameters.certificateName).toEqual({ defaultValue: name, type: 'String' });
    }
  });
});

describe('a legacy package keeps what holds in every real one (docs/facts/flow-package.md#what-goes-together)', () => {
  test.each([
    ['one connection', {}],
    [
      'several',
      {
        Mail: connector('shared_office365'),
        Post: connector('shared_teams'),
        Again: connector('shared_teams_1', 'shared_teams'),
      },
    ],
  ])('with %s', async (_, actions) => {
    const files = await entries(flowSpec({}, { actions }), { format: 'flow-package' });
    const json = (path: string) => JSON.parse(files[path] ?? 'null');
    const { resources } = json('manifest.json');
    const { assetPaths } = json('Microsoft.Flow/flows/manifest.json').flowAssets;
    const [flowId] = Object.keys(resources).filter((id) => resources[id].type === 'Microsoft.Flow/flows');
    const folder = `Microsoft.Flow/flows/${flowId}`;
    const flow = json(`${folder}/definition.json`);
    const [apis, connections] = [json(`${folder}/apisMap.json`), json(`${folder}/connectionsMap.json`)];

    expect(assetPaths).toEqual([flowId]);
    for (const { dependsOn } of Object.values<{ dependsOn: string[] }>(resources))
      for (const id of dependsOn) expect(resources).toHaveProperty([id]);
    expect(new Set(resources[flowId ?? ''].dependsOn)).toEqual(new Set([...Object.values(apis), ...Object.values(connections)]));
    const keys = Object.keys(flow.properties.connectionReferences);
    expect([Object.keys(apis), Object.keys(connections)]).toEqual([keys, keys]);
    expect(keys).toHaveLength(1 + Object.keys(actions).length);
    for (const [key, id] of Object.entries<string>(connections)) expect(resources[id].dependsOn).toEqual([apis[key]]);
    expect(flow.name).not.toBe(flowId);
    expect(flow.id).toBe(`/providers/Microsoft.Flow/flows/${flow.name}`);
    expect(flow.properties.displayName).toBe(resources[flowId ?? ''].details.displayName);
  });
});

function connector(connectionName: string, api = connectionName) {
  return {
    type: 'OpenApiConnection',
    inputs: {
      host: { connectionName, operationId: 'Do', apiId: `/providers/Microsoft.PowerApps/apis/${api}` },
      parameters: {},
      authentication: "@parameters('$authentication')",
    },
  };
}

test('every connector of the spec has a connection reference in the solution, and IMPORT.md names it', async () => {
  const spec = flowSpec(
    {},
    { actions: { Mail: connector('shared_office365'), Again: connector('shared_office365_1', 'shared_office365') } },
  );
  const document = await open(exportPackage(spec, { format: 'solution' }));
  const [definition] = document.definitions;
  expect(Object.keys(definition?.connectionReferences ?? {})).toEqual([
    'shared_keyvault',
    'shared_office365',
    'shared_office365_1',
  ]);
  expect(Object.entries(definition?.solutionReferences ?? {})).toEqual([
    [expect.stringMatching(/^cto_sharedkeyvault_/), '/providers/Microsoft.PowerApps/apis/shared_keyvault'],
    [expect.stringMatching(/^cto_sharedoffice365_/), '/providers/Microsoft.PowerApps/apis/shared_office365'],
    [expect.stringMatching(/^cto_sharedoffice365_/), '/providers/Microsoft.PowerApps/apis/shared_office365'],
  ]);
  expect(await checkFile(document)).toEqual([]);
  const guide = generate(spec, { format: 'solution' }).find(({ path }) => path === 'IMPORT.md');
  expect(String(guide?.contents)).toContain('choose a connection to `shared_office365`');
});

describe('what the spec says of the solution', () => {
  test('off and declared by default', async () => {
    const files = await entries(flowSpec(), { format: 'solution' });
    expect(files['customizations.xml']).toContain('<StateCode>0</StateCode>\n      <StatusCode>1</StatusCode>');
    expect(files['solution.xml']?.match(/type="380"/g)).toHaveLength(4);
    expect(files['solution.xml']).toContain('<Version>1.0.0.0</Version>');
  });

  test('and otherwise where it asks for it', async () => {
    const target = {
      turnedOn: true,
      declareVariables: false,
      version: '3.1.4.1',
      language: 1031,
      publisher: { name: 'contoso', prefix: 'cto', optionValuePrefix: 54321 },
    };
    const files = await entries(flowSpec({ description: 'Reads lists.' }, target), { format: 'solution' });
    const solution = files['solution.xml'] ?? '';
    expect(files['customizations.xml']).toContain('<StateCode>1</StateCode>\n      <StatusCode>2</StatusCode>');
    expect(solution).not.toContain('380');
    expect(solution).toContain('<Version>3.1.4.1</Version>');
    expect(solution).toContain('<CustomizationOptionValuePrefix>54321<');
    expect(Object.values(files).join()).not.toContain('1033');
    expect(files['customizations.xml']).toContain('<Language>1031</Language>');
  });

  test.each([
    ['tenant', 'Tenant'],
    ['anyone', 'All'],
    [undefined, undefined],
  ])('callers: %s', async (callers, expected) => {
    for (const format of formats) {
      const spec = flowSpec({ trigger: { request: {} } }, callers === undefined ? {} : { callers });
      const { definitions } = await open(exportPackage(spec, { format }));
      expect(definitions[0]?.definition).toMatchObject({ triggers: { manual: { type: 'Request', kind: 'Http' } } });
      const inputs = member(definitions[0]?.definition, 'triggers', 'manual', 'inputs');
      expect(member(inputs, 'triggerAuthenticationType')).toBe(expected);
    }
  });

  test('a manual trigger is a button', async () => {
    const { definitions } = await open(exportPackage(flowSpec(), { format: 'solution' }));
    expect(definitions[0]?.definition.triggers).toEqual({
      manual: { type: 'Request', kind: 'Button', inputs: { schema: { type: 'object', properties: {}, required: [] } } },
    });
  });

  test('a pinned version is read by GetSecretVersion', async () => {
    const spec = flowSpec({ certificate: { name: 'c', version: 'a'.repeat(32) } });
    const { definitions } = await open(exportPackage(spec, { format: 'flow-package' }));
    expect(definitions[0]?.definition.actions).toMatchObject({
      Get_secret: {
        inputs: {
          host: { operationId: 'GetSecretVersion' },
          parameters: { secretName: "@parameters('certificateName')", secretVersion: "@parameters('certificateVersion')" },
        },
      },
    });
  });
});

describe('refused, with what to do instead', () => {
  const url = 'https://contoso.sharepoint.com/x';
  const long = 'x'.repeat(60);
  test.each([
    [
      'callers by address',
      { trigger: { request: { callers: { ipRanges: ['203.0.113.0/24'] } } } },
      ['/trigger/request/callers/ipRanges Power Automate cannot admit callers by their IP address'],
    ],
    [
      'every second',
      { trigger: { recurrence: { frequency: 'Second', interval: 30 } } },
      ['/trigger/recurrence/interval Power Automate runs a flow every 60 seconds at most, and this says every 30'],
    ],
    [
      'actions that only Logic Apps have',
      { actions: { Code: { type: 'JavaScriptCode', inputs: { code: 'return 1' } } } },
      ['/actions/Code/type Power Automate has no action of type JavaScriptCode'],
    ],
    [
      'a managed identity',
      {
        actions: {
          Both: {
            type: 'Scope',
            actions: {
              Call: {
                type: 'Http',
                inputs: { method: 'GET', uri: url, authentication: { type: 'ManagedServiceIdentity' } },
              },
            },
          },
        },
      },
      [
        '/actions/Both/actions/Call/inputs/authentication/type Power Automate has no managed identity: a flow cannot sign in with one',
      ],
    ],
    [
      'connections in the manner of Logic Apps',
      {
        actions: {
          Send: {
            type: 'ApiConnection',
            inputs: {
              host: { connection: { name: "@parameters('$connections')['outlook']['connectionId']" } },
              method: 'get',
              path: '/x',
            },
          },
        },
      },
      [expect.stringContaining('the flow has no connection reference "outlook"')],
    ],
    [
      'a character that XML cannot hold',
      { description: 'a\u0001b', requests: [{ name: 'A\uffff', url }] },
      [
        '/requests/0/name the name has the character U+FFFF, which the files of a flow cannot hold',
        '/description the description has the character U+0001, which the files of a flow cannot hold',
      ],
    ],
    ['half a character', { description: 'a\ud800b' }, [expect.stringContaining('the character U+D800')]],
  ])('%s', (_, overrides, expected) => {
    for (const format of formats) expect(refusals(() => generate(flowSpec(overrides), { format }))).toEqual(expected);
  });

  test('a missing client, in what is imported', () => {
    const spec = flowSpec({ appRegistration: { tenantId: 'contoso.com' } });
    const refused = ['/appRegistration/clientId appRegistration.clientId is missing'];
    for (const format of formats) expect(refusals(() => exportPackage(spec, { format }))).toEqual(refused);
    expect(refusals(() => generate(spec, { format: 'flow-package' }))).toEqual(refused);
    expect(refusals(() => generate(spec, { format: 'solution', withValues: true }))).toEqual(refused);
  });

  test('names of environment variables that are too long', () => {
    const requests = [
      { name: long, url },
      { name: 'B', url: 'https://graph.microsoft.com/v1.0/users' },
    ];
    expect(refusals(() => generate(flowSpec({ name: long, requests }), { format: 'solution' }))).toEqual([
      expect.stringMatching(
        /^\/name the environment variable cto_x+_x+Audience would have a name of 133 characters; Dataverse takes 100$/,
      ),
    ]);
    expect(refusals(() => generate(flowSpec({ name: long, requests }), { format: 'flow-package' }))).toEqual([]);
  });

  test('a solution without target; a legacy package does without', () => {
    const spec = specOf({ targets: {} });
    expect(refusals(() => generate(spec, { format: 'solution' }))).toEqual([
      '/targets/powerAutomate/solution targets.powerAutomate.solution is missing',
      '/targets/powerAutomate/publisher targets.powerAutomate.publisher is missing',
    ]);
    expect(refusals(() => generate(spec, { format: 'flow-package' }))).toEqual([]);
  });

  test.each([
    [{ solution: 'Contoso Flows' }, 'solution'],
    [{ publisher: { name: 'contoso', prefix: 'mscrmx' } }, 'publisher/prefix'],
    [{ publisher: { name: 'contoso', prefix: 'c' } }, 'publisher/prefix'],
    [{ version: '1.0' }, 'version'],
    [{ language: 7 }, 'language'],
  ])('%j is no target', (target, where) => {
    expect(refusals(() => flowSpec({}, target))).toEqual([expect.stringContaining(`/targets/powerAutomate/${where} `)]);
  });

  test('a publisher of one environment only: the definition would be another one', () => {
    const environments = { dev: {}, prod: { targets: { powerAutomate: { solution: 'Other', version: '2.0.0.0' } } } };
    expect(refusals(() => flowSpec({ environments }))).toEqual([
      '/environments/prod/targets/powerAutomate/solution solution cannot differ by environment: the definition is the same in all of them',
    ]);
  });

  test('other formats as packages', () => {
    expect(() => exportPackage(flowSpec(), { format: 'arm' as never })).toThrow(
      '"arm" is no package; those are standard-project, solution, flow-package',
    );
  });
});

test('elements stand in the order of the schema of customizations, as far as it knows them', async (context) => {
  const schema = parseXml(
    readFileSync(`${sharedFolder(context)}/reference/dataverse-xsd/CustomizationsSolution.xsd`, 'utf8').replace(/^\ufeff/, ''),
  );
  const files = await entries(flowSpec({ description: 'Reads lists.' }), { format: 'solution' });
  const customizations = parseXml((files['customizations.xml'] ?? '').replace(/^\ufeff/, ''));
  const workflow = childNamed(childNamed(customizations, 'Workflows') as never, 'Workflow') as never;
  for (const [element, known] of [
    [customizations, namesIn(schema, 'ImportExportXml')],
    [workflow, namesIn(schema, 'Workflow')],
  ] as const) {
    const ours = childNames(element).filter((name) => known.includes(name));
    expect(ours.length).toBeGreaterThan(8);
    expect(ours).toEqual(known.filter((name) => ours.includes(name)));
  }
  expect(childText(workflow, 'Category')).toBe('5');
});

type XmlElement = ReturnType<typeof parseXml>;

function childNames(element: XmlElement): string[] {
  const names: string[] = [];
  for (let child = element.firstChild; child; child = child.nextSibling) if (child.nodeType === 1) names.push(child.nodeName);
  return names;
}

/** The names in the sequence that a schema gives for an element. */
function namesIn(schema: XmlElement, name: string): string[] {
  const [element] = [...(schema.getElementsByTagName('xs:element') as unknown as Iterable<XmlElement>)].filter(
    (each) => each.getAttribute('name') === name && each.getElementsByTagName('xs:sequence').length > 0,
  );
  const sequence = element && childNamed(childNamed(element, 'xs:complexType') as XmlElement, 'xs:sequence');
  const names: string[] = [];
  for (let child = sequence?.firstChild; child; child = child.nextSibling)
    if (child.nodeType === 1) names.push((child as XmlElement).getAttribute('name') ?? '');
  return names;
}
