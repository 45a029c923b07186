// Installs what package-lock.json names, unless it is there already. Plain JavaScript that any Node can run: it is what
// brings the supported Node (a devDependency) on a machine that has an older one.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** What npm itself recorded of its last install. */
const installed = readPackages('node_modules/.package-lock.json');
const wanted = readPackages('package-lock.json');

function readPackages(file) {
  const path = `${root}/${file}`;
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).packages : {};
}

/** Packages for other platforms are optional and rightly absent; all else must be there in the very version of the lockfile. */
function isSatisfied([path, entry]) {
  if (path === '') return true;
  const found = installed[path];
  if (!found) return entry.optional === true;
  return found.version === entry.version && found.integrity === entry.integrity && existsSync(`${root}/${path}`);
}

const entries = Object.entries(wanted);
if (entries.length === 0) throw new Error('package-lock.json is missing: get it back from git, then try again.');
if (!entries.every(isSatisfied)) {
  console.error('Installing the development dependencies (once, about half a minute) …');
  // npm is a script file on every platform; npm tells its own children where it is.
  const npm = process.env.npm_execpath;
  const arguments_ = ['ci', '--include=dev', '--no-fund', '--no-audit', '--loglevel=error'];
  const options = { cwd: root, stdio: ['ignore', 2, 2] };
  const result = npm
    ? spawnSync(process.execPath, [npm, ...arguments_], options)
    : spawnSync('npm', arguments_, { ...options, shell: true });
  process.exit(result.status ?? 1);
}
