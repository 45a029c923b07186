import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { open } from '../../src/index.ts';
import { specText } from '../specs.ts';
import { certflow, emptyFolder } from './run.ts';

const target = '  powerAutomate: { solution: HrLists, publisher: { name: contoso, prefix: cto } }\n';

async function withSpec(lines = ''): Promise<{ folder: string; spec: string; zip: string }> {
  const folder = await emptyFolder();
  const spec = join(folder, 'certflow.yaml');
  writeFileSync(spec, specText(target + lines));
  return { folder, spec, zip: join(folder, 'x.zip') };
}

test('writes the zip that generate writes, says so, and changes nothing the second time', async () => {
  const { folder, spec, zip } = await withSpec();
  expect(await certflow('export', spec, '--out', zip)).toEqual({
    code: 0,
    stdout: `created    ${zip}\n`,
    stderr: expect.stringContaining('IMPORT.md'),
  });
  await certflow('generate', spec, '-f', 'solution', '--out', join(folder, 'out'));
  expect(readFileSync(zip)).toEqual(readFileSync(join(folder, 'out/hr-lists/solution/HrLists.zip')));
  expect((await certflow('export', spec, '--out', zip)).stdout).toBe(`unchanged  ${zip}\n`);
  expect((await certflow('export', spec, '--managed', '--out', zip)).stdout).toBe(`changed    ${zip}\n`);
  expect(readFileSync(zip)).toEqual(readFileSync(join(folder, 'out/hr-lists/solution/HrLists_managed.zip')));
});

test('a legacy package, of the environment that is named', async () => {
  const { spec, zip } = await withSpec('environments: { dev: {}, prod: { certificate: { name: prod-cert } } }');
  const none = await certflow('export', spec, '-f', 'flow-package', '--out', zip);
  expect([none.code, none.stderr]).toEqual([2, expect.stringContaining('has 2 environments, and none was named: dev, prod')]);
  expect(existsSync(zip)).toBe(false);
  const { stdout } = await certflow('export', spec, '-f', 'flow-package', '-e', 'prod', '--out', zip, '--json');
  expect(JSON.parse(stdout)).toEqual({ file: zip, status: 'created', bytes: readFileSync(zip).length, diagnostics: [] });
  expect(await open(zip)).toMatchObject({
    format: 'flow-package',
    definitions: [{ definition: { parameters: { certificateName: { defaultValue: 'prod-cert' } } } }],
  });
});

test('--with-values brings values along, in generate too', async () => {
  const { folder, spec, zip } = await withSpec();
  const values = async (path: string) =>
    Object.values((await open(path)).definitions[0]?.environmentVariables ?? {}).map(({ value }) => value);
  await certflow('export', spec, '--out', zip);
  expect(await values(zip)).toEqual([undefined, undefined, undefined, undefined]);
  await certflow('export', spec, '--with-values', '--out', zip);
  expect(await values(zip)).toEqual(expect.arrayContaining(['sharepoint-cert', 'https://contoso.sharepoint.com']));
  await certflow('generate', spec, '-f', 'solution', '--with-values', '--out', folder);
  expect(readFileSync(join(folder, 'hr-lists/solution/HrLists.zip'))).toEqual(readFileSync(zip));
});

test('a file that is no zip is not written over', async () => {
  const { spec } = await withSpec();
  const before = readFileSync(spec, 'utf8');
  const { code, stdout, stderr } = await certflow('export', spec, '--out', spec);
  expect([code, stdout, stderr]).toEqual([
    1,
    '',
    expect.stringContaining(`${spec} is there already, and is no zip. Nothing was written.`),
  ]);
  expect(readFileSync(spec, 'utf8')).toBe(before);
});

test.each([
  [['-f', 'arm'], 2, '"arm" is no package; those are standard-project, solution, flow-package'],
  [['-f', 'soluton'], 2, 'did you mean "solution"?'],
  [['--out', '.'], 2, 'there is a folder of this name'],
])('%j is wrong use', async (args, code, message) => {
  const { spec } = await withSpec();
  const result = await certflow('export', spec, ...args);
  expect([result.code, result.stderr]).toEqual([code, expect.stringContaining(message)]);
});

test('a mistake is shown with its line, and nothing is written', async () => {
  const { spec, zip } = await withSpec('vualt: x');
  const { code, stderr } = await certflow('export', spec, '--out', zip);
  expect([code, stderr]).toEqual([1, expect.stringContaining('unknown key "vualt"')]);
  expect(existsSync(zip)).toBe(false);
});
