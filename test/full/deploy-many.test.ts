import { expect, test } from 'vitest';
import type { Recorded } from '../../src/emulator/index.ts';
import { folderOf } from '../folder.ts';
import { cloud } from '../integration/cloud.ts';
import { baseSpec } from '../specs.ts';

const names = Array.from({ length: 200 }, (_, index) => `flow-${String(index).padStart(3, '0')}`);
const targets = { consumption: { ...baseSpec.targets.consumption, resourceGroup: 'rg-flows' } };

test('two hundred deployments, eight in flight, with throttling: all arrive, and a second time nothing is to do', async () => {
  const { certflow, requests, setFaults, writes } = await cloud();
  const folder = folderOf(Object.fromEntries(names.map((name) => [`${name}.certflow.yaml`, { ...baseSpec, name, targets }])));
  const paths = names.map((name) => `${folder}/${name}.certflow.yaml`);
  setFaults(Array.from({ length: 500 }, (_, index) => ({ kind: 'throttled' as const, service: 'arm' as const, at: index * 11 })));
  const { code, stderr } = await certflow('deploy', ...paths, '--yes');
  expect([code, stderr.split('\n')]).toEqual([0, expect.arrayContaining(['200 deployed, 0 unchanged, 0 failed'])]);
  expect(requests().filter(({ answer }) => answer?.status === 429).length).toBeGreaterThan(100);
  const most = mostInFlight(requests());
  expect([most > 1, most <= 8]).toEqual([true, true]);
  setFaults([]);
  writes();
  const again = await certflow('deploy', folder, '--yes');
  expect([again.code, again.stderr.split('\n')]).toEqual([0, expect.arrayContaining(['0 deployed, 200 unchanged, 0 failed'])]);
  expect(writes()).toEqual([]);
  // What they share is asked for once, at the beginning, of which the emulator may not remember all.
  const all = requests();
  const second = all.slice(all.findLastIndex(({ method }) => method === 'PUT') + 1);
  const asked = (path: RegExp) => second.filter(({ method, url }) => method === 'GET' && path.test(url)).length;
  const shared = [
    /resourcegroups\/rg-flows\?/,
    /vaults\/kv-contoso-dev\?/,
    /rg-flows\/providers\/Microsoft\.Authorization\/permissions/,
  ];
  expect(Math.max(...shared.map(asked))).toBeLessThanOrEqual(1);
});

/** How many deployments were under way at the same time: from the request that started one to the last that asks about it. */
function mostInFlight(requests: readonly Recorded[]): number {
  const spans = names.map((name) => {
    const about = requests.flatMap(({ url }, index) =>
      url.includes(`certflow-${name}`) || url.includes(`/workflows/${name}`) ? [index] : [],
    );
    const start = about.find((index) => requests[index]?.method === 'PUT') ?? 0;
    return [start, about.at(-1) ?? 0] as const;
  });
  return Math.max(...spans.map(([start]) => spans.filter(([from, to]) => from <= start && start <= to).length));
}
