import { basename, dirname, join } from 'node:path';
import { UnreadableError } from '../../diagnostics/errors.ts';
import { readFound } from '../../disk/read.ts';
import { replaceFile } from '../../disk/write.ts';
import { isObject } from '../../json/json.ts';
import type { TestResult } from '../../test-runner/run-tests.ts';
import type { Snapshots } from '../../test-runner/snapshot.ts';

/** Where the runs of a test file are written down: `hr.certflow-test.snapshots.json` beside `hr.certflow-test.yaml`. */
function snapshotFile(testFile: string): string {
  return join(dirname(testFile), `${basename(testFile).replace(/\.(?:ya?ml|json)$/i, '')}.snapshots.json`);
}

/** What is written down of the cases of a test file; empty where nothing is. Throws an UnreadableError for what is no such file. */
export function readSnapshots(testFile: string): Snapshots {
  const file = snapshotFile(testFile);
  const text = readFound(dirname(file), basename(file));
  if (text === undefined) return {};
  try {
    const value: unknown = JSON.parse(String(text));
    if (isObject(value)) return value;
  } catch {
    // Told below, as what is JSON and no object is.
  }
  throw new UnreadableError(file, 'it holds no snapshots. Take it away, and "certflow test --update" writes it anew');
}

/** Writes down the runs of a result, where they are others than before: the file, or undefined. What could not run stays as it was. */
export function writeSnapshots(testFile: string, { cases }: TestResult, before: Snapshots): string | undefined {
  const now = Object.fromEntries(
    cases.flatMap(({ name, run, snapshot }) => {
      if (snapshot !== undefined) return [[name, snapshot]];
      return !run && Object.hasOwn(before, name) ? [[name, before[name]]] : [];
    }),
  );
  if (JSON.stringify(now) === JSON.stringify(before)) return undefined;
  const file = snapshotFile(testFile);
  replaceFile(file, `${JSON.stringify(now, undefined, 2)}\n`);
  return file;
}
