// `npm test`: what is quick. At its end it names what it has left to `npm run test:full`. Arguments go on to vitest.
import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
await import('./compile.ts');
const { status } = spawnSync(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', ...process.argv.slice(2)], {
  stdio: 'inherit',
});
const left = globSync('*.test.ts', { cwd: 'test/full' }).map((name) => name.replace('.test.ts', ''));
console.log(`Left to "npm run test:full": ${left.sort().join(', ')}`);
process.exitCode = status ?? 1;
