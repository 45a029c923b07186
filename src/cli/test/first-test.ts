import { basename, dirname, join } from 'node:path';
import { check } from '../../check/check.ts';
import { RefusedError } from '../../diagnostics/errors.ts';
import { isThere } from '../../disk/kind.ts';
import { replaceFile } from '../../disk/write.ts';
import { firstTest } from '../../test-runner/first-test.ts';
import type { ExitCode } from '../command.ts';
import type { Output } from '../output.ts';
import { findWorkflow } from '../workflow/find-workflow.ts';

/**
 * Writes a first test beside the workflow that it is of, and says what to do with it. 1 where Azure refuses the workflow. Throws a
 * RefusedError where the file is there already, and what reading throws.
 */
export async function writeFirstTest(
  path: string,
  { name, environment, json }: { readonly name?: string; readonly environment?: string; readonly json?: true },
  output: Output,
): Promise<ExitCode> {
  const wanted = { ...(name !== undefined && { name }), ...(environment !== undefined && { environment }) };
  const workflow = await findWorkflow(path, wanted, output);
  const { definition, ...surroundings } = workflow;
  const refused = check(definition, surroundings).filter(({ severity }) => severity === 'error');
  if (refused.length > 0) {
    output.remember(workflow.file, workflow.text);
    output.diagnostics(refused);
    output.note('Azure refuses the workflow, so there is nothing to test: "certflow check" tells more');
    return 1;
  }
  const stem = basename(path).replace(/(?:\.certflow)?\.(?:ya?ml|json|zip|bicep|tf)$/i, '');
  const suffix = name === undefined ? '' : `-${name.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-')}`;
  const file = join(dirname(path), `${stem === '.' || stem === '..' ? 'workflow' : stem}${suffix}.certflow-test.yaml`);
  if (isThere(file)) throw new RefusedError(`${file} is there already: move it, or write further cases into it`);
  const { text, run } = firstTest(workflow, { workflow: basename(path), ...wanted });
  replaceFile(file, text);
  if (json) output.json({ file, status: run.status });
  else output.result([['written  ', file]]);
  if (run.status !== 'Succeeded')
    output.note([
      `with what was made up the run is ${run.status}${run.error ? ` (${run.error.code})` : ''}, and the case expects that: put in what is real`,
    ]);
  output.note(`next: certflow test ${file}`);
  return 0;
}
