import { UsageError } from '../diagnostics/errors.ts';
import { parseSpec } from '../spec/parse.ts';
import type { Spec } from '../spec/spec.ts';

/** Reads a spec from a file (UTF-8). Throws a UsageError if it cannot be read, and what parseSpec throws. */
export async function loadSpec(path: string): Promise<Spec> {
  const { readFile } = await import('node:fs/promises');
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw unreadable(path, error);
  });
  return parseSpec(text, { file: path });
}

/** Says why a spec could not be read, and what to do. */
export function unreadable(path: string, error: unknown): UsageError {
  const { code, message } = error as NodeJS.ErrnoException;
  const reason = code === 'ENOENT' ? 'there is no such file. "certflow init" writes a first one' : message;
  return new UsageError(`${path} cannot be read: ${reason}`, { cause: error });
}
