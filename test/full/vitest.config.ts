import { defineConfig } from 'vitest/config';

/** Long sweeps, for `npm run test:full`. */
export default defineConfig({
  test: { include: ['test/full/**/*.test.ts'], testTimeout: 600_000, maxWorkers: '100%', passWithNoTests: true },
});
