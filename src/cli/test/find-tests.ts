import { join } from 'node:path';
import { UsageError } from '../../diagnostics/errors.ts';
import { findFiles } from '../../disk/find-files.ts';
import { kindOf } from '../../disk/kind.ts';
import { mostByHand, readFound } from '../../disk/read.ts';
import type { Output } from '../output.ts';
import { readText } from '../workflow/read-file.ts';

const named = /\.certflow-test\.(?:ya?ml|json)$/i;

/** The test files that are named, and those in the folders that are, with their texts. Throws a UsageError where a folder has none, and what reading throws. */
export function findTests(paths: readonly string[], output: Output): { file: string; text: string }[] {
  return paths.flatMap((path) => {
    if (kindOf(path) !== 'folder') return [{ file: path, text: readText(path, output) }];
    const found = findFiles(path, (name, reason) => output.note([`passed over ${join(path, name)}: ${reason}`])).filter((file) =>
      named.test(file),
    );
    if (found.length > 0)
      return found.map((name) => {
        const [file, text] = [join(path, name), String(readFound(path, name, { most: mostByHand }) ?? '')];
        output.remember(file, text);
        return { file, text };
      });
    throw new UsageError(`${path} holds no test file: they are called <name>.certflow-test.yaml (docs/commands/test.md has one)`);
  });
}
