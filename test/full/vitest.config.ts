import { randomInt } from 'node:crypto';
import { defineConfig } from 'vitest/config';

/** Milliseconds: an hour ends what hangs, and is ten times what the longest of them takes on an idle machine. */
const limit = 3_600_000;

/**
 * What takes long, for `npm run test:full`: of each sweep (test/sweep.ts) a share that is the same at each run, so that a failure comes
 * from a change. `npm run sweep` goes through all of them, each time from another seed.
 */
export default defineConfig(({ mode }) => {
  const isWhole = mode === 'sweep';
  return {
    test: {
      include: ['test/full/**/*.test.ts'],
      testTimeout: limit,
      hookTimeout: limit,
      teardownTimeout: limit,
      maxWorkers: '100%',
      env: {
        ...(mode === 'golden' && { UPDATE_GOLDEN: '1' }),
        CERTFLOW_SWEEP_SIZE: process.env.CERTFLOW_SWEEP_SIZE ?? (isWhole ? '1' : '0.2'),
        CERTFLOW_SWEEP_SEED: process.env.CERTFLOW_SWEEP_SEED ?? String(isWhole ? randomInt(2 ** 31) : 1),
      },
    },
  };
});
