// `npm start`: builds certflow, makes every example in every format for every environment under out/, checks it, deploys one to a
// loopback Azure, and says on one screen what came of it and how to go on. `npm start -- --verbose` prints what each command says.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
process.chdir(root);
const isVerbose = process.argv.includes('--verbose');

console.log('Building certflow, making all examples, deploying one to a loopback Azure …');
await import('./build.ts');
const { formatNames, loadSpec } = (await import(join(root, 'dist', 'index.js'))) as typeof import('../src/index.ts');
const examples = readdirSync('examples').filter((name) => name.endsWith('.certflow.yaml'));
let files = 0;
for (const example of examples) {
  const path = join('examples', example);
  const environments = [...(await loadSpec(path)).environments.keys()].filter((name) => name !== '');
  const chosen = environments.length === 0 ? [] : ['--environment', ...environments];
  const { stdout } = run('generate', path, '--json', '--format', ...formatNames, ...chosen);
  files += (JSON.parse(stdout) as { files: unknown[] }).files.length;
}
const checked = run('check', 'out').stderr.trim();
const proven = await tryInLoopbackAzure(join('examples', 'sharepoint.certflow.yaml'));

console.log(`
${examples.length} examples in ${formatNames.length} formats: ${files} files in out/, each folder with a README.md
Checked as Azure would: ${checked}
Deployed to a loopback Azure on this machine, and run there:

${proven}

A spec of your own:

  npx certflow init my-flow                  asks a few questions
  npx certflow check export.zip              any workflow: an export, a template
  npx certflow --help                        every command`);

/** Deploys an example to a loopback Azure, sees it run, and gives what deploy says of it. */
async function tryInLoopbackAzure(example: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'certflow-azure-'));
  const emulator = spawn(process.execPath, ['dist/bin.cjs', 'emulator', '--for', example, '--folder', folder], {
    stdio: ['ignore', 'pipe', isVerbose ? 'inherit' : 'ignore'],
  });
  try {
    await Promise.race([once(emulator.stdout, 'data'), once(emulator, 'exit')]);
    if (emulator.exitCode !== null) throw new Error(`certflow emulator ended with ${emulator.exitCode}`);
    const there = ['-e', 'dev', '--cloud-file', join(folder, 'cloud.json')];
    run('deploy', example, ...there, '--yes');
    // The plan was carried out: what is said now is the result alone.
    const { stdout } = run('deploy', example, ...there, '--yes', '--run');
    return stdout
      .slice(stdout.lastIndexOf('  run '))
      .replace(/, started [^,]+/, '')
      .trimEnd();
  } finally {
    emulator.kill('SIGINT');
    await once(emulator, 'exit');
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs certflow; all that it says is shown where it fails, or is asked for. */
function run(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['dist/bin.cjs', ...args], { encoding: 'utf8' });
  if (isVerbose || status !== 0) console.log(`\n$ certflow ${args.join(' ')}\n${stdout}${stderr}`);
  if (status !== 0) throw new Error(`certflow ${args[0]} ended with ${status}`);
  return { stdout, stderr };
}
