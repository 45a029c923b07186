// Packs certflow as it would be published, installs the tarball into an empty folder, and uses the command and the library there.
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { judgeTarball } from './judge-tarball.ts';
import { smokeCi } from './smoke-ci.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'certflow-smoke-'));
/** Beside the other: a package is looked for in the folders above too. */
const bare = mkdtempSync(join(tmpdir(), 'certflow-smoke-bare-'));
const isWindows = process.platform === 'win32';

try {
  npm(['pack', '--silent', '--pack-destination', folder], root);
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'));
  if (!tarball) throw new Error('npm pack made no tarball');
  const judged = await judgeTarball(join(folder, tarball));
  if (judged.length > 0) throw new Error(`${tarball}:\n${judged.join('\n')}`);
  writeFileSync(join(folder, 'package.json'), '{ "name": "empty", "private": true, "type": "module" }');
  npm(['install', '--no-fund', '--no-audit', '--loglevel=error', join(folder, tarball)], folder);

  const bin = join(folder, 'node_modules', '.bin', isWindows ? 'certflow.cmd' : 'certflow');
  expectRun(bin, ['--version'], 0, /^0\.\d+\.\d+\n$/);
  expectRun(bin, ['--help'], 0, /generate/);
  // What each command loads is cut into files and joined again by the build: a name that got lost shows here.
  const { stdout: help } = spawnSync(bin, ['--help'], { encoding: 'utf8', shell: isWindows });
  const names = [...help.matchAll(/^(?:\w+ +| {5,})([a-z]+(?:, [a-z]+)*) {2,}\w/gm)].flatMap(([, row = '']) => row.split(', '));
  if (names.length < 17) throw new Error(`only ${names.length} commands in the help`);
  for (const name of names) expectRun(bin, [name, '--help'], 0, /^Usage: certflow /);
  expectRun(
    bin,
    ['init', '--yes', '--recipe', 'sharepoint', '--client-id', '22222222-2222-2222-2222-222222222222'],
    0,
    /certflow\.yaml/,
  );
  expectRun(bin, ['generate'], 0, /definition {2}\d+ files: created/);
  expectRun(bin, ['generate', 'no-such-file.yaml'], 2, /^$/);
  for (const format of ['arm', 'bicep']) expectRun(bin, ['generate', '--format', format, '--verbose'], 0, /README\.md/);
  expectRun(bin, ['guide'], 0, /^# From nothing/);
  expectRun(bin, ['snippet', '--language', 'python'], 0, /import/);
  expectRun(bin, ['check', 'out', '--summary'], 0, /sharepoint-lists/);

  expectRun(bin, ['cert', 'create', '--subject', 'CN=smoke', '--no-password'], 0, /smoke\.pfx/);
  expectRun(bin, ['cert', 'inspect', 'smoke.pfx'], 0, /Logic Apps {3}accepts/);

  writeFileSync(
    join(folder, 'library.ts'),
    `import { readFileSync } from 'node:fs';
import { type Diagnostic, check, generate, loadSpec, readPfx } from 'certflow';
import { formatNames } from 'certflow/browser';
const files = generate(await loadSpec('certflow.yaml'), { format: 'definition' });
const definition = JSON.parse(String(files.find(({ path }) => path === 'definition.json')?.contents));
const diagnostics: Diagnostic[] = check(definition, { host: 'consumption' });
const { certificate } = await readPfx(readFileSync('smoke.pfx'));
console.log(files.length, diagnostics.length, certificate.subject, formatNames.includes('bicep'));
`,
  );
  expectRun(process.execPath, ['library.ts'], 0, /^3 0 CN=smoke true\n$/);
  compile(folder);

  if (isWindows) console.log('skipped: the steps of action.yml, pre-commit and Azure DevOps, which are written for bash');
  else smokeCi(root, folder, join(folder, tarball), join(folder, 'node_modules', '.bin'));

  withoutOptional(join(folder, tarball));

  const { optionalDependencies = {} } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  console.log(
    `${tarball}: ${Math.round(statSync(join(folder, tarball)).size / 1024)} KiB, ${Object.keys(optionalDependencies).length} optional dependencies; command, library and types work from the tarball`,
  );
} finally {
  for (const each of [folder, bare]) rmSync(each, { recursive: true, force: true });
}

/** What needs no Azure works without its packages; what does says which one is missing. */
function withoutOptional(tarball: string) {
  writeFileSync(join(bare, 'package.json'), '{ "name": "bare", "private": true, "type": "module" }');
  npm(['install', '--omit=optional', '--no-fund', '--no-audit', '--loglevel=error', tarball], bare);
  const packages = readdirSync(join(bare, 'node_modules')).filter((name) => !name.startsWith('.'));
  if (packages.join() !== 'certflow') throw new Error(`--omit=optional installs ${packages.join(', ')}`);
  const bin = join(bare, 'node_modules', '.bin', isWindows ? 'certflow.cmd' : 'certflow');
  const spec = join(folder, 'certflow.yaml');
  expectRun(bin, ['generate', spec, '--out', join(bare, 'out')], 0, /definition {2}\d+ files: created/);
  expectRun(bin, ['check', join(bare, 'out')], 0, /^/);
  expectRun(bin, ['cert', 'inspect', 'smoke.pfx'], 0, /Logic Apps {3}accepts/);
  expectRun(bin, ['deploy', '--help'], 0, /^Usage: certflow deploy/);
  expectRun(bin, ['complete', 'bash'], 0, /certflow/);
  for (const command of ['deploy', 'setup', 'status'])
    expectRun(bin, [command, spec, '--json'], 1, /@azure\/[a-z-]+ is not installed.*npm install --include=optional/);
  copyFileSync(join(folder, 'library.ts'), join(bare, 'library.ts'));
  compile(bare);
}

/** The sample of the library, with the types of the package in that folder. */
function compile(where: string) {
  const types = ['--typeRoots', join(root, 'node_modules/@types'), '--types', 'node'];
  const options = ['--noEmit', '--strict', '--skipLibCheck', 'false', '--module', 'nodenext', '--target', 'es2023', ...types];
  execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), ...options, 'library.ts'], {
    cwd: where,
    stdio: 'inherit',
  });
}

function npm(args: readonly string[], cwd: string) {
  execFileSync('npm', args, { cwd, stdio: ['ignore', 'inherit', 'inherit'], shell: isWindows });
}

function expectRun(command: string, args: readonly string[], status: number, stdout: RegExp) {
  const result = spawnSync(command, args, { cwd: folder, encoding: 'utf8', shell: isWindows });
  if (result.status === status && stdout.test(result.stdout)) return;
  throw new Error(
    `${command} ${args.join(' ')}\nexit code ${result.status}, expected ${status}\n${result.stdout}\n${result.stderr}`,
  );
}
