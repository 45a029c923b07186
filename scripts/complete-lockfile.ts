// Adds to package-lock.json the builds for other platforms that the registry at hand could not give: npm leaves out an optional
// package that it cannot find, and then refuses the lockfile as incomplete everywhere. Every entry gets the integrity of its package,
// from the lockfile that git has or from the registry. Run it after every `npm install`.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

interface Entry {
  /** Where it is not that of the folder. */
  name?: string;
  version?: string;
  integrity?: string;
  link?: boolean;
  dev?: boolean;
  optional?: boolean;
  optionalDependencies?: Record<string, string>;
  os?: string[];
  cpu?: string[];
  libc?: string[];
}

interface Lockfile {
  packages: Record<string, Entry>;
}

const root = fileURLToPath(new URL('..', import.meta.url));
const path = `${root}package-lock.json`;
const lock: Lockfile = JSON.parse(readFileSync(path, 'utf8'));
const added = Object.values(lock.packages).flatMap((entry) =>
  Object.entries(entry.optionalDependencies ?? {})
    .filter(([name, version]) => /^\d/.test(version) && !lock.packages[`node_modules/${name}`])
    .map(([name, version]) => {
      lock.packages[`node_modules/${name}`] = {
        version,
        ...platformOf(name),
        ...(entry.dev ? { dev: true } : {}),
        optional: true,
      };
      return name;
    }),
);
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));

const committed = output('git', ['show', 'HEAD:package-lock.json']);
const before: Lockfile = committed === '' ? { packages: {} } : JSON.parse(committed);
const unknown: string[] = [];
for (const [place, entry] of Object.entries(lock.packages)) {
  if (place === '' || entry.link || entry.integrity !== undefined) continue;
  const name = `${entry.name ?? place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length)}@${entry.version}`;
  const known = before.packages[place];
  const integrity = known?.version === entry.version ? known?.integrity : undefined;
  const found = integrity ?? output('npm', ['view', name, 'dist.integrity']);
  if (!found.startsWith('sha')) unknown.push(name);
  // Behind the version, as npm writes it.
  else
    lock.packages[place] = {
      ...(entry.name ? { name: entry.name } : {}),
      version: entry.version ?? '',
      integrity: found,
      ...entry,
    };
}
writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`${added.length} packages for other platforms added to package-lock.json`);
if (unknown.length > 0) {
  console.error(`The registry does not tell the integrity of these; run this again where it does: ${unknown.join(', ')}`);
  process.exitCode = 1;
}

/** What a program prints; nothing where it fails. */
function output(program: string, args: readonly string[]): string {
  const shell = process.platform === 'win32';
  const { status, stdout } = spawnSync(program, args, { cwd: root, encoding: 'utf8', shell, maxBuffer: 2 ** 26 });
  return status === 0 ? stdout.trim() : '';
}

/** Such packages have the platform in their name: `@biomejs/cli-linux-x64-musl`. */
function platformOf(name: string): Pick<Entry, 'os' | 'cpu' | 'libc'> {
  const words = name.split(/[/-]/);
  const os = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32'].find((word) =>
    words.includes(word),
  );
  const cpu = ['arm64', 'x64', 'ia32', 'ppc64', 'riscv64', 's390x', 'loong64', 'mips64el', 'arm', 'wasm32'].find((word) =>
    words.includes(word),
  );
  const isMusl = words.some((word) => word.startsWith('musl'));
  return { ...(os ? { os: [os] } : {}), ...(cpu ? { cpu: [cpu] } : {}), ...(isMusl ? { libc: ['musl'] } : {}) };
}
