import { describe, expect, test } from 'vitest';
import { MemoryTree } from '../../src/document/file-tree.ts';
import { zip } from '../../src/document/zip.ts';
import { read as readPackage } from '../../src/formats/flow-package/read.ts';
import { read as readSolution } from '../../src/formats/solution/read.ts';
import { checkFile } from '../../src/index.ts';
import { folderOf } from '../folder.ts';
import { hostile, replaced } from '../hostile.ts';

type Files = Record<string, string | undefined>;

const [flowId, apiId, connectionId, name] = ['f1111111', 'a1111111', 'c1111111', 'n1111111'];
const folder = `Microsoft.Flow/flows/${flowId}`;

/** A legacy package in which nothing is wrong, as the text of its files. */
const legacy: Files = {
  'manifest.json': JSON.stringify({
    resources: {
      [flowId]: { type: 'Microsoft.Flow/flows', details: { displayName: 'Flow' }, dependsOn: [apiId, connectionId] },
      [apiId]: { type: 'Microsoft.PowerApps/apis', dependsOn: [] },
      [connectionId]: { type: 'Microsoft.PowerApps/apis/connections', dependsOn: [apiId] },
    },
  }),
  'Microsoft.Flow/flows/manifest.json': JSON.stringify({ flowAssets: { assetPaths: [flowId] } }),
  [`${folder}/apisMap.json`]: JSON.stringify({ shared_keyvault: apiId }),
  [`${folder}/connectionsMap.json`]: JSON.stringify({ shared_keyvault: connectionId }),
  [`${folder}/definition.json`]: JSON.stringify({
    name,
    id: `/providers/Microsoft.Flow/flows/${name}`,
    properties: { displayName: 'Flow', connectionReferences: { shared_keyvault: {} }, definition: { triggers: {}, actions: {} } },
  }),
};

const id = 'abcdef01-2345-6789-abcd-ef0123456789';
const file = `Workflows/Flow-${id.toUpperCase()}.json`;

/** A solution in which nothing is wrong. */
const solution: Files = {
  'solution.xml': `<ImportExportXml>
<SolutionManifest>
<UniqueName>Contoso</UniqueName><Version>1.0.0.0</Version><Managed>0</Managed>
<Publisher><CustomizationPrefix>cto</CustomizationPrefix><CustomizationOptionValuePrefix>10000</CustomizationOptionValuePrefix></Publisher>
<RootComponents><RootComponent type="29" id="{${id}}" behavior="0" /></RootComponents>
</SolutionManifest>
</ImportExportXml>`,
  'customizations.xml': `<ImportExportXml><Workflows><Workflow WorkflowId="{${id}}" Name="Flow"><JsonFileName>/${file}</JsonFileName></Workflow></Workflows></ImportExportXml>`,
  '[Content_Types].xml':
    '<Types><Default Extension="xml" ContentType="text/xml" /><Default Extension="json" ContentType="application/octet-stream" /></Types>',
  [file]: JSON.stringify({ properties: { definition: { triggers: {}, actions: {} } }, schemaVersion: '1.0.0.0' }),
};

function problems(files: Files, reader: typeof readPackage | typeof readSolution, root = '', separator = '!'): string[] {
  const bytes = Object.entries(files).flatMap(([path, text]) =>
    text === undefined ? [] : [[path, new TextEncoder().encode(text)] as const],
  );
  const tree = new MemoryTree('p.zip', new Map(bytes), separator);
  return reader(tree, root, tree.paths).problems.map(
    ({ severity, rule, file: where, message, range }) => `${severity} ${rule} ${where}:${range?.start.line} ${message}`,
  );
}

/** The same files with a piece of one changed. */
function changed(files: Files, path: string, from: string, to: string): Files {
  const text = files[path] ?? '';
  expect(text).toContain(from);
  return { ...files, [path]: text.replace(from, to) };
}

