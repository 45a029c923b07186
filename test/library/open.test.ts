import { chmodSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../src/diagnostics/errors.ts';
import { findFiles } from '../../src/disk/find-files.ts';
import { type FileTree, MemoryTree } from '../../src/document/file-tree.ts';
import { openTree } from '../../src/formats/reading/open-tree.ts';
import type { OpenedDocument } from '../../src/formats/reading/opened-document.ts';
import { checkDocument } from '../../src/library/check-document.ts';
import { open, openAll } from '../../src/library/open.ts';
import { rawZip } from '../document/raw-zip.ts';
import { folderOf, plainDefinition } from '../folder.ts';

const workflowJson = { definition: plainDefinition, kind: 'Stateful' };
const flow = { properties: { connectionReferences: { shared_x: {} }, definition: plainDefinition }, schemaVersion: '1.0.0.0' };
const arm = {
  $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
  resources: [{ type: 'Microsoft.Logic/workflows', apiVersion: '2019-05-01', properties: { definition: plainDefinition } }],
};

async function everything(folder: string, onPassedOver?: (name: string, reason: string) => void): Promise<OpenedDocument[]> {
  const found: OpenedDocument[] = [];
  for await (const document of openAll([folder], onPassedOver ? { onPassedOver } : {})) found.push(document);
  return found;
}

const bytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

describe('one file', () => {
  it.each([
    ['bare', plainDefinition, 'definition', '', undefined],
    ['code view', { definition: plainDefinition, parameters: { p: { value: 1 } } }, 'definition', '/definition', undefined],
    ['workflow.json', workflowJson, 'definition', '/definition', 'standard'],
    [
      'a resource',
      { type: 'Microsoft.Logic/workflows', properties: { definition: plainDefinition } },
      'definition',
      '/properties/definition',
      'consumption',
    ],
    ['a flow', flow, 'flow', '/properties/definition', 'power-automate'],
    ['a template', arm, 'arm', '/resources/0/properties/definition', 'consumption'],
  ])('opens %s', async (_, value, format, pointer, host) => {
    const document = await open(bytes(value), { name: 'x.json' });
    expect(document.format).toBe(format);
    const [definition] = document.definitions;
    expect(definition).toMatchObject({ file: 'x.json', pointer, definition: plainDefinition, text: JSON.stringify(value) });
    expect(definition?.host).toBe(host);
  });

  it('keeps what stands around the definition', async () => {
    const { definitions } = await open(bytes({ ...workflowJson, parameters: { p: { value: 1 } } }));
    expect(definitions[0]).toMatchObject({ kind: 'Stateful', parameters: { p: { value: 1 } } });
    expect((await open(bytes(flow))).definitions[0]?.connectionReferences).toEqual({ shared_x: {} });
  });

  it('opens UTF-16 and JSON with comments', async () => {
    const text = `\ufeff// mine\n${JSON.stringify(plainDefinition)}`;
    expect((await open(Buffer.from(text, 'utf16le'))).definitions).toHaveLength(1);
  });

  it.each([
    ['nothing', ''],
    ['words', 'hello'],
    ['broken JSON', '{"triggers": {'],
    ['another JSON', '{"a":1}'],
    ['null', 'null'],
    ['100,000 levels', '['.repeat(100_000) + ']'.repeat(100_000)],
    ['100,000 levels below a definition', `{"triggers":{},"actions":${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}}`],
    ['a zip cut off', rawZip([{ name: 'a.json', contents: '{}' }]).slice(0, 40)],
    ['a zip of nothing', rawZip([])],
    ['a zip that leaves the folder', rawZip([{ name: '../a.json', contents: '{}' }])],
  ])('refuses %s with a UsageError', async (_, contents) => {
    const source = typeof contents === 'string' ? new TextEncoder().encode(contents) : contents;
    await expect(open(source, { name: 'x' })).rejects.toThrow(UsageError);
    await expect(everything(join(folderOf({ x: contents }), 'x'))).rejects.toThrow(UsageError);
  });

  it('takes huge numbers', async () => {
    const text = JSON.stringify({ ...plainDefinition, actions: { C: { type: 'Compose', inputs: 0 } } }).replace(
      '"inputs":0',
      '"inputs":1e999',
    );
    const document = await open(new TextEncoder().encode(text));
    expect(checkDocument(document).filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('says that a path is not there', async () => {
    await expect(open('/no/such/file.json')).rejects.toThrow(/no such file/);
  });
});

const standard = {
  'host.json': { version: '2.0' },
  'parameters.json': { tenant: { type: 'String', value: 'x' } },
  'connections.json': { serviceProviderConnections: { keyVault: {} } },
  'local.settings.json': { Values: { VAULT_KEY: 'a secret' } },
  'One/workflow.json': workflowJson,
  'Two/workflow.json': { ...workflowJson, kind: 'Stateless' },
};

describe('a Standard project', () => {
  it('is opened as a whole', async () => {
    const folder = folderOf(standard);
    const document = await open(folder);
    expect(document.format).toBe('standard-project');
    expect(document.definitions.map(({ name, kind, file }) => [name, kind, file])).toEqual([
      ['One', 'Stateful', join(folder, 'One/workflow.json')],
      ['Two', 'Stateless', join(folder, 'Two/workflow.json')],
    ]);
    expect(document.definitions[0]).toMatchObject({
      host: 'standard',
      parameters: standard['parameters.json'],
      connections: standard['connections.json'],
      appSettings: ['VAULT_KEY'],
    });
    expect(JSON.stringify(document.definitions)).not.toContain('a secret');
  });

  it('is the surroundings of one file of it', async () => {
    const file = join(folderOf(standard), 'Two/workflow.json');
    const document = await open(file);
    expect(document.definitions.map((definition) => definition.file)).toEqual([file]);
    expect(document.definitions[0]).toMatchObject({ parameters: standard['parameters.json'], pointer: '/definition' });
  });

  it('reports a workflow.json that is broken, and one that is something else', async () => {
    const folder = folderOf({ ...standard, 'One/workflow.json': '{"definition": ', 'Two/workflow.json': { a: 1 } });
    const [document] = await everything(folder);
    expect(document?.definitions).toEqual([]);
    expect(document?.problems.map(({ rule, message }) => [rule, message])).toEqual([
      ['document-syntax', 'the file cannot be read: value expected'],
      ['document-syntax', 'the file cannot be read: it has no workflow definition under "definition"'],
    ]);
    expect(document && checkDocument(document)).toHaveLength(2);
  });

  it('is not needed: a lone workflow.json will do', async () => {
    const document = await open(join(folderOf({ 'W/workflow.json': workflowJson }), 'W/workflow.json'));
    expect(document.definitions[0]).toMatchObject({ host: 'standard', kind: 'Stateful' });
  });
});

const guid = '0e83eecd-6ba8-411a-a0bc-2f80099564dc';
const packageFiles = {
  'manifest.json': { schema: '1.0', resources: {} },
  'Microsoft.Flow/flows/manifest.json': { flowAssets: { assetPaths: [guid] } },
  [`Microsoft.Flow/flows/${guid}/definition.json`]: { ...flow, properties: { ...flow.properties, displayName: 'Mine' } },
  [`Microsoft.Flow/flows/${guid}/apisMap.json`]: {},
};
const definitionXml = (type: number, value: string) =>
  `\ufeff<?xml version="1.0"?><environmentvariabledefinition schemaname="cto_T"><defaultvalue>${value}</defaultvalue><displayname default="Tenant &amp; more"/><type>${type}</type></environmentvariabledefinition>`;
const solutionFiles = {
  'solution.xml': '<ImportExportXml/>',
  'customizations.xml':
    '<ImportExportXml><Workflows><Workflow Name="My flow"><JsonFileName>/Workflows/F-1.json</JsonFileName></Workflow></Workflows><connectionreferences><connectionreference connectionreferencelogicalname="cto_kv"><connectorid>/apis/shared_keyvault</connectorid></connectionreference></connectionreferences></ImportExportXml>',
  'Workflows/F-1.json': flow,
  'Workflows/Desktop.json': { properties: { script: 'x' } },
  'environmentvariabledefinitions/cto_T/environmentvariabledefinition.xml': definitionXml(100000000, 'abc'),
};
const contentTypes = '<Types><Default Extension="xml"/><Default Extension="json"/></Types>';

const zipOf = (files: Readonly<Record<string, unknown>>) =>
  rawZip(
    Object.entries(files).map(([name, contents]) => ({
      name,
      contents: typeof contents === 'string' ? contents : JSON.stringify(contents),
    })),
  );

describe('a legacy package', () => {
  it('is opened from a folder, a zip and one file', async () => {
    const folder = folderOf({ ...packageFiles, 'p.zip': zipOf(packageFiles) });
    for (const path of ['p.zip', `Microsoft.Flow/flows/${guid}/definition.json`]) {
      const { format, definitions } = await open(join(folder, path));
      expect(format).toBe('flow-package');
      expect(definitions.map(({ name, host }) => [name, host])).toEqual([['Mine', 'power-automate']]);
    }
    expect((await everything(folder)).map(({ format, name }) => [format, name])).toEqual([
      ['flow-package', folder],
      ['flow-package', join(folder, 'p.zip')],
    ]);
    await expect(open(folder)).rejects.toThrow(/several documents/);
  });
});

describe('a solution', () => {
  it('gives its flows with names, references and variables, and passes over desktop flows', async () => {
    const { format, definitions, files } = await open(zipOf(solutionFiles), { name: 's.zip' });
    expect(format).toBe('solution');
    expect(definitions).toHaveLength(1);
    expect(definitions[0]).toMatchObject({
      file: 's.zip!Workflows/F-1.json',
      name: 'My flow',
      solutionReferences: { cto_kv: '/apis/shared_keyvault' },
      environmentVariables: { cto_T: { type: 'String', displayName: 'Tenant & more', value: 'abc' } },
    });
    expect(files.has('solution.xml')).toBe(true);
  });

  it('is opened unpacked, in UTF-16 too', async () => {
    const folder = folderOf({
      'src/Other/Solution.xml': '<ImportExportXml/>',
      'src/Other/Customizations.xml': Buffer.from(`\ufeff${solutionFiles['customizations.xml']}`, 'utf16le'),
      'src/Workflows/F-1.json': Buffer.from(`\ufeff${JSON.stringify(flow)}`, 'utf16le'),
      'src/Workflows/F-1.json.data.xml': '<Workflow Name="From data"/>',
    });
    const { format, definitions } = await open(folder);
    expect(format).toBe('solution');
    expect(definitions[0]).toMatchObject({ name: 'My flow', solutionReferences: { cto_kv: '/apis/shared_keyvault' } });
  });

  it('never holds the value of a secret', async () => {
    const path = 'environmentvariabledefinitions/cto_T/environmentvariabledefinition.xml';
    const { definitions } = await open(zipOf({ ...solutionFiles, [path]: definitionXml(100000005, 'hush') }));
    expect(definitions[0]?.environmentVariables).toEqual({ cto_T: { type: 'Secret', displayName: 'Tenant & more' } });
  });

  it('reports XML that is not sound', async () => {
    const { definitions, problems } = await open(
      zipOf({ ...solutionFiles, '[Content_Types].xml': contentTypes, 'customizations.xml': '<ImportExportXml><a></b>' }),
    );
    expect(definitions).toHaveLength(1);
    expect(problems.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^the file cannot be read: it is no sound XML/),
    ]);
  });
});

describe('a folder', () => {
  it('is walked without what git ignores, node_modules and links', async () => {
    const folder = folderOf({
      '.git/HEAD': '',
      '.gitignore': 'out/\n*.skip.json\n',
      'a.json': plainDefinition,
      'x.skip.json': plainDefinition,
      'out/b.json': plainDefinition,
      'node_modules/p/c.json': plainDefinition,
      'deep/.gitignore': '!y.skip.json\n',
      'deep/y.skip.json': plainDefinition,
      'deep/z.skip.json': plainDefinition,
      'other.json': { a: 1 },
      'broken.json': '{"actions": ',
      'tsconfig.json': '{ // comment\n}',
    });
    symlinkSync(folder, join(folder, 'loop'), 'junction');
    const names = async (path: string) => (await everything(path)).map(({ name }) => name.slice(folder.length + 1));
    expect(await names(folder)).toEqual(['a.json', join('deep', 'y.skip.json')]);
    // Asked for by name, an ignored folder is looked into.
    expect(await names(join(folder, 'out'))).toEqual([join('out', 'b.json')]);
  });

  it('is walked on where a folder in it may not be entered', (context) => {
    if (process.seteuid === undefined || process.getuid?.() !== 0) {
      process.stderr.write(`skipped: ${context.task.name}: only root can be somebody else for a while\n`);
      context.skip('only root can be somebody else for a while');
    }
    const folder = folderOf({ 'a.json': plainDefinition, 'closed/b.json': plainDefinition });
    chmodSync(folder, 0o755);
    chmodSync(join(folder, 'closed'), 0o700);
    const told: string[] = [];
    process.seteuid?.(4711);
    try {
      expect(findFiles(folder, (path, reason) => told.push(`${path}: ${reason}`))).toEqual(['a.json']);
    } finally {
      process.seteuid?.(0);
    }
    expect(told).toEqual(['closed: you have no right to read it']);
  });

  it('gives projects, packages and files side by side, and zips inside it', async () => {
    const folder = folderOf({
      ...Object.fromEntries(Object.entries(standard).map(([path, contents]) => [`app/${path}`, contents])),
      'infra/azuredeploy.json': arm,
      'app/azuredeploy.json': arm,
      'pack/t.zip': zipOf({ 'mainTemplate.json': arm }),
    });
    expect((await everything(folder)).map(({ format, name }) => [format, name.slice(folder.length + 1)])).toEqual([
      ['standard-project', 'app'],
      ['arm', join('app', 'azuredeploy.json')],
      ['arm', join('infra', 'azuredeploy.json')],
      ['arm', `${join('pack', 't.zip')}!mainTemplate.json`],
    ]);
  });

  it('looks into zips one level deeper, by the names with backslashes too, and no further', async () => {
    const deep = zipOf({ 'mainTemplate.json': arm });
    const inner = rawZip([
      { name: 'infra\\azuredeploy.json', contents: JSON.stringify(arm) },
      { name: 'deeper.zip', contents: deep },
    ]);
    const outer = rawZip([
      { name: 'Assets\\inner.zip', contents: inner },
      { name: 'readme.md', contents: 'x' },
    ]);
    const folder = folderOf({ 'outer.zip': outer });
    const names = async (path: string) => (await everything(path)).map(({ name }) => name.slice(folder.length + 1));
    expect(await names(folder)).toEqual(['outer.zip!Assets/inner.zip!infra/azuredeploy.json']);
    expect(await names(join(folder, 'outer.zip'))).toEqual(['outer.zip!Assets/inner.zip!infra/azuredeploy.json']);
    const { definitions } = await open(outer, { name: 'o.zip', contents: 'all' });
    expect(definitions[0]?.file).toBe('o.zip!Assets/inner.zip!infra/azuredeploy.json');
  });

  it('counts what zips in a zip take together', async () => {
    const claiming = rawZip([{ name: 'a.json', contents: 'x', claimedSize: 250e6 }]);
    const told: string[] = [];
    const both = ['a.zip', 'b.zip'].map((name) => ({ name, contents: claiming }));
    const folder = folderOf({ 'o.zip': rawZip(both), 'a.json': plainDefinition });
    await everything(folder, (name, reason) => told.push(`${name.slice(folder.length + 1)}: ${reason}`));
    expect(told).toEqual([
      expect.stringMatching(/^o\.zip!a\.zip: .* would grow more than 250 times/),
      'o.zip!b.zip: unpacked, the zip would have more than 400 MB',
    ]);
  });

  it('tells of a package that is a zip in a zip', async () => {
    const whole = zipOf({ ...solutionFiles, '[Content_Types].xml': contentTypes });
    const roots = async (outer: Uint8Array) =>
      checkDocument(await open(outer, { name: 'o.zip' })).flatMap(({ rule, message, help }) =>
        rule === 'package-root' ? [message, help] : [],
      );
    expect(await roots(rawZip([{ name: 'HrLists.zip', contents: whole }]))).toEqual([
      'the package is a zip in a zip, and the import looks for solution.xml at the root of the outer one',
      'unpack o.zip, and import HrLists.zip',
    ]);
    expect(await roots(rawZip([{ name: 'flow.zip', contents: zipOf(packageFiles) }]))).toEqual([
      expect.stringContaining('manifest.json at the root'),
      'unpack o.zip, and import flow.zip',
    ]);
    // Several are told of where the user means that zip.
    const both = rawZip([
      { name: 'Release/HrLists.zip', contents: whole },
      { name: 'flow.zip', contents: zipOf(packageFiles) },
      { name: '__MACOSX/._flow.zip', contents: 'x' },
    ]);
    const folder = folderOf({ 'all.zip': both });
    const helps = async (path: string) =>
      (await everything(path)).flatMap(({ problems }) =>
        problems.flatMap(({ rule, message, help }) => (rule === 'package-root' ? [`${message}: ${help}`] : [])),
      );
    expect(await helps(folder)).toEqual([]);
    const zipped = join(folder, 'all.zip');
    expect(await helps(zipped)).toEqual([
      `the package is one of 2 zips in a zip, and the import looks for solution.xml at the root of the outer one: unpack ${zipped}, and import Release/HrLists.zip by itself`,
      `the package is one of 2 zips in a zip, and the import looks for manifest.json at the root of the outer one: unpack ${zipped}, and import flow.zip by itself`,
    ]);
    // A package for a deployment tool holds its solutions so.
    expect(
      await roots(
        rawZip([
          { name: 'Assets/HrLists.zip', contents: whole },
          { name: 'Assets/ImportConfig.xml', contents: '<a/>' },
        ]),
      ),
    ).toEqual([]);
  });

  it('reports a broken file that says it is a workflow', async () => {
    const [document] = await everything(folderOf({ 'a.json': JSON.stringify(plainDefinition).slice(0, -1) }));
    expect(document?.problems).toMatchObject([{ rule: 'document-syntax', range: { start: { line: 1 } } }]);
  });

  it('that holds no workflow is an error', async () => {
    await expect(everything(folderOf({ 'a.json': { a: 1 } }))).rejects.toThrow(/holds no workflow/);
  });

  it('tells of zips that are refused', async () => {
    const told: string[][] = [];
    const folder = folderOf({ 'a.json': plainDefinition, 'b.zip': rawZip([{ name: '..\\y.json', contents: '{}' }]) });
    await everything(folder, (name, reason) => told.push([name, reason]));
    expect(told).toEqual([[join(folder, 'b.zip'), expect.stringContaining('leads out of the folder')]]);
  });

  it('tells of files that cannot be read, and goes on', async () => {
    const contents = new Map([
      ['a.json', undefined],
      ['b.json', bytes(plainDefinition)],
    ]);
    const tree = new MemoryTree('m', contents);
    const broken: FileTree = {
      name: 'm',
      paths: tree.paths,
      has: (path) => tree.has(path),
      displayName: (path) => tree.displayName(path),
      bytes: (path) => {
        if (path === 'a.json') throw new UsageError('locked');
        return tree.bytes(path);
      },
    };
    const told: string[] = [];
    const found: string[] = [];
    for await (const { name } of openTree(broken, { onPassedOver: (name, reason) => told.push(`${name}: ${reason}`) }))
      found.push(name);
    expect([found, told]).toEqual([['m/b.json'], ['m/a.json: locked']]);
  });
});
