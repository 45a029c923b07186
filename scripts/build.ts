// Builds dist/: the library and the command line with what they use from node_modules put in, and the types of the library.
import { execFileSync } from 'node:child_process';
import { chmodSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import { joinChunks } from './join-chunks.ts';
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
const commandLine = await build({
  ...shared,
  entryPoints: { bin: 'src/cli/bin.ts' },
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
});
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

// The commands that run most often, in pipelines and beside an editor, and the format that is written unless another is asked for.
await joinChunks(commandLine.metafile, 'dist/chunks', 'src/cli/bin.ts', [
  'src/cli/main.ts',
  'src/cli/commands/check.ts',
  'src/cli/commands/generate.ts',
  'src/formats/definition/write.ts',
]);
const builtins = await builtinsOf(globSync('dist/**/*.js'));
for (const [path, count] of builtins) writeFileSync(path, withPlainBuiltins(path, readFileSync(path, 'utf8'), count));
chmodSync('dist/bin.js', 0o755);
const parts = [library, commandLine, browser].flatMap(({ metafile }) => Object.keys(metafile.inputs));
const parties = thirdParties(root, [...parts, ...putIn]);
writeFileSync('dist/THIRD-PARTY-NOTICES.txt', thirdPartyNotices(parties));
writeFileSync('dist/sbom.cdx.json', billOfMaterials(parties, JSON.parse(readFileSync('package.json', 'utf8'))));
execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'scripts/tsconfig.build.json'], { stdio: 'inherit' });
for (const entry of ['index', 'browser']) rollUpTypes(root, 'dist/declarations', entry);
rmSync('dist/declarations', { recursive: true });

/**
 * How many modules of Node's own each file imports, as esbuild reads them once more. It throws where a file imports a file or a name
 * that is not there, as one could that joinChunks has moved.
 */
async function builtinsOf(files: readonly string[]): Promise<Map<string, number>> {
  const { metafile } = await build({
    entryPoints: files.map((file) => `./${file}`),
    outdir: 'dist',
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    external: ['@azure/*'],
    metafile: true,
    logLevel: 'warning',
    // Emscripten's glue evaluates code that a grammar brings along; that of HCL brings none.
    logOverride: { 'direct-eval': 'silent' },
  });
  const isBuiltin = ({ path, kind }: { path: string; kind: string }) => path.startsWith('node:') && kind === 'import-statement';
  return new Map(Object.entries(metafile.inputs).map(([file, { imports }]) => [file, imports.filter(isBuiltin).length]));
}

/**
 * Node makes a list of all exports of a module of its own that is imported; asking it for the module itself does without.
 * Of the time that `certflow --help` takes beyond Node's own start, this is a third. Throws where it did not find the `count` imports
 * of a file, and nothing else.
 */
function withPlainBuiltins(file: string, code: string, count: number): string {
  let found = 0;
  const result = code.replaceAll(
    /import\s*(?:(?:\*\s*as\s+)?(\w[\w$]*)|\{([^}]*)\})\s*from\s*"(node:[\w/]+)";/g,
    (_, name, names, module) => {
      found++;
      const target = name ?? `{${names.replaceAll(' as ', ':')}}`;
      return `const ${target}=globalThis.process.getBuiltinModule("${module}");`;
    },
  );
  if (found !== count) throw new Error(`${file} imports ${count} modules of Node's own, of which ${found} were found`);
  return result;
}
