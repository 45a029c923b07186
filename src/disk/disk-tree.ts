import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../diagnostics/errors.ts';
import type { FileTree } from '../document/file-tree.ts';
import { findFiles } from './find-files.ts';

/** No workflow and no package comes near it. */
const largest = 512e6;

/** A folder on disk. Its files are listed at the first question for all of them, and read one at a time. */
export class DiskTree implements FileTree {
  readonly name: string;
  #paths: readonly string[] | undefined;
  readonly #folder: string;

  /** `name` is what the user calls the folder. */
  constructor(folder: string, name: string) {
    this.#folder = folder;
    this.name = name;
  }

  get paths(): readonly string[] {
    this.#paths ??= findFiles(this.#folder);
    return this.#paths;
  }

  /** Of files that git ignores, too: local.settings.json is one. */
  has(path: string): boolean {
    return existsSync(join(this.#folder, path));
  }

  bytes(path: string): Uint8Array | undefined {
    return readIfThere(join(this.#folder, path));
  }

  displayName(path: string): string {
    return join(this.name, path);
  }
}

/** The bytes of a file, undefined where there is none. Throws a UsageError for one that cannot be read. */
export function readIfThere(path: string): Uint8Array | undefined {
  try {
    if (statSync(path).size > largest) throw new Error(`it has more than ${largest / 1e6} MB`);
    return readFileSync(path);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'EISDIR' || code === 'ENOTDIR') return undefined;
    throw new UsageError(`${path} cannot be read: ${message}`, { cause: error });
  }
}
