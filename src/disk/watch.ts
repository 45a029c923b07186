import { type FSWatcher, watch } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../diagnostics/errors.ts';

/** Tells of files that change in folders, not in those below them; a folder can be added at any time. */
export class FolderWatch {
  readonly #watchers = new Map<string, FSWatcher>();
  readonly #onChange: (path: string) => void;

  /** `onChange` hears of each change, several times of one where the system says so. */
  constructor(onChange: (path: string) => void) {
    this.#onChange = onChange;
  }

  /** Throws a UsageError for a folder that the system does not watch. */
  add(folder: string) {
    if (this.#watchers.has(folder)) return;
    try {
      const watcher = watch(folder, (_, name) => this.#onChange(join(folder, name ?? '')));
      // A folder that goes is watched no longer.
      watcher.on('error', () => this.#end(folder));
      this.#watchers.set(folder, watcher);
    } catch (error) {
      throw new UsageError(`${folder} cannot be watched: ${(error as Error).message}`, { cause: error });
    }
  }

  get size(): number {
    return this.#watchers.size;
  }

  close() {
    for (const folder of [...this.#watchers.keys()]) this.#end(folder);
  }

  #end(folder: string) {
    this.#watchers.get(folder)?.close();
    this.#watchers.delete(folder);
  }
}
