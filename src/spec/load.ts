import { readFile } from 'node:fs/promises';
import { UsageError } from '../diagnostics/errors.ts';
import { parseSpec } from './parse.ts';
import type { Spec } from './spec.ts';

export interface LoadOptions {
  /** Gets the text before it is parsed, so that the lines of findings can be shown. */
  readonly onText?: (text: string) => void;
}

/** Reads a spec from a file (UTF-8). Throws a UsageError if it cannot be read, and what parseSpec throws. */
export async function loadSpec(path: string, options: LoadOptions = {}): Promise<Spec> {
  const text = await read(path);
  options.onText?.(text);
  return parseSpec(text, { file: path });
}

async function read(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    const reason = isMissing ? 'there is no such file. "certflow init" writes a first one' : (error as Error).message;
    throw new UsageError(`${path} cannot be read: ${reason}`, { cause: error });
  }
}
