import { defineConfig } from 'vitest/config';
import { unlikeOthers } from './test/kinds.ts';

/** Milliseconds. The limits end what hangs: idle, no test takes a tenth of them, so that a machine with other work keeps them too. */
const limit = 600_000;

const { starting, replacing } = unlikeOthers();
/** The keys that tests need are made once a run. */
const sharedKeys = { globalSetup: ['test/rsa-keys.ts'], setupFiles: ['test/shared-keys.ts'] };
const long = 'test/full/**';
const counted = 'test/growth/**';

// The files of a worker share what they have loaded, which takes as long as most of them.
export default defineConfig(({ mode }) => ({
  test: {
    env: mode === 'golden' ? { UPDATE_GOLDEN: '1' } : {},
    isolate: false,
    unstubEnvs: true,
    unstubGlobals: true,
    restoreMocks: true,
    testTimeout: limit,
    hookTimeout: limit,
    teardownTimeout: limit,
    maxWorkers: '100%',
    projects: [
      {
        extends: true,
        test: { name: 'quick', include: ['test/**/*.test.ts'], exclude: [long, counted, ...starting, ...replacing] },
      },
      // Code that ran before its work is counted keeps no counters: a process of its own.
      { extends: true, test: { name: 'counted work', include: [`${counted}/*.test.ts`], isolate: true } },
      { extends: true, test: { name: 'servers and processes', include: starting, ...sharedKeys } },
      { extends: true, test: { name: 'modules replaced', include: replacing, isolate: true, ...sharedKeys } },
    ],
  },
}));
