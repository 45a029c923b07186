import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build, type Metafile } from 'esbuild';

type Outputs = Metafile['outputs'];

/** The file that a chunk has become a part of, and what stands before the names that it exports there. */
interface Home {
  readonly file: string;
  readonly prefix: string;
}

/**
 * esbuild cuts a chunk for each set of modules that share some code. Most are tiny, and to find and load a file takes Node longer than
 * to run what is in it. So the chunks that the same ones of these modules need at once are joined into one file: these modules load
 * what they loaded before, in fewer files. The first of the modules is there whenever another one is loaded; what `before`, which
 * loads it, needs itself stays as it is.
 */
export async function joinChunks({ outputs }: Metafile, folder: string, before: string, modules: readonly string[]) {
  const started = chunksOf(before, outputs);
  const sets = modules.map((module) => chunksOf(module, outputs));
  const groups = new Map<string, string[]>();
  for (const chunk of Object.keys(outputs)) {
    if (outputs[chunk]?.entryPoint !== undefined || started.has(chunk)) continue;
    const users = sets[0]?.has(chunk) ? [0] : [...sets.keys()].filter((index) => sets[index]?.has(chunk));
    const file = `shared-${users.map((index) => basename(modules[index] ?? '', '.ts')).join('-')}.js`;
    if (users.length > 0) groups.set(file, [...(groups.get(file) ?? []), chunk]);
  }
  const homes = new Map<string, Home>();
  for (const [file, chunks] of groups) {
    for (const [index, chunk] of chunks.entries()) homes.set(basename(chunk), { file, prefix: `_${index}_` });
    await joined(chunks, join(folder, file), outputs);
  }
  for (const chunk of [...groups.values()].flat()) rmSync(chunk);
  const left = Object.keys(outputs).filter((chunk) => !homes.has(basename(chunk)));
  for (const path of [...left, ...[...groups.keys()].map((file) => join(folder, file))])
    writeFileSync(path, moved(readFileSync(path, 'utf8'), homes));
}

/** What a module loads at once: its own chunk, and those that this imports. */
function chunksOf(module: string, outputs: Outputs): ReadonlySet<string> {
  const found = new Set(Object.keys(outputs).filter((chunk) => outputs[chunk]?.entryPoint === module));
  if (found.size === 0) throw new Error(`${module} has no chunk of its own`);
  for (const chunk of found)
    for (const { path, kind, external } of outputs[chunk]?.imports ?? [])
      if (kind === 'import-statement' && !external) found.add(path);
  return found;
}

/** Names of several chunks can be the same: in the file each has that of its chunk before it. */
async function joined(chunks: readonly string[], file: string, outputs: Outputs) {
  const names = new Set(chunks.map((chunk) => `./${basename(chunk)}`));
  const contents = chunks
    .map((chunk, index) => {
      const exported = (outputs[chunk]?.exports ?? []).map((name) => `${name} as _${index}_${name}`);
      return `import "./${basename(chunk)}";export {${exported.join()}} from "./${basename(chunk)}";`;
    })
    .join('\n');
  await build({
    stdin: { contents, resolveDir: join(file, '..') },
    outfile: file,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node22.12',
    minifySyntax: true,
    minifyWhitespace: true,
    external: ['@azure/*'],
    logLevel: 'warning',
    // Emscripten's glue evaluates code that a grammar brings along; that of HCL brings none.
    logOverride: { 'direct-eval': 'silent' },
    plugins: [
      {
        name: 'other-chunks',
        setup: ({ onResolve }) =>
          onResolve({ filter: /^\.\// }, ({ path }) => (names.has(path) ? undefined : { path, external: true })),
      },
    ],
  });
}

/** Code that imports chunks, from where these are now. */
function moved(code: string, homes: ReadonlyMap<string, Home>): string {
  return code.replaceAll(/import(?:\{([^}]*)\}from)?"\.\/(chunk-\w+\.js)";/g, (whole, names: string | undefined, chunk) => {
    const home = homes.get(chunk);
    if (!home) return whole;
    if (names === undefined) return `import"./${home.file}";`;
    const imported = names.split(',').map((each) => {
      const [name, as = name] = each.split(' as ');
      return `${home.prefix}${name} as ${as}`;
    });
    return `import{${imported.join()}}from"./${home.file}";`;
  });
}
