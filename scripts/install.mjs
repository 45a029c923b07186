// Installs what package-lock.json names, unless it is there already. Plain JavaScript that any Node can run: it is what
// brings the supported Node (a devDependency) on a machine that has an older one.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** What npm itself recorded of its last install. */
const installed = readPackages('node_modules/.package-lock.json');
const wanted = readPackages('package-lock.json');

function readPackages(file) {
  const path = `${root}/${file}`;
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).packages : {};
}

/** What is optional for this project itself. */
const ours = wanted['']?.optionalDependencies ?? {};

/** Packages for other platforms are optional and rightly absent; all else must be there in the very version of the lockfile. */
function isSatisfied([path, entry]) {
  if (path === '') return true;
  const found = installed[path];
  if (!found) return entry.optional === true && !(path.slice('node_modules/'.length) in ours);
  return found.version === entry.version && found.integrity === entry.integrity && existsSync(`${root}/${path}`);
}

const entries = Object.entries(wanted);
if (entries.length === 0) throw new Error('package-lock.json is missing: get it back from git, then try again.');
if (!entries.every(isSatisfied)) {
  console.error('Installing the development dependencies (once, about half a minute) …');
  const options = ['--include=dev', '--include=optional', '--no-fund', '--no-audit', '--loglevel=error'];
  let status = npm(process.execPath, process.env.PATH, ['ci', ...options]);
  // npm leaves out, without a word, what is optional and wants a newer Node than the one that runs it: with ours it is put in, which
  // trusts what the machine trusts, as the Node of a distribution does.
  const bin = `${root}/node_modules/.bin`;
  if (status === 0 && process.version !== versionOf(`${bin}/node`))
    status = npm(`${bin}/node`, `${bin}${delimiter}${process.env.PATH}`, ['install', '--no-save', ...options]);
  process.exit(status);
}

/** npm is a script file on every platform; npm tells its own children where it is. */
function npm(node, PATH, args) {
  const NODE_OPTIONS = node === process.execPath ? process.env.NODE_OPTIONS : `${process.env.NODE_OPTIONS ?? ''} --use-system-ca`;
  const env = { ...process.env, PATH, ...(NODE_OPTIONS !== undefined && { NODE_OPTIONS }) };
  const options = { cwd: root, stdio: ['ignore', 2, 2], env };
  const path = process.env.npm_execpath;
  const result = path ? spawnSync(node, [path, ...args], options) : spawnSync('npm', args, { ...options, shell: true });
  return result.status ?? 1;
}

function versionOf(node) {
  return spawnSync(node, ['--version'], { encoding: 'utf8', shell: process.platform === 'win32' }).stdout?.trim();
}
