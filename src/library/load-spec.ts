import { dirname, join, resolve } from 'node:path';
import { workflowFileOf } from '../adopt/workflow-file.ts';
import { UnreadableError, UsageError } from '../diagnostics/errors.ts';
import { isWithin, mostByHand, readFound, readNamed } from '../disk/read.ts';
import { decodeText } from '../document/decode.ts';
import { SingleFile } from '../document/file-tree.ts';
import { openFile } from '../formats/reading/open-tree.ts';
import { parseSpec } from '../spec/parse.ts';
import type { Spec } from '../spec/spec.ts';
import type { ReadWorkflowFile } from '../spec/workflow-file.ts';

/** Reads a spec from a file (UTF-8 or UTF-16). Throws an UnreadableError if it cannot be read, and what parseSpec throws. */
export async function loadSpec(path: string): Promise<Spec> {
  return parseSpec(specText(path), { file: path, readWorkflowFile: workflowsFrom(path) });
}

/** Reads the files of workflows that a spec names, which lie where it lies, or below. Throws a UsageError for what holds no single workflow. */
export function workflowsFrom(spec: string): ReadWorkflowFile {
  return (file) => {
    const folder = dirname(spec);
    const bytes = isWithin(resolve(folder), resolve(folder, file)) ? readFound(folder, file) : undefined;
    if (!bytes) throw new UsageError(`there is no file ${file} where the spec lies, or below`);
    const name = join(folder, file);
    const document = openFile(new SingleFile(name, bytes), name, { isNamed: true });
    const [only, other] = document?.definitions ?? [];
    if (!only || other) throw new UsageError(`${name} holds ${other ? 'several workflows' : 'no workflow that can be read'}`);
    return workflowFileOf(only);
  };
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
