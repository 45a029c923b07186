import { spawnSync } from 'node:child_process';
import { globSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inFolder, line, root } from './measure.ts';

/** What a new user waits for, and what lies on the disk then. The code that is compiled in the first run is not there yet. */
export function install() {
  console.log('\nA new user');
  inFolder((folder) => {
    npm(['pack', '--silent', '--ignore-scripts', '--pack-destination', folder], root);
    const tarball = join(folder, readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? '');
    line('the tarball', `${(statSync(tarball).size / 2 ** 20).toFixed(1)} MiB`);
    writeFileSync(join(folder, 'package.json'), '{ "private": true }');
    writeFileSync(join(folder, 'workflow.json'), JSON.stringify({ definition: { triggers: {}, actions: {} } }));
    const installing = npm(['install', '--omit=optional', '--no-fund', '--no-audit', '--loglevel=error', tarball], folder);
    line('npm install --omit=optional', `${(installing / 1000).toFixed(1)} s`);
    const files = globSync('node_modules/**', { cwd: folder, withFileTypes: true }).filter((entry) => entry.isFile());
    const size = files.reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
    console.log(`${' '.repeat(44)}${files.length} files, ${(size / 2 ** 20).toFixed(1)} MiB`);
    const env = { ...process.env, XDG_CACHE_HOME: join(folder, 'cache'), LOCALAPPDATA: join(folder, 'cache') };
    for (const name of ['first', 'second'])
      line(
        `npx certflow check, for the ${name} time`,
        `${run('npx', ['certflow', 'check', 'workflow.json'], folder, env).toFixed(0)} ms`,
      );
  });
}

function npm(args: readonly string[], cwd: string): number {
  return run('npm', args, cwd, process.env);
}

function run(command: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): number {
  const start = performance.now();
  const { status, stderr } = spawnSync(command, args, { cwd, env, encoding: 'utf8', shell: process.platform === 'win32' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}: ${stderr}`);
  return performance.now() - start;
}