test('packages in which nothing is wrong have no finding', () => {
  expect([problems(legacy, readPackage), problems(solution, readSolution)]).toEqual([[], []]);
});

test.each([
  [
    'an unknown resource',
    changed(legacy, 'manifest.json', `"dependsOn":[]`, `"dependsOn":["gone"]`),
    [`resource ${apiId} depends on gone, which is no resource of the package`],
  ],
  [
    'a connection of another API',
    changed(legacy, 'manifest.json', `"dependsOn":["${apiId}"]`, `"dependsOn":["${flowId}"]`),
    [`the connection of "shared_keyvault" depends on ${flowId}, and apisMap.json names ${apiId} for it`],
  ],
  [
    'a flow that depends on less',
    changed(legacy, 'manifest.json', `["${apiId}","${connectionId}"]`, `["${apiId}"]`),
    ['the flow depends on other resources than its maps name'],
  ],
  [
    'a map without the key',
    changed(legacy, `${folder}/apisMap.json`, 'shared_keyvault', 'shared_teams'),
    [
      "it names shared_teams, and the flow's connectionReferences shared_keyvault",
      `the connection of "shared_keyvault" depends on ${apiId}, and apisMap.json names undefined for it`,
    ],
  ],
  [
    'a map that is missing',
    { ...legacy, [`${folder}/connectionsMap.json`]: undefined },
    ['connectionsMap.json is missing beside definition.json', 'the flow depends on other resources than its maps name'],
  ],
  [
    'an id that does not go with the name',
    changed(legacy, `${folder}/definition.json`, '/flows/n1', '/flows/x1'),
    [`id does not go with the name "${name}"`],
  ],
  [
    'another display name',
    changed(legacy, `${folder}/definition.json`, '"displayName":"Flow"', '"displayName":"Fow"'),
    ['the flow is called "Fow" here and "Flow" in manifest.json'],
  ],
])('a legacy package with %s', (_, files, messages) => {
  expect(problems(files as Files, readPackage)).toEqual(
    messages.map((message) =>
      expect.stringMatching(new RegExp(`^error package-resources p\\.zip!.*:1 ${message.replaceAll(/[.?()[\]]/g, '\\$&')}$`)),
    ),
  );
});

test.each([
  [
    'the name of its folder',
    changed(legacy, `${folder}/definition.json`, `"name":"${name}"`, `"name":"${flowId}"`),
    'the flow has the id of its folder',
  ],
  [
    'no entry in assetPaths',
    changed(legacy, 'Microsoft.Flow/flows/manifest.json', flowId, 'other'),
    `flow ${flowId} lacks an entry`,
  ],
])('a legacy package whose flow has %s: real ones do too', (_, files, message) => {
  expect(
    problems(files, readPackage).some((line) => line.startsWith('warning package-resources') && line.includes(message)),
  ).toBe(true);
});

test.each([
  [
    'a flow that is no component',
    changed(solution, 'solution.xml', 'type="29"', 'type="1"'),
    'solution-components p.zip!customizations.xml:1 the flow "Flow" is no root component of the solution',
  ],
  [
    'a flow whose file is not there',
    changed(solution, 'customizations.xml', '/Workflows/Flow-', '/Workflows/Fow-'),
    `solution-components p.zip!customizations.xml:1 the flow "Flow" should be in Workflows/Fow-${id.toUpperCase()}.json, which is not there`,
  ],
  [
    'no number for a version',
    changed(solution, 'solution.xml', '1.0.0.0', '1'),
    'solution-manifest p.zip!solution.xml:3 Version is "1"; expected: two to four numbers, such as 1.0.0.0',
  ],
  [
    'a small option prefix',
    changed(solution, 'solution.xml', '10000', '999'),
    'solution-manifest p.zip!solution.xml:4 CustomizationOptionValuePrefix is "999"; expected: a number from 10000 to 99999',
  ],
  [
    'no content type for JSON',
    changed(solution, '[Content_Types].xml', 'Extension="json"', 'Extension="jsn"'),
    'solution-manifest p.zip![Content_Types].xml:1 there is no content type for "json"',
  ],
])('a solution with %s', (_, files, line) => {
  expect(problems(files, readSolution)).toEqual([`error ${line}`]);
});

