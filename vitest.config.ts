import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { startingFiles } from './test/starting.ts';

/** Milliseconds. The limits end what hangs: idle, no test takes a tenth of them, so that a machine with other work keeps them too. */
const limit = 600_000;

const starting = startingFiles();
const long = 'test/full/**';

// The files of a worker share what they have loaded, which takes as long as most of them. What changes its process for good (modules in
// the place of others, counters in all code) is a long test: those have a process each.
export default defineConfig(({ mode }) => ({
  test: {
    env: mode === 'golden' ? { UPDATE_GOLDEN: '1' } : {},
    isolate: false,
    // What a test has put in a place for itself is put back for those that share its worker.
    unstubEnvs: true,
    unstubGlobals: true,
    restoreMocks: true,
    testTimeout: limit,
    hookTimeout: limit,
    teardownTimeout: limit,
    // Half of the time of those that start servers is waiting.
    maxWorkers: Math.ceil(1.5 * availableParallelism()),
    projects: [
      { extends: true, test: { name: 'quick', include: ['test/**/*.test.ts'], exclude: [long, ...starting] } },
      {
        extends: true,
        test: {
          name: 'servers and processes',
          include: starting,
          globalSetup: ['test/rsa-keys.ts'],
          setupFiles: ['test/shared-keys.ts'],
        },
      },
    ],
  },
}));
