// Makes dist/certflow.vsix, the extension of VS Code: the client with the built command line beside it. Microsoft's own tool packs it. It is no
// dependency: it is needed here alone, and is larger than all others. After `npm run build`.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const folder = 'editors/vscode';
const packer = '@vscode/vsce@4.1.0';

const made = [`${folder}/out`, `${folder}/certflow`, `${folder}/LICENSE`];
for (const path of made) rmSync(path, { recursive: true, force: true });
await build({
  entryPoints: [`${folder}/src/extension.mts`],
  outfile: `${folder}/out/extension.js`,
  bundle: true,
  minifySyntax: true,
  platform: 'node',
  format: 'cjs',
  target: 'node22',
  external: ['vscode'],
  logLevel: 'warning',
});
mkdirSync(`${folder}/certflow`);
for (const part of ['bin.cjs', 'program', 'THIRD-PARTY-NOTICES.txt'])
  cpSync(`dist/${part}`, `${folder}/certflow/${part}`, { recursive: true });
cpSync('LICENSE', `${folder}/LICENSE`);
const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
const options = [
  '--no-dependencies',
  '--allow-missing-repository',
  '--skip-license',
  '--no-update-package-json',
  '--no-git-tag-version',
];
const words = [
  'exec',
  '--yes',
  `--package=${packer}`,
  '--',
  'vsce',
  'package',
  version,
  ...options,
  '--out',
  '../../dist/certflow.vsix',
];
const { status } = spawnSync('npm', words, { cwd: folder, stdio: 'inherit', shell: process.platform === 'win32' });
for (const path of made) rmSync(path, { recursive: true, force: true });
process.exitCode = status ?? 1;
