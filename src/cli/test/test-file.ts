import { dirname, join } from 'node:path';
import { check } from '../../check/check.ts';
import type { OpenedDefinition } from '../../formats/reading/opened-document.ts';
import { runTests } from '../../test-runner/run-tests.ts';
import { parseTestFile } from '../../test-runner/test-file.ts';
import type { Output } from '../output.ts';
import { findWorkflow } from '../workflow/find-workflow.ts';
import type { TestedFile } from './reporters/reporter.ts';
import { readSnapshots, writeSnapshots } from './snapshots.ts';

export interface TestOptions {
  /** In the place of the one that the tests name. */
  readonly workflow?: string;
  readonly name?: string;
  readonly environment?: string;
  /** Writes down the runs of cases that have a snapshot, and compares none. */
  readonly update?: true;
}

/** What became of a test file, and the workflow that it was about. */
export interface Tested extends TestedFile {
  /** As it was named. */
  readonly path: string;
  readonly workflow: OpenedDefinition;
}

/** Runs the cases of a test file against the workflow that it names, or that is named for it. Throws what reading either throws. */
export async function testFile(
  { file, text }: { readonly file: string; readonly text: string },
  options: TestOptions,
  output: Output,
): Promise<Tested> {
  const read = parseTestFile(text, file);
  const { tests } = read;
  const name = options.name ?? (options.workflow === undefined ? tests.name : undefined);
  const environment = options.environment ?? tests.environment;
  const path = options.workflow ?? join(dirname(file), tests.workflow);
  const workflow = await findWorkflow(
    path,
    { ...(name !== undefined && { name }), ...(environment !== undefined && { environment }) },
    output,
  );
  const { definition, ...surroundings } = workflow;
  const refused = check(definition, surroundings).filter(({ severity }) => severity === 'error');
  output.remember(workflow.file, workflow.text);
  if (refused.length > 0) return { file, path, workflow, refused };
  const snapshots = readSnapshots(file);
  const result = runTests(read, workflow, options.update ? undefined : snapshots);
  const written = options.update && writeSnapshots(file, result, snapshots);
  if (written) output.note([['written  ', written]]);
  return { file, path, workflow, refused, result };
}
