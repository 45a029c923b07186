import { expect, test } from 'vitest';
import { faultKinds } from '../../src/emulator/http/faults.ts';
import { calledDuring, missed } from '../azure/requests.ts';
import { cloud, specFile } from '../integration/cloud.ts';
import { baseSpec } from '../specs.ts';
import { below, part } from '../sweep.ts';

/** Each deployment has a group of its own in one emulator, and an app of its own in the world. */
function spec(target: string, group: string): string {
  const place = { ...baseSpec.targets.consumption, resourceGroup: group };
  const targets = target === 'consumption' ? { consumption: place } : { standard: { ...place, site: `logic-${group}` } };
  return specFile({ trigger: { recurrence: { frequency: 'Day', interval: 1 } }, targets });
}

// An app takes the same ways through the pipeline: one of each nature is enough there.
const cases = [
  ...faultKinds.map((kind) => ['consumption', kind] as const),
  ...(['lost', 'forbidden', 'failedLate'] as const).map((kind) => ['standard', kind] as const),
];

test('the healthy deployments send what is said of this sweep', async () => {
  const { certflow } = await cloud();
  const called = await calledDuring(async () => {
    for (const target of ['consumption', 'standard'])
      expect([target, (await certflow('deploy', spec(target, `rg-${target}`), '--yes')).code]).toEqual([target, 0]);
  });
  expect(missed('swept', 'deploy', called)).toEqual([]);
});

// Where a fault can befall a deployment is found by counting the requests of one that goes well.
test.each(cases)(
  '%s, %s at every request in turn: told in a sentence, and the next run reaches the goal',
  async (target, kind) => {
    const { certflow, requests, setFaults } = await cloud({ delays: { poll: 1, retry: 1, answer: 5000 } });
    const deploy = async (group: string) => {
      const before = requests().length;
      const result = await certflow('deploy', spec(target, group), '--yes', '--json');
      return { ...result, count: requests().length - before };
    };
    const { count, code } = await deploy('rg-well');
    expect(code).toBe(0);
    const told = new Set<string>();
    for (const at of part(below(count))) {
      setFaults([{ kind, at }]);
      const failed = await deploy(`rg-${kind}-${at}`);
      setFaults([]);
      expect([at, [0, 1].includes(failed.code)]).toEqual([at, true]);
      const { error = '' } = JSON.parse(failed.stdout) as { error?: string };
      if (failed.code === 1) {
        // What went wrong, and what to do.
        expect([at, error.split('\n').length]).toEqual([at, expect.toSatisfy((lines: number) => lines >= 2)]);
        expect([at, `${error}${failed.stderr}`]).toEqual([at, expect.not.stringContaining('mistake in certflow')]);
      }
      told.add(error.replaceAll(/rg-[\w-]+|localhost:\d+/g, '…'));
      const again = await deploy(`rg-${kind}-${at}`);
      expect([at, error, again.code, again.stdout]).toEqual([at, error, 0, expect.stringContaining('"result": "ok"')]);
      const last = await deploy(`rg-${kind}-${at}`);
      expect([at, error, JSON.parse(last.stdout).deployments[0].outcome]).toEqual([at, error, 'unchanged']);
    }
    // Passing trouble is not even told.
    if (['throttled', 'unavailable', 'unavailableLate', 'reset', 'lost', 'timeout', 'malformed'].includes(kind))
      expect([...told]).toEqual(['']);
  },
);
