import { join } from 'node:path';
import type { Script } from 'node:vm';
import { readFound } from '../disk/read.ts';
import { replaceFile } from '../disk/write.ts';

/** The first line of a cache file: which Node can use it, how many runs have added to it, and whose code follows, in this order. */
interface Header {
  readonly engine: string;
  readonly runs: number;
  readonly scripts: readonly { readonly name: string; readonly hash: string; readonly bytes: number }[];
}

interface Code {
  readonly hash: string;
  readonly bytes: Buffer;
}

/** Another run of a command may call other functions: so many runs add what they have compiled. */
const runsThatAdd = 3;
const engine = `${process.version} ${process.arch}`;

/**
 * Compiled code of one command, as V8 has it after a run, with the functions that were called. It is used for the same source and the same
 * Node only; what is anything else, or is damaged, is made anew. V8 trusts what it is given, so a cache file holds everything twice:
 * to compare the halves is sooner done than to load a checksum.
 */
export class CodeCache {
  readonly #folder: string | undefined;
  readonly #file: string;
  readonly #runs: number;
  readonly #found: ReadonlyMap<string, Code>;
  readonly #scripts: { readonly name: string; readonly hash: string; readonly script: Script; readonly isKept: boolean }[] = [];

  /** `folder`: the user's own (compile-cache.ts); undefined where nothing is kept. */
  constructor(folder: string | undefined, command: string) {
    this.#folder = folder;
    this.#file = `${command}.code`;
    const { runs, codes } = (folder !== undefined && read(folder, this.#file)) || { runs: 0, codes: new Map() };
    this.#runs = runs;
    this.#found = codes;
  }

  /** Compiled code of a source, whose hash is known. */
  codeOf(name: string, hash: string): Buffer | undefined {
    const code = this.#found.get(name);
    return code?.hash === hash ? code.bytes : undefined;
  }

  /** To be called as soon as a script is made, which tells whether V8 has taken its code. */
  add(name: string, hash: string, script: Script) {
    const isKept = this.#found.get(name)?.hash === hash && script.cachedDataRejected === false;
    this.#scripts.push({ name, hash, script, isKept });
  }

  /** What --debug says. */
  get state(): string {
    if (this.#folder === undefined)
      return 'compiled code is not kept: no folder for it is yours alone, or NODE_DISABLE_COMPILE_CACHE is set';
    const path = join(this.#folder, this.#file);
    return this.#scripts.some(({ isKept }) => isKept)
      ? `compiled code of an earlier run is used: ${path}`
      : `compiled code is made for the next run: ${path}`;
  }

  /** Leaves the code for the next run of the same command. A folder that takes no file is no failure: the next run is only slower. */
  keep() {
    const isNew = !this.#scripts.every(({ isKept }) => isKept);
    if (this.#folder === undefined || (!isNew && this.#runs >= runsThatAdd)) return;
    const codes = new Map<string, Code>(
      this.#scripts.map(({ name, hash, script }) => [name, { hash, bytes: script.createCachedData() }]),
    );
    // What another way of the command has loaded stays, as long as the program is the same: its first file is part of every run.
    const isSame = this.#scripts[0]?.isKept === true;
    if (isSame) for (const [name, code] of this.#found) if (!codes.has(name)) codes.set(name, code);
    const header: Header = {
      engine,
      runs: isSame ? this.#runs + 1 : 1,
      scripts: [...codes].map(([name, { hash, bytes }]) => ({ name, hash, bytes: bytes.length })),
    };
    const half = [Buffer.from(`${JSON.stringify(header)}\n`), ...[...codes.values()].map(({ bytes }) => bytes)];
    try {
      replaceFile(join(this.#folder, this.#file), Buffer.concat([...half, ...half]), { mode: 0o600 });
    } catch {}
  }
}

/** Undefined for what is not there, is damaged or another Node's. */
function read(folder: string, file: string): { runs: number; codes: Map<string, Code> } | undefined {
  try {
    const whole = readFound(folder, file);
    if (whole === undefined) return undefined;
    const half = whole.subarray(0, whole.length / 2);
    if (!half.equals(whole.subarray(half.length))) return undefined;
    const codes = new Map<string, Code>();
    let at = half.indexOf('\n') + 1;
    const header: Header = JSON.parse(half.toString('latin1', 0, at));
    if (header.engine !== engine) return undefined;
    for (const { name, hash, bytes } of header.scripts) {
      codes.set(name, { hash, bytes: half.subarray(at, at + bytes) });
      at += bytes;
    }
    return at === half.length ? { runs: header.runs, codes } : undefined;
  } catch {
    return undefined;
  }
}
