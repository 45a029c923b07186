import { once as event } from 'node:events';
import { basename, dirname, join, resolve } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { UsageError } from '../../diagnostics/errors.ts';
import { findFiles } from '../../disk/find-files.ts';
import { kindOf } from '../../disk/kind.ts';
import { FolderWatch } from '../../disk/watch.ts';
import type { ExitCode } from '../command.ts';
import { explain } from '../explain-error.ts';
import type { Output } from '../output.ts';
import type { Tested } from './test-file.ts';

/** Milliseconds: a program that saves writes several times. */
const pause = 100;

/**
 * Tests, and tests again whenever a file changes beside the test files and the workflows, until Ctrl-C. What cannot be read meanwhile is
 * told, and waited for. `own` are files that the tests themselves write. Throws what the first run throws where the call is wrong.
 */
export async function watching(
  test: () => Promise<{ readonly files: readonly Tested[] }>,
  { paths, own }: { readonly paths: readonly string[]; readonly own: readonly string[] },
  output: Output,
): Promise<ExitCode> {
  const ended = Promise.race([event(process, 'SIGINT'), event(process, 'SIGTERM')]).then(() => true);
  let tell = () => {};
  const written = new Set(own.map((path) => resolve(path)));
  const watch = new FolderWatch((path) => {
    if (!/^\.certflow-|\.snapshots\.json$/.test(basename(path)) && !written.has(resolve(path))) tell();
  });
  try {
    for (let isFirst = true; ; isFirst = false) {
      const changed = new Promise<boolean>((resolve) => {
        tell = () => resolve(false);
      });
      for (const folder of foldersOf(paths)) watch.add(folder);
      try {
        const { files } = await test();
        for (const folder of files.flatMap(({ file, path, workflow }) => around(file, path, workflow.file))) watch.add(folder);
      } catch (error) {
        if (isFirst && error instanceof UsageError) throw error;
        explain(error, output, { json: false, isDebugging: false });
      }
      output.note(`watching ${watch.size === 1 ? 'a folder' : `${watch.size} folders`}; Ctrl-C ends it`);
      if (await Promise.race([changed, ended])) return 0;
      await after(pause);
    }
  } finally {
    watch.close();
  }
}

/** The folders that are named, with those below them, and those of the files that are. */
function foldersOf(paths: readonly string[]): string[] {
  return (paths.length === 0 ? ['.'] : paths).flatMap((path) =>
    kindOf(path) === 'folder' ? [path, ...below(path)] : [dirname(path)],
  );
}

function below(folder: string): string[] {
  const found = findFiles(folder, () => undefined).map((file) => dirname(join(folder, file)));
  return [...new Set(found)];
}

/** Of a test file and its workflow: where they lie, and the folder above, in which an app of Standard has its parameters. */
function around(file: string, path: string, workflowFile: string): string[] {
  const isFolder = kindOf(path) === 'folder';
  const inZip = workflowFile.includes('!');
  const own =
    isFolder || inZip || kindOf(workflowFile) === undefined
      ? []
      : [dirname(workflowFile), dirname(dirname(resolve(workflowFile)))];
  return [dirname(file), ...(isFolder ? [path, ...below(path)] : [dirname(path)]), ...own];
}
