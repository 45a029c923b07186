import { createRequire, enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { Script } from 'node:vm';
import { readNamed } from '../disk/read.ts';
import { CodeCache } from './code-cache.ts';
import type { ExitCode } from './command.ts';
import { compileCacheFolder } from './compile-cache.ts';
import type { Terminal } from './output.ts';

/** A module, or a few, as a function (scripts/build-program.ts). */
type Part = (exports: object, require: (id: string) => unknown, module: { exports: object }) => void;
/** What a file of the program gives: its parts, and in the first file where parts are that have no file of their own. */
type ProgramFile = Readonly<Record<string, Part>> & { readonly homes?: Readonly<Record<string, string>> };

/**
 * `main` of main.ts as it is in the package: out of the files in `program/`, and with compiled code that an earlier run of the same command
 * has left. Node's own cache of compiled code keeps what is compiled before a module runs, which leaves out most functions.
 */
export async function main(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const folder = compileCacheFolder(terminal.env);
  const cache = new CodeCache(folder, args.find((arg) => /^[a-z]+$/.test(arg)) ?? 'certflow');
  const program = new Program(join(import.meta.dirname, 'program'), cache, folder);
  const loaded = program.load('./main.js') as typeof import('./main.ts');
  const exitCode = await loaded.main(args, terminal, cache.state);
  // A run that ends early says little of what the next one needs.
  if (exitCode !== 2) cache.keep();
  return exitCode;
}

class Program {
  readonly #folder: string;
  readonly #cache: CodeCache;
  readonly #cacheFolder: string | undefined;
  readonly #parts = new Map<string, Part>();
  readonly #homes: Readonly<Record<string, string>>;
  readonly #modules = new Map<string, { exports: object }>();
  #require: NodeJS.Require | undefined;

  constructor(folder: string, cache: CodeCache, cacheFolder: string | undefined) {
    this.#folder = folder;
    this.#cache = cache;
    this.#cacheFolder = cacheFolder;
    this.#homes = this.#open('main.cjs').homes ?? {};
  }

  readonly load = (id: string): unknown => {
    const before = this.#modules.get(id);
    if (before !== undefined) return before.exports;
    if (!id.startsWith('./')) return process.getBuiltinModule(id) ?? this.#fromPackage(id);
    const part = this.#parts.get(id) ?? this.#open(this.#homes[id] ?? id.replace(/^\.\/(.*)\.js$/, '$1.cjs'))[id];
    if (part === undefined) throw new Error(`${id} is missing in ${this.#folder}: install certflow again.`);
    const module = { exports: {} };
    this.#modules.set(id, module);
    part(module.exports, this.load, module);
    return module.exports;
  };

  #open(name: string): ProgramFile {
    const filename = join(this.#folder, name);
    // Its first characters are a hash of it. All are ASCII.
    const source = readNamed(filename).toString('latin1');
    const hash = source.slice(0, source.indexOf('\n'));
    const cachedData = this.#cache.codeOf(name, hash);
    const script = new Script(source, { filename, ...(cachedData && { cachedData }) });
    this.#cache.add(name, hash, script);
    const file: ProgramFile = script.runInThisContext();
    for (const id in file) this.#parts.set(id, file[id] as Part);
    return file;
  }

  /** Microsoft's SDKs: some hundred files, for which Node's cache does. */
  #fromPackage(id: string): unknown {
    if (this.#require === undefined) {
      this.#require = createRequire(join(this.#folder, 'main.cjs'));
      if (this.#cacheFolder !== undefined) enableCompileCache(this.#cacheFolder);
    }
    return this.#require(id);
  }
}
