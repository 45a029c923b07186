import { join } from 'node:path';
import { UsageError } from '../../diagnostics/errors.ts';
import { findFiles } from '../../disk/find-files.ts';
import { kindOf } from '../../disk/kind.ts';
import type { Output } from '../output.ts';

const named = /\.certflow-test\.(?:ya?ml|json)$/i;

/** The test files that are named, and those in the folders that are. Throws a UsageError where a folder has none. */
export function findTests(paths: readonly string[], output: Output): string[] {
  return paths.flatMap((path) => {
    if (kindOf(path) !== 'folder') return [path];
    const found = findFiles(path, (name, reason) => output.note([`passed over ${join(path, name)}: ${reason}`])).filter((file) =>
      named.test(file),
    );
    if (found.length > 0) return found.map((file) => join(path, file));
    throw new UsageError(`${path} holds no test file: they are called <name>.certflow-test.yaml (docs/commands/test.md has one)`);
  });
}