test('a prefix that the portal would not take, which exports have', () => {
  expect(problems(changed(solution, 'solution.xml', '>cto<', '>mscrm<'), readSolution)).toEqual([
    expect.stringMatching(
      /^info solution-manifest p\.zip!solution\.xml:4 CustomizationPrefix is "mscrm"; expected: two to eight/,
    ),
  ]);
});

test('a file without its id, and sources that were zipped as they are', () => {
  const renamed = {
    ...changed(solution, 'customizations.xml', `-${id.toUpperCase()}`, ''),
    [file]: undefined,
    'Workflows/Flow.json': solution[file],
  };
  expect(problems(renamed, readSolution)).toEqual([
    'error solution-components p.zip!customizations.xml:1 the file of the flow "Flow" does not end in its id',
  ]);
  expect(problems(changed(solution, 'solution.xml', '<Managed>0', '<Managed>2'), readSolution)).toEqual([
    'warning solution-manifest p.zip!solution.xml:3 Managed is 2, which is for sources that can be packed as either',
  ]);
});

test('no value in a package makes the reader throw', () => {
  for (const [files, reader] of [
    [legacy, readPackage],
    [solution, readSolution],
  ] as const) {
    for (const path of Object.keys(files).filter((name) => name.endsWith('.json'))) {
      for (const by of hostile) {
        for (const other of replaced(JSON.parse(files[path] ?? ''), by))
          expect(() => problems({ ...files, [path]: JSON.stringify(other) }, reader)).not.toThrow();
      }
    }
  }
});

const inFolder = (files: Files, folder: string): Files =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => [folder + path, text]));

test.each([
  ['solution', inFolder(solution, 'Contoso/'), readSolution, 'Contoso/solution.xml:1 solution.xml'],
  ['legacy package', inFolder(legacy, 'flow/'), readPackage, 'flow/manifest.json:1 manifest.json'],
] as const)('a zip of the folder of a %s', (_, files, reader, words) => {
  const [path = ''] = Object.keys(files);
  const root = path.slice(0, path.indexOf('/') + 1);
  expect(problems(files, reader, root)).toEqual([
    expect.stringContaining(`error package-root p.zip!${words} lies in the folder`),
  ]);
  // On disk a folder is what it is, and a zip of a repository has more in it than one package.
  expect(problems(files, reader, root, '/')).toEqual([]);
  expect(problems({ ...files, 'README.md': 'x' }, reader, root)).toEqual([]);
  expect(problems(inFolder(files, 'repository-main/'), reader, `repository-main/${root}`)).toEqual([]);
});

test.each([
  ['two folders', 'release/Contoso/', {}],
  ['what Finder adds', 'Contoso/', { '__MACOSX/Contoso/._solution.xml': 'x', '.DS_Store': 'x' }],
  ['what Explorer adds', 'Contoso/', { 'desktop.ini': 'x', 'Thumbs.db': 'x' }],
] as const)('a zip with %s around a solution', (_, root, beside) => {
  expect(problems({ ...inFolder(solution, root), ...beside }, readSolution, root)).toEqual([
    expect.stringContaining(`error package-root p.zip!${root}solution.xml:1 solution.xml lies in the folder`),
  ]);
});

test.each([
  ['more than the package', 'release/Contoso/', { 'release/README.md': 'x' }],
  ['the name of a branch', 'contoso-flows-master/Contoso/', {}],
  ['the name of a commit', `contoso-flows-${'0af'.padEnd(40, '1')}/src/Contoso/`, {}],
] as const)('a zip of a repository, which has %s, is none of a package', (_, root, beside) => {
  expect(problems({ ...inFolder(solution, root), ...beside }, readSolution, root)).toEqual([]);
});

