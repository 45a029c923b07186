import { expect, test } from 'vitest';
import type { FaultKind } from '../../src/emulator/http/faults.ts';
import { deployedApp } from '../integration/deployed-app.ts';

test.each(['forbidden', 'lost', 'unavailableLate', 'malformed'] as const satisfies readonly FaultKind[])(
  'taking back with %s at each request in turn is told or goes on, and the next run ends it',
  async (kind) => {
    const { certflow, app, spec, requests, setFaults } = await deployedApp();
    const before = requests().length;
    await certflow('destroy', spec, '--yes');
    const count = requests().length - before;
    for (const at of [4, 6, 8, 9, 10, 11].filter((one) => one < count)) {
      expect((await certflow('deploy', spec, '--yes')).code).toBe(0);
      setFaults([{ kind, at }]);
      const first = await certflow('destroy', spec, '--yes');
      setFaults([]);
      expect([at, [0, 1].includes(first.code), first.stderr]).toEqual([
        at,
        true,
        expect.not.stringContaining('mistake in certflow'),
      ]);
      expect([at, (await certflow('destroy', spec, '--yes')).code]).toEqual([at, 0]);
      expect([at, await app.settings()]).toEqual([at, { OTHER: 'stays' }]);
    }
  },
);
