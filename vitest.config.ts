import { defineConfig } from 'vitest/config';

/** Milliseconds. The limits end what hangs: idle, no test takes a tenth of them, so that a machine with other work keeps them too. */
const limit = 600_000;

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/full/**'],
    testTimeout: limit,
    hookTimeout: limit,
    teardownTimeout: limit,
    maxWorkers: '100%',
  },
});