test('a zip without content types, and a folder that needs none', () => {
  const { '[Content_Types].xml': _, ...rest } = solution;
  expect(problems(rest, readSolution)).toEqual([
    expect.stringContaining('error solution-manifest p.zip!solution.xml:1 [Content_Types].xml is missing'),
  ]);
  expect(problems(rest, readSolution, '', '/')).toEqual([]);
});

describe('a settings file beside a solution', () => {
  const variable = (name: string, inside = '') =>
    `<environmentvariabledefinition schemaname="${name}">${inside}<type>100000000</type></environmentvariabledefinition>`;
  const at = (name: string) => `environmentvariabledefinitions/${name}/environmentvariabledefinition.xml`;
  const withVariables: Files = {
    ...solution,
    [at('cto_tenant')]: variable('cto_tenant'),
    [at('cto_place')]: variable('cto_place', '<defaultvalue>west</defaultvalue>'),
    [at('cto_host')]: variable('cto_host'),
    'environmentvariabledefinitions/cto_host/environmentvariablevalues.json': JSON.stringify({
      environmentvariablevalues: { environmentvariablevalue: { value: 'a.contoso.com' } },
    }),
    [at('cto_key')]: variable('cto_key').replace('100000000', '100000005'),
  };
  const zipped = (files: Files) => zip(Object.entries(files).map(([path, contents = '']) => ({ path, contents })));
  const settings = (...names: string[]) => ({
    EnvironmentVariables: names.map((SchemaName) => ({ SchemaName, Value: 'x' })),
    ConnectionReferences: [],
  });
  const told = async (files: Record<string, unknown>) => {
    const folder = folderOf(files);
    return (await checkFile(folder, { rules: ['solution-settings'] })).map(
      ({ severity, rule, file = '', pointer, message }) =>
        `${severity} ${rule} ${file.slice(folder.length + 1)}${pointer} ${message}`,
    );
  };
  const lacks = (path: string) => [
    `warning solution-settings ${path}/EnvironmentVariables the settings file gives no value to the environment variable "cto_tenant", and the solution has none for it`,
  ];
  const sources = (folder: string) =>
    Object.fromEntries(
      Object.entries(withVariables).flatMap(([path, text]) => (path.startsWith('[') ? [] : [[folder + path, text]])),
    );

  test.each([
    [
      'beside the zip',
      { 'a/s.zip': zipped(withVariables), 'a/deploymentSettings.json': settings('cto_place') },
      lacks('a/deploymentSettings.json'),
    ],
    [
      'beside both zips',
      { 's.zip': zipped(withVariables), 's_managed.zip': zipped(withVariables), 'prod.settings.json': settings('CTO_HOST') },
      lacks('prod.settings.json'),
    ],
    [
      'above the sources',
      { ...sources('src/'), 'deployment-settings.test.json': settings('cto_key') },
      lacks('deployment-settings.test.json'),
    ],
    [
      'in the sources',
      { ...sources('src/'), 'src/DeploymentSettings.json': settings('cto_key') },
      lacks('src/DeploymentSettings.json'),
    ],
    ['with all that is needed', { 's.zip': zipped(withVariables), 'deploymentSettings.json': settings('CTO_Tenant') }, []],
    ['of another solution', { 's.zip': zipped(withVariables), 'deploymentSettings.json': settings('abc_tenant') }, []],
    ['in another folder', { 'a/s.zip': zipped(withVariables), 'b/deploymentSettings.json': settings('cto_place') }, []],
    ['that is none', { 's.zip': zipped(withVariables), 'appsettings.json': { EnvironmentVariables: { cto_place: 1 } } }, []],
  ])('%s', async (_, files, lines) => {
    expect(await told(files)).toEqual(lines);
  });
});
