import { expect, test } from 'vitest';
import { folderOf } from '../folder.ts';
import { baseSpec } from '../specs.ts';
import { cloud, specFile } from './cloud.ts';

const targets = { consumption: { ...baseSpec.targets.consumption, resourceGroup: 'rg-flows' } };

/** What a command asks of Resource Manager: `GET deployments/certflow-hr-lists`, by how often. */
async function counted() {
  const started = await cloud();
  const sent = async (...args: string[]) => {
    const before = started.requests().length;
    const { code, stdout } = await started.certflow(...args);
    const all = started
      .requests()
      .slice(before)
      .filter(({ service }) => service === 'arm');
    const names = all.map(({ method, url }) => `${method} ${new URL(url).pathname.split('/').slice(-2).join('/')}`);
    return { code, stdout, count: all.length, of: (name: RegExp) => names.filter((one) => name.test(one)).length };
  };
  return { ...started, sent };
}

test('an unchanged deployment is seen with one request for each thing, a new one with the polls besides', async () => {
  const { sent } = await counted();
  const spec = specFile({ targets });
  const first = await sent('deploy', spec, '--yes');
  expect(first.code).toBe(0);
  expect([first.of(/operations/), first.of(/GET workflows\/hr-lists/)]).toEqual([0, 2]);
  const polls = first.of(/GET (deployments\/|whatIfResults)/);
  expect(first.count - polls).toBeLessThanOrEqual(15);
  const second = await sent('deploy', spec, '--yes');
  expect(second.stdout).toContain('hr-lists: unchanged');
  expect(second.count - second.of(/GET whatIfResults/)).toBeLessThanOrEqual(11);
  const twice = [/GET workflows\/hr-lists/, /roleAssignments/, /permissions/, /GET .*rg-flows$/].map(second.of);
  expect(twice).toEqual([1, 1, 1, 1]);
});

test('what many specs share is asked for once: group, vault, permissions; and is made once', async () => {
  const { sent } = await counted();
  const names = ['flow-a', 'flow-b', 'flow-c', 'flow-d'];
  const place = { consumption: { ...targets.consumption, resourceGroup: 'rg-new' } };
  const folder = folderOf(Object.fromEntries(names.map((name) => [`${name}.yaml`, { ...baseSpec, name, targets: place }])));
  const paths = names.map((name) => `${folder}/${name}.yaml`);
  const first = await sent('deploy', ...paths, '--yes');
  expect([first.code, first.of(/PUT resourcegroups\/rg-new/)]).toEqual([0, 1]);
  const second = await sent('deploy', ...paths, '--yes');
  expect(second.code).toBe(0);
  const shared = [/GET resourcegroups\/rg-new/, /GET vaults\/kv-contoso-dev/, /permissions$/].map(second.of);
  expect(shared).toEqual([1, 1, 1]);
  expect(second.of(/GET workflows\//)).toBe(4);
});
