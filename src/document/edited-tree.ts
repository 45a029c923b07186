import type { FileTree } from './file-tree.ts';

/** The files of a tree, some of them with other contents, and with new ones. */
export class EditedTree implements FileTree {
  readonly #tree: FileTree;
  readonly #edited: ReadonlyMap<string, Uint8Array>;

  constructor(tree: FileTree, edited: ReadonlyMap<string, Uint8Array>) {
    this.#tree = tree;
    this.#edited = edited;
  }

  get name(): string {
    return this.#tree.name;
  }

  get paths(): readonly string[] {
    return [...new Set([...this.#tree.paths, ...this.#edited.keys()])];
  }

  get isPacked(): boolean {
    return this.#tree.isPacked === true;
  }

  has(path: string): boolean {
    return this.#edited.has(path) || this.#tree.has(path);
  }

  bytes(path: string): Uint8Array | undefined {
    return this.#edited.get(path) ?? this.#tree.bytes(path);
  }

  displayName(path: string): string {
    return this.#tree.displayName(path);
  }
}
