import { defineConfig } from 'vitest/config';

/** Milliseconds: an hour ends what hangs, and is ten times what the longest of them takes on an idle machine. */
const limit = 3_600_000;

/** Long sweeps, for `npm run test:full`. */
export default defineConfig({
  test: {
    include: ['test/full/**/*.test.ts'],
    testTimeout: limit,
    hookTimeout: limit,
    teardownTimeout: limit,
    maxWorkers: '100%',
  },
});
