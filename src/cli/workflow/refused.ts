import type { OpenedDefinition } from '../../formats/reading/opened-document.ts';
import { WorkflowRefusedError } from '../../library/run-workflow.ts';
import type { Output } from '../output.ts';

/** Runs a workflow, or tells why Azure would not take it, with the places in its file; undefined then. */
export function refusedBy<Made>(output: Output, { file, text }: OpenedDefinition, work: () => Made): Made | undefined {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof WorkflowRefusedError)) throw error;
    output.remember(file, text);
    output.diagnostics(error.diagnostics);
    output.note('Azure refuses the workflow, so there is nothing to run: "certflow check" tells more');
    return undefined;
  }
}
