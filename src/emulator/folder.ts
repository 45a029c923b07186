import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { UsageError } from '../diagnostics/errors.ts';

/** Where the emulator keeps its files; all of them for their owner only, as there are private keys in them. */
export class Folder {
  readonly path: string;
  readonly #isTemporary: boolean;

  /** Without a path, a folder that is gone when the emulator ends. Throws a UsageError where it cannot be made. */
  constructor(path: string | undefined) {
    this.#isTemporary = path === undefined;
    try {
      this.path = path === undefined ? mkdtempSync(join(tmpdir(), 'certflow-emulator-')) : resolve(path);
      mkdirSync(this.path, { recursive: true });
    } catch (error) {
      throw new UsageError(`the folder ${path} cannot be made: ${(error as Error).message}`, { cause: error });
    }
  }

  file(name: string): string {
    return join(this.path, name);
  }

  /** Undefined where there is no such file. */
  read(name: string): string | undefined {
    try {
      return readFileSync(this.file(name), 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw new UsageError(`${this.file(name)} cannot be read: ${(error as Error).message}`, { cause: error });
    }
  }

  /** Whole or not at all. */
  write(name: string, text: string) {
    const temporary = `${this.file(name)}.${process.pid}.tmp`;
    try {
      writeFileSync(temporary, text, { mode: 0o600 });
      renameSync(temporary, this.file(name));
    } catch (error) {
      rmSync(temporary, { force: true });
      throw new UsageError(`${this.file(name)} cannot be written: ${(error as Error).message}`, { cause: error });
    }
  }

  close() {
    if (this.#isTemporary) rmSync(this.path, { recursive: true, force: true });
  }
}
