// `npm start`: builds certflow, makes every example in every format for every environment under out/, checks it, and says how to go on.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
process.chdir(root);
console.log('Building certflow …');
await import('./build.ts');
const { formatNames, loadSpec } = (await import(join(root, 'dist', 'index.js'))) as typeof import('../src/index.ts');

const examples = readdirSync('examples').filter((name) => name.endsWith('.certflow.yaml'));
for (const example of examples) {
  const path = join('examples', example);
  const environments = [...(await loadSpec(path)).environments.keys()].filter((name) => name !== '');
  const chosen = environments.length === 0 ? [] : ['--environment', ...environments];
  run('generate', path, '--format', ...formatNames, ...chosen);
}
run('check', 'out');

console.log(`
Look into out/: each folder has a README.md that says what its files are.
For a spec of your own:

  npx certflow init my-flow                  asks a few questions and writes my-flow/certflow.yaml
  npx certflow generate my-flow/certflow.yaml
  npx certflow check export.zip              any workflow: an export, a template, a package
  npx certflow --help`);

function run(...args: readonly string[]) {
  console.log(`\n$ certflow ${args.join(' ')}`);
  const { status } = spawnSync(process.execPath, ['dist/bin.js', ...args], { stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) process.exit(status ?? 1);
}
