import { defineConfig } from 'vitest/config';
import { startingFiles } from './test/starting.ts';

/** Milliseconds. The limits end what hangs: idle, no test takes a tenth of them, so that a machine with other work keeps them too. */
const limit = 600_000;

/** What changes its process for good: other modules in the place of some, counters in all code that runs. */
const alone = ['test/growth/growth.test.ts', 'test/certificate/platform.test.ts'];
const starting = startingFiles().filter((file) => !alone.includes(file));
const long = 'test/full/**';

// The files of a worker share what they have loaded, which takes as long as most of them.
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
    maxWorkers: '100%',
    projects: [
      { extends: true, test: { name: 'quick', include: ['test/**/*.test.ts'], exclude: [long, ...alone, ...starting] } },
      { extends: true, test: { name: 'alone', include: alone, isolate: true } },
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
