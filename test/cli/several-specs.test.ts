import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderOf } from '../folder.ts';
import { readyCloud } from '../integration/cloud.ts';
import { baseSpec } from '../specs.ts';
import { certflow } from './run.ts';

const named = (name: string, more: object = {}) => JSON.stringify({ ...baseSpec, name, ...more });
const two = () => folderOf({ 'flows/a.certflow.yaml': named('flow-a'), 'flows/b/certflow.yaml': named('flow-b') });

test('generate writes every spec of a folder, and nothing where one of them is in the way', async () => {
  const folder = two();
  const out = join(folder, 'out');
  const { code, stdout } = await certflow('generate', join(folder, 'flows'), '-o', out, '-f', 'definition', '--json');
  const { files } = JSON.parse(stdout) as { files: { path: string; status: string }[] };
  expect([code, new Set(files.map(({ path }) => path.split('/')[0]))]).toEqual([0, new Set(['flow-a', 'flow-b'])]);
  expect(existsSync(join(out, 'flow-b'))).toBe(true);
  const other = folderOf({
    'out/flow-b/definition/README.md': 'mine',
    'a.certflow.yaml': named('flow-a'),
    'b.certflow.yaml': named('flow-b'),
  });
  const stopped = await certflow('generate', other, '-o', join(other, 'out'), '-f', 'definition');
  expect([stopped.code, stopped.stderr]).toEqual([1, expect.stringContaining('README.md was not written by certflow')]);
  expect(readdirSync(join(other, 'out'))).toEqual(['flow-b']);
});

test('two specs of one name write no file over each other', async () => {
  const folder = folderOf({ 'a.yaml': named('flow'), 'b.yaml': named('flow') });
  const specs = [join(folder, 'a.yaml'), join(folder, 'b.yaml')];
  for (const [command, ...more] of [
    ['generate', '-o', join(folder, 'out')],
    ['pipeline', '--for', 'github', '-o', folder],
  ] as const) {
    const { code, stderr } = await certflow(command, ...specs, ...more);
    expect([command, code, stderr]).toEqual([command, 2, expect.stringMatching(/named flow|give one of them another name/)]);
  }
  expect(readdirSync(folder).sort()).toEqual(['a.yaml', 'b.yaml']);
});

test('guide, pipeline and setup --script have a part for each', async () => {
  const folder = two();
  const flows = join(folder, 'flows');
  const guide = await certflow('guide', flows);
  expect([guide.code, guide.stdout.match(/^# .*flow-[ab]/gm)?.length]).toEqual([0, 2]);
  const { guides } = JSON.parse((await certflow('guide', flows, '--json')).stdout);
  expect(guides.map(({ spec }: { spec: string }) => spec)).toEqual(['flow-a', 'flow-b']);
  expect((await certflow('pipeline', flows, '--for', 'github', '-o', folder)).code).toBe(0);
  const pipeline = (name: string) => readFileSync(join(folder, `.github/workflows/deploy-${name}.yml`), 'utf8');
  expect([pipeline('flow-a'), pipeline('flow-b')]).toEqual([
    expect.stringContaining('flows/a.certflow.yaml'),
    expect.stringContaining('flows/b/certflow.yaml'),
  ]);
});

test('export makes a zip of each; --out names one alone', async () => {
  const folder = two();
  const here = process.cwd();
  try {
    process.chdir(folder);
    const { code, stdout } = await certflow('export', 'flows', '-f', 'flow-package', '--json');
    const { files } = JSON.parse(stdout) as { files: { file: string; bytes: number }[] };
    expect([code, files.length, files.every(({ file, bytes }) => existsSync(file) && bytes > 0)]).toEqual([0, 2, true]);
  } finally {
    process.chdir(here);
  }
  const named = await certflow('export', join(folder, 'flows'), '-o', join(folder, 'x.zip'));
  expect([named.code, named.stderr]).toEqual([2, expect.stringContaining('--out names one zip, and 2 specs make one each')]);
});

test.each([
  [['snippet'], ['-l', 'python'], 'a snippet is one program'],
  [['cert', 'rotate'], ['--yes'], 'certificates are rotated one by one'],
  [['runs', 'show', 'latest'], [], 'a run is one of one workflow'],
  [['runs', 'cancel', 'latest'], [], 'a run is one of one workflow'],
  [['runs', 'resubmit', 'latest'], [], 'a run is one of one workflow'],
])('%j says why several make no sense', async (command, options, why) => {
  const folder = two();
  const { code, stderr } = await certflow(...command, join(folder, 'flows'), ...options);
  expect([code, stderr]).toEqual([
    2,
    expect.stringMatching(`2 specs were named \\(.*a\\.certflow\\.yaml, .*certflow\\.yaml\\), and ${why}`),
  ]);
});

test('picture says so too', async () => {
  const folder = two();
  const { code, stderr } = await certflow(
    'picture',
    join(folder, 'flows/a.certflow.yaml'),
    join(folder, 'flows/b/certflow.yaml'),
  );
  expect([code, stderr]).toEqual([2, expect.stringContaining('a picture is of one workflow')]);
});

test('doctor and runs list look at each; one that is not there stops no other', async () => {
  const { certflow, appRegistration } = await readyCloud();
  const targets = (resourceGroup: string) => ({ targets: { consumption: { ...baseSpec.targets.consumption, resourceGroup } } });
  const folder = folderOf({
    'a.certflow.yaml': named('flow-a', { appRegistration, ...targets('rg-flows') }),
    'b.certflow.yaml': named('flow-b', { appRegistration, ...targets('rg-flows') }),
    'c.certflow.yaml': named('flow-c', { appRegistration, ...targets('rg-flows') }),
  });
  const [a, b] = ['a', 'b', 'c'].map((name) => join(folder, `${name}.certflow.yaml`));
  expect((await certflow('deploy', a ?? '', b ?? '', '--yes', '--run')).code).toBe(0);
  const listed = await certflow('runs', 'list', a ?? '', b ?? '', '--json');
  expect(
    JSON.parse(listed.stdout).workflows.map(({ spec, runs }: { spec: string; runs: object[] }) => [spec, runs.length]),
  ).toEqual([
    ['flow-a', 1],
    ['flow-b', 1],
  ]);
  const { code, stdout } = await certflow('doctor', folder, '--json');
  const { chains } = JSON.parse(stdout) as { chains: { heading: string; proofs: { link: string; result: string }[] }[] };
  expect([code, chains.map(({ heading }) => heading)]).toEqual([1, ['flow-a', 'flow-b', 'flow-c']]);
  const workflows = chains.map(({ proofs }) => proofs.find(({ link }) => link === 'Logic App')?.result);
  expect(workflows).toEqual(['ok', 'ok', 'wrong']);
});
