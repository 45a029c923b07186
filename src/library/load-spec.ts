import { UnreadableError } from '../diagnostics/errors.ts';
import { mostByHand, readNamed } from '../disk/read.ts';
import { decodeText } from '../document/decode.ts';
import { parseSpec } from '../spec/parse.ts';
import type { Spec } from '../spec/spec.ts';

/** Reads a spec from a file (UTF-8 or UTF-16). Throws an UnreadableError if it cannot be read, and what parseSpec throws. */
export async function loadSpec(path: string): Promise<Spec> {
  return parseSpec(specText(path), { file: path });
}

/** The text of a spec that somebody named. Throws an UnreadableError that says what to do. */
export function specText(path: string): string {
  try {
    return decodeText(readNamed(path, { most: mostByHand }));
  } catch (error) {
    const isMissing = error instanceof UnreadableError && (error.cause as NodeJS.ErrnoException).code === 'ENOENT';
    if (!isMissing) throw error;
    throw new UnreadableError(path, 'there is no such file or folder. "certflow init" writes a first spec', {
      cause: error.cause,
    });
  }
}
