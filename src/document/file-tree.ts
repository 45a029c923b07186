import { UnreadableError } from '../diagnostics/errors.ts';
import { decodeText } from './decode.ts';
import { isLfsPointer, lfsProblem } from './lfs-pointer.ts';

/** Files under one name: a folder on disk, the entries of a zip, or one file. Nothing is read before it is asked for. */
export interface FileTree {
  /** What the user calls it. */
  readonly name: string;
  /** Paths of all files, relative, with `/`. */
  readonly paths: readonly string[];
  /** Whether these are the entries of a zip. */
  readonly isPacked?: boolean;
  has(path: string): boolean;
  /** Undefined where there is no such file, or it was not wanted when the tree was made. Throws an UnreadableError for one that cannot be read. */
  bytes(path: string): Uint8Array | undefined;
  /** The file as findings name it: `folder/x.json`, or `package.zip!Workflows/x.json` inside a zip. */
  displayName(path: string): string;
}

/** The text of a file of a tree, in whatever encoding it is kept. Throws an UnreadableError for a file that is not there itself. */
export function textOf(tree: FileTree, path: string): string | undefined {
  const bytes = tree.bytes(path);
  if (bytes && isLfsPointer(bytes)) throw new UnreadableError(tree.displayName(path), lfsProblem);
  return bytes && decodeText(bytes);
}

/** Files in memory. A path without contents is known to be there, and not more. */
export class MemoryTree implements FileTree {
  readonly name: string;
  readonly #files: ReadonlyMap<string, Uint8Array | undefined>;
  readonly #separator: string;

  /** `separator` stands between the name of the tree and a path: `!` for a zip. */
  constructor(name: string, files: ReadonlyMap<string, Uint8Array | undefined>, separator = '/') {
    this.name = name;
    this.#files = files;
    this.#separator = separator;
  }

  get isPacked(): boolean {
    return this.#separator === '!';
  }

  get paths(): readonly string[] {
    return [...this.#files.keys()];
  }

  has(path: string): boolean {
    return this.#files.has(path);
  }

  bytes(path: string): Uint8Array | undefined {
    return this.#files.get(path);
  }

  displayName(path: string): string {
    return this.name === '' ? path : this.name + this.#separator + path;
  }
}

/** One file, in memory, under the name that the user gave. */
export class SingleFile implements FileTree {
  readonly name: string;
  readonly paths: readonly string[];
  readonly #bytes: Uint8Array;

  constructor(name: string, bytes: Uint8Array) {
    this.name = name;
    this.paths = [name];
    this.#bytes = bytes;
  }

  has(path: string): boolean {
    return path === this.name;
  }

  bytes(path: string): Uint8Array | undefined {
    return this.has(path) ? this.#bytes : undefined;
  }

  displayName(): string {
    return this.name;
  }
}
