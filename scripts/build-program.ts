import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type BuildOptions, build, type Metafile, type Plugin, transform } from 'esbuild';

type Outputs = Metafile['outputs'];

/** Loaded when it is used, and not with whoever imports it: each of these takes Node one to three milliseconds. */
const lazyBuiltins: Plugin = {
  name: 'lazy-builtins',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^node:(child_process|readline|tty)$/ }, ({ path }) => ({ path, namespace: 'lazy' }));
    onLoad({ filter: /./, namespace: 'lazy' }, ({ path }) => ({
      contents: `for (const name of ${JSON.stringify(Object.keys(process.getBuiltinModule(path) ?? {}))})
        Object.defineProperty(exports, name, { enumerable: true, get: () => process.getBuiltinModule('${path}')[name] });`,
    }));
  },
};

/**
 * Makes the program that src/cli/compiled-main.ts loads: the command line, cut into a part for each set of modules that share code.
 * Each part is a function, and each file an object of parts. What the first of the modules needs at once lies in one file, and
 * what the others need besides in a second, as it takes Node longer to find a file than to run a part; every other part is a file of its own.
 */
export async function buildProgram(shared: BuildOptions, folder: string, modules: readonly string[]): Promise<Metafile> {
  const { metafile, outputFiles } = await build({
    ...shared,
    entryPoints: modules.slice(0, 1),
    outdir: folder,
    splitting: true,
    chunkNames: '[name]-[hash]',
    metafile: true,
    write: false,
    plugins: [lazyBuiltins],
  });
  const parts = new Map<string, string>();
  for (const { path, text } of outputFiles) parts.set(basename(path), await asFunction(text));
  const [first = new Set<string>(), ...others] = modules.map((module) => neededBy(module, metafile.outputs));
  const frequent = new Set(others.flatMap((needed) => [...needed]).filter((part) => !first.has(part)));
  const rest = [...parts.keys()].filter((part) => !first.has(part) && !frequent.has(part));
  const homes = Object.fromEntries(
    [...first].map((part) => [`./${part}`, 'main.cjs']).concat([...frequent].map((part) => [`./${part}`, 'frequent.cjs'])),
  );
  mkdirSync(folder, { recursive: true });
  const write = (file: string, names: Iterable<string>, more = '') => {
    const code = `({${[...names].map((name) => `"./${name}":${parts.get(name)}`).join(',\n')}${more}})`;
    writeFileSync(join(folder, file), `//${createHash('sha256').update(code).digest('base64url')}\n${code}\n`);
  };
  write('main.cjs', first, `,homes:${JSON.stringify(homes)}`);
  write('frequent.cjs', frequent);
  for (const part of rest) write(part.replace(/js$/, 'cjs'), [part]);
  return metafile;
}

/** The parts that a module needs at once: its own, and those that this imports. */
function neededBy(module: string, outputs: Outputs): ReadonlySet<string> {
  const found = new Set(Object.keys(outputs).filter((part) => outputs[part]?.entryPoint === module));
  if (found.size === 0) throw new Error(`${module} has no part of its own`);
  for (const part of found)
    for (const { path, kind, external } of outputs[part]?.imports ?? [])
      if (kind === 'import-statement' && !external) found.add(path);
  return new Set([...found].map((part) => basename(part)));
}

async function asFunction(code: string): Promise<string> {
  const { code: body } = await transform(code, {
    format: 'cjs',
    platform: 'node',
    target: 'node22.12',
    minifySyntax: true,
    minifyWhitespace: true,
    supported: { 'dynamic-import': false },
    logOverride: { 'direct-eval': 'silent' },
  });
  // What esbuild leaves stands in templates and regular expressions; a file of ASCII is read without decoding.
  const ascii = body.replaceAll(/[^\0-\x7f]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return `function(exports,require,module){${ascii}}`;
}
