import { join } from 'node:path';
import type { FileTree } from '../document/file-tree.ts';
import { findFiles, type PassedOver } from './find-files.ts';
import { isThere } from './kind.ts';
import { readFound } from './read.ts';

export interface DiskTreeOptions {
  /** Hears of what is not listed though it might have been meant, by its display name. */
  readonly onPassedOver?: PassedOver | undefined;
  /** A file in the folder that the user named, and not the folder: it may be a link to anywhere, and has been read. */
  readonly named?: { readonly path: string; readonly bytes: Uint8Array };
}

/** A folder on disk. Its files are listed at the first question for all of them, and read one at a time. */
export class DiskTree implements FileTree {
  readonly name: string;
  #paths: readonly string[] | undefined;
  readonly #folder: string;
  readonly #options: DiskTreeOptions;

  /** `name` is what the user calls the folder. */
  constructor(folder: string, name: string, options: DiskTreeOptions = {}) {
    this.#folder = folder;
    this.name = name;
    this.#options = options;
  }

  get paths(): readonly string[] {
    this.#paths ??= findFiles(this.#folder, (path, reason) => this.#options.onPassedOver?.(this.displayName(path), reason));
    return this.#paths;
  }

  /** Of files that git ignores, too: local.settings.json is one. */
  has(path: string): boolean {
    return isThere(join(this.#folder, path));
  }

  bytes(path: string): Uint8Array | undefined {
    const { named } = this.#options;
    return named?.path === path ? named.bytes : readFound(this.#folder, path);
  }

  displayName(path: string): string {
    return join(this.name, path);
  }
}
