import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { unzip } from '../../src/document/unzip.ts';
import { checkFile, exportPackage, generate } from '../../src/index.ts';
import { baseSpec, specOf } from '../specs.ts';
import { certflow, emptyFolder } from './run.ts';

const standard = {
  subscription: '33333333-3333-3333-3333-333333333333',
  resourceGroup: 'rg-flows',
  location: 'westeurope',
  site: 'logic-contoso',
};

/** Two specs of one Logic App, and the folder of its project. */
async function twoSpecs() {
  const folder = await emptyFolder();
  const out = join(folder, 'out');
  const spec = async (name: string, target: object = {}) => {
    const path = join(folder, `${name}.json`);
    await writeFile(path, JSON.stringify({ ...baseSpec, name, targets: { standard: { ...standard, ...target } } }));
    return path;
  };
  const run = (path: string, ...more: string[]) => certflow('generate', path, '-f', 'standard-project', '-o', out, ...more);
  const project = join(out, 'logic-contoso', 'standard-project', 'project');
  const json = async (path: string) => JSON.parse(await readFile(join(project, path), 'utf8'));
  return { hr: await spec('hr-lists'), orders: await spec('orders', { keyVaultConnector: 'managed' }), run, project, json, out };
}

describe('specs of one Logic App', () => {
  test('share its project: each adds its own, and takes nothing away', async () => {
    const { hr, orders, run, json, out } = await twoSpecs();
    expect((await run(hr)).code).toBe(0);
    expect((await run(orders)).code).toBe(0);
    expect(Object.keys(await json('parameters.json'))).toEqual(expect.arrayContaining(['hr_lists_tenantId', 'orders_tenantId']));
    expect(await json('connections.json')).toMatchObject({
      serviceProviderConnections: { keyVault_hr_lists: {} },
      managedApiConnections: { keyVault_orders: {} },
    });
    expect((await json('local.settings.json')).Values).toMatchObject({
      hr_lists_clientId: '22222222-2222-2222-2222-222222222222',
      orders_clientId: '22222222-2222-2222-2222-222222222222',
    });
    for (const name of ['hr-lists', 'orders'])
      expect(await json(`${name}/workflow.json`)).toHaveProperty('definition.actions.Get_lists');

    for (const spec of [hr, orders, hr]) {
      const { stdout } = await run(spec);
      expect(
        stdout
          .trim()
          .split('\n')
          .filter((line) => !/ files: unchanged$/.test(line)),
      ).toEqual([]);
    }
    expect(await checkFile(out)).toEqual([]);
  });

  test('leave alone what people have there', async () => {
    const { hr, run, project, json } = await twoSpecs();
    await mkdir(project, { recursive: true });
    const write = (path: string, value: unknown) => writeFile(join(project, path), JSON.stringify(value));
    await write('host.json', { version: '2.0', mine: true });
    await write('parameters.json', { mine: { type: 'Int', value: 1 }, hr_lists_tenantId: { type: 'String', value: 'old' } });
    await write('connections.json', {
      serviceProviderConnections: { sql: { displayName: 'mine' } },
      functionConnections: { f: {} },
    });
    await write('local.settings.json', {
      IsEncrypted: false,
      Values: { hr_lists_clientId: 'mine', Other: '1' },
      Host: { CORS: '*' },
    });
    expect((await run(hr)).code).toBe(0);
    expect(await json('host.json')).toEqual({ version: '2.0', mine: true });
    expect(await json('parameters.json')).toMatchObject({
      mine: { type: 'Int', value: 1 },
      hr_lists_tenantId: { value: "@appsetting('hr_lists_tenantId')" },
    });
    expect(await json('connections.json')).toMatchObject({
      serviceProviderConnections: { sql: { displayName: 'mine' }, keyVault_hr_lists: {} },
      functionConnections: { f: {} },
    });
    expect(await json('local.settings.json')).toMatchObject({
      Values: { hr_lists_clientId: 'mine', Other: '1', WEBSITE_LOAD_USER_PROFILE: '1' },
      Host: { CORS: '*' },
    });
  });

  test.each(['{', '[]', '"x"', ''])('say what is wrong with a file that nothing can be added to: %j', async (text) => {
    const { hr, run, project } = await twoSpecs();
    await mkdir(project, { recursive: true });
    await writeFile(join(project, 'connections.json'), text);
    const { code, stderr } = await run(hr);
    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining('connections.json holds no JSON object, so nothing can be added to it'),
    ]);
    expect(await readFile(join(project, 'connections.json'), 'utf8')).toBe(text);
    await expect(readFile(join(project, 'host.json'))).rejects.toThrow('ENOENT');
  });
});

test('names that every JavaScript object has are members as any other', async () => {
  const { hr, run, project, json } = await twoSpecs();
  await mkdir(project, { recursive: true });
  await writeFile(
    join(project, 'parameters.json'),
    '{ "__proto__": { "type": "Int", "value": 1 }, "constructor": { "type": "Int", "value": 2 } }',
  );
  expect((await run(hr)).code).toBe(0);
  expect(Object.keys(await json('parameters.json')).slice(0, 3)).toEqual(['__proto__', 'constructor', 'hr_lists_tenantId']);
});

describe('the zip', () => {
  const spec = specOf({ targets: { standard } });

  test('holds what runs in Azure, and the same bytes each time', async () => {
    const bytes = exportPackage(spec, { format: 'standard-project' });
    expect(Buffer.from(bytes).equals(exportPackage(spec, { format: 'standard-project' }))).toBe(true);
    const tree = await unzip(bytes, { name: 'project.zip', wanted: () => true });
    expect([...tree.paths]).toEqual(['connections.json', 'host.json', 'hr-lists/workflow.json', 'parameters.json']);
    for (const path of tree.paths) {
      const file = generate(spec, { format: 'standard-project' }).find((other) => other.path === `project/${path}`);
      expect(Buffer.from(tree.bytes(path) as Uint8Array).toString()).toBe(file?.contents);
    }
  });

  test('is what the command writes, which says that it is one workflow', async () => {
    const folder = await emptyFolder();
    const path = join(folder, 'certflow.json');
    await writeFile(path, JSON.stringify({ ...baseSpec, targets: { standard } }));
    const { code, stderr } = await certflow('export', path, '-f', 'standard-project', '-o', join(folder, 'x.zip'));
    expect([code, stderr]).toEqual([0, expect.stringContaining('replaces all workflows of a Logic App')]);
    expect((await readFile(join(folder, 'x.zip'))).equals(exportPackage(spec, { format: 'standard-project' }))).toBe(true);
    expect(await checkFile(join(folder, 'x.zip'))).toEqual([]);
  });
});
