import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import type { TestContext } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * The folder with the corpus and the reference files: CERTFLOW_SHARED, or ../shared beside the project. Skips the test when it is
 * missing, but for CI, which sets CERTFLOW_SHARED_REQUIRED.
 */
export function sharedFolder(context: TestContext): string {
  const folder = resolve(root, process.env.CERTFLOW_SHARED ?? '../shared');
  if (existsSync(folder)) return folder;
  if (process.env.CERTFLOW_SHARED_REQUIRED) throw new Error(`there is no folder ${folder}, and CERTFLOW_SHARED_REQUIRED is set`);
  const reason = `there is no folder ${folder}; "Files that are not here" in CONTRIBUTING.md says what it holds, and what to do without it`;
  process.stderr.write(`skipped: ${context.task.name}: ${reason}\n`);
  context.skip(reason);
}

/** The JSON values of a file of the corpus with one a line, gzipped. Skips the test when the folder is missing. */
export function corpusLines<T>(context: TestContext, file: string): T[] {
  const lines = gunzipSync(readFileSync(`${sharedFolder(context)}/corpus/${file}`))
    .toString()
    .split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line));
}
