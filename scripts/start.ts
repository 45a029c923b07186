// `npm start`: builds certflow, makes every example in every format for every environment under out/, checks it,
// deploys one to a loopback Azure, and says how to go on.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
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
await tryInLoopbackAzure(join('examples', 'sharepoint.certflow.yaml'));

console.log(`
Look into out/: each folder has a README.md that says what its files are.
For a spec of your own:

  npx certflow init my-flow                  asks a few questions and writes my-flow/certflow.yaml
  npx certflow generate my-flow/certflow.yaml
  npx certflow check export.zip              any workflow: an export, a template, a package
  npx certflow deploy my-flow/certflow.yaml  to Azure; --plan says what it would do
  npx certflow --help`);

/** Deploys an example to a loopback Azure, sees it run, and asks how it is. */
async function tryInLoopbackAzure(example: string) {
  const folder = mkdtempSync(join(tmpdir(), 'certflow-azure-'));
  console.log(`\n$ certflow emulator --for ${example} --folder ${folder}`);
  const emulator = spawn(process.execPath, ['dist/bin.cjs', 'emulator', '--for', example, '--folder', folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const [said] = await Promise.race([once(emulator.stdout, 'data'), once(emulator, 'error')]);
    console.log(String(said).trim());
    const there = ['-e', 'dev', '--cloud-file', join(folder, 'cloud.json')];
    run('deploy', example, ...there, '--yes', '--run');
    run('status', example, ...there);
  } finally {
    emulator.kill('SIGINT');
    await once(emulator, 'exit');
    rmSync(folder, { recursive: true, force: true });
  }
}

function run(...args: readonly string[]) {
  console.log(`\n$ certflow ${args.join(' ')}`);
  const { status } = spawnSync(process.execPath, ['dist/bin.cjs', ...args], { stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) throw new Error(`certflow ${args[0]} ended with ${status}`);
}
