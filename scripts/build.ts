// Builds dist/: the library and the command line with what they use from node_modules put in, and the types of the library.
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Metafile } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
process.chdir(root);
await import('./compile.ts');
rmSync('dist', { recursive: true, force: true });

const { metafile } = await build({
  entryPoints: [
    { in: 'src/index.ts', out: 'index' },
    { in: 'src/cli/bin.ts', out: 'bin' },
  ],
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node22.12',
  chunkNames: 'chunks/[name]-[hash]',
  minifySyntax: true,
  minifyWhitespace: true,
  keepNames: false,
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
  // The module builds of these are smaller than the ones that Node would take, and need no require().
  alias: { yaml: './node_modules/yaml/browser/index.js', 'jsonc-parser': './node_modules/jsonc-parser/lib/esm/main.js' },
  // Packages that still call require() for Node's own modules.
  banner: { js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);" },
});

chmodSync('dist/bin.js', 0o755);
writeFileSync('dist/THIRD-PARTY-NOTICES.txt', thirdPartyNotices(metafile));
execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], { stdio: 'inherit' });

/** Licences of the packages whose code is in dist/. */
function thirdPartyNotices({ inputs }: Metafile): string {
  const packages = new Set(Object.keys(inputs).flatMap((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []));
  const notices = [...packages].sort().map((name) => {
    const folder = join('node_modules', name);
    const { version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const file = ['LICENSE', 'LICENSE.md', 'LICENSE.txt', 'License.txt', 'license']
      .map((file) => join(folder, file))
      .find(existsSync);
    const text = file === undefined ? `Licence: ${license}` : readFileSync(file, 'utf8').trim();
    return `${name} ${version}\n\n${text}\n`;
  });
  return `certflow contains code of these packages.\n\n${notices.join(`\n${'-'.repeat(80)}\n\n`)}`;
}
