// Builds dist/: the library and the command line with what they use from node_modules put in, and the types of the library.
import { execFileSync } from 'node:child_process';
import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import { buildProgram } from './build-program.ts';
import { rollUpTypes } from './roll-up-types.ts';
import { billOfMaterials, thirdParties, thirdPartyNotices } from './third-party.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
process.chdir(root);
const { putIn } = await import('./compile.ts');
rmSync('dist', { recursive: true, force: true });

/** Both share nothing on disk: the command line is cut into a chunk per command, the library into what it needs at once and certificates. */
const shared: BuildOptions & { metafile: true } = {
  outdir: 'dist',
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node22.12',
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  // Node prints the line that an error comes from.
  lineLimit: 120,
  metafile: true,
  logLevel: 'warning',
  // Emscripten's glue evaluates code that a grammar brings along; that of HCL brings none.
  logOverride: { 'direct-eval': 'silent' },
  // Microsoft's SDKs stay packages of their own: they are large, are mended often, and only commands that call Azure load them.
  external: ['@azure/*'],
  // Where a package has a build of modules besides that for require(), it is smaller.
  mainFields: ['module', 'main'],
  // The module builds of these are smaller than the ones that Node would take, and need no require().
  alias: {
    yaml: './node_modules/yaml/browser/index.js',
    'jsonc-parser': './node_modules/jsonc-parser/lib/esm/main.js',
    // Its types are looked for elsewhere (tsconfig.json), its code is not.
    xpath: './node_modules/xpath/xpath.js',
  },
};
const library = await build({
  ...shared,
  entryPoints: { index: 'src/index.ts' },
  splitting: true,
  chunkNames: 'library/[name]-[hash]',
});
/** In the package `main` comes out of the program, with compiled code that an earlier run has left. */
const compiledMain: Plugin = {
  name: 'compiled-main',
  setup: ({ onResolve }) =>
    onResolve({ filter: /^\.\/main\.ts$/ }, ({ resolveDir }) => ({ path: join(resolveDir, 'compiled-main.ts') })),
};
// Not a module: what loads modules takes Node four milliseconds, most of them for lists of what its own modules export.
const bin = await build({
  ...shared,
  entryPoints: { bin: 'src/cli/bin.ts' },
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
  define: { 'import.meta.dirname': '__dirname' },
  plugins: [compiledMain],
});
// The commands that run most often, in pipelines and beside an editor, and the format that is written unless another is asked for.
const program = await buildProgram(shared, 'dist/program', [
  'src/cli/main.ts',
  'src/cli/commands/check.ts',
  'src/cli/commands/generate.ts',
  'src/formats/definition/write.ts',
]);
/** In browsers the certificate room has another platform below it. */
const platformOfBrowsers: Plugin = {
  name: 'platform-of-browsers',
  setup: ({ onResolve }) =>
    onResolve({ filter: /\/platform\/node\.ts$/ }, ({ resolveDir, path }) => ({
      path: join(resolveDir, dirname(path), 'web.ts'),
    })),
};
// Nothing of Node's and no package of Microsoft's is there: what imports one cannot be built.
const browser = await build({
  ...shared,
  entryPoints: { browser: 'src/browser.ts' },
  splitting: true,
  chunkNames: 'browser/[name]-[hash]',
  platform: 'browser',
  target: 'es2023',
  external: [],
  mainFields: ['browser', 'module', 'main'],
  plugins: [platformOfBrowsers],
});

chmodSync('dist/bin.cjs', 0o755);
const parts = [library.metafile, bin.metafile, program, browser.metafile].flatMap(({ inputs }) => Object.keys(inputs));
const parties = thirdParties(root, [...parts, ...putIn]);
writeFileSync('dist/THIRD-PARTY-NOTICES.txt', thirdPartyNotices(parties));
writeFileSync('dist/sbom.cdx.json', billOfMaterials(parties, JSON.parse(readFileSync('package.json', 'utf8'))));
execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'scripts/tsconfig.build.json'], { stdio: 'inherit' });
for (const entry of ['index', 'browser']) rollUpTypes(root, 'dist/declarations', entry);
rmSync('dist/declarations', { recursive: true });
