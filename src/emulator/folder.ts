import { join, resolve } from 'node:path';
import { UsageError } from '../diagnostics/errors.ts';
import { makeFolder, removeFolder, temporaryFolder } from '../disk/own-folder.ts';
import { readFound } from '../disk/read.ts';
import { replaceFile } from '../disk/write.ts';

/** Where the emulator keeps its files; all of them for their owner only, as there are private keys in them. */
export class Folder {
  readonly path: string;
  readonly #isTemporary: boolean;

  /** Without a path, a folder that is gone when the emulator ends. Throws a UsageError where it cannot be made. */
  constructor(path: string | undefined) {
    this.#isTemporary = path === undefined;
    try {
      this.path = path === undefined ? temporaryFolder('certflow-emulator') : resolve(path);
      makeFolder(this.path);
    } catch (error) {
      throw new UsageError(`the folder ${path} cannot be made: ${(error as Error).message}`, { cause: error });
    }
  }

  file(name: string): string {
    return join(this.path, name);
  }

  /** Undefined where there is no such file. Throws an UnreadableError where it cannot be read. */
  read(name: string): string | undefined {
    return readFound(this.path, name)?.toString('utf8');
  }

  /** Whole or not at all. Throws what `replaceFile` throws. */
  write(name: string, text: string) {
    replaceFile(this.file(name), text, { mode: 0o600 });
  }

  close() {
    if (this.#isTemporary) removeFolder(this.path);
  }
}
