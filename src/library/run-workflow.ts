import { type CheckOptions, check } from '../check/check.ts';

import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { RunOptions } from '../engine/options.ts';
import type { Run } from '../engine/run/result.ts';
import { runDefinition } from '../engine/run.ts';

export interface RunWorkflowOptions extends RunOptions {
  /** Where the definition runs and what is known around it, so that what Azure refuses there is refused here. */
  readonly surroundings?: CheckOptions;
}

/** Azure would not take the workflow, so that there is nothing to run. `diagnostics` says why, with a JSON pointer each. */
export class WorkflowRefusedError extends Error {
  override readonly name = 'WorkflowRefusedError';
  readonly #diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[]) {
    const [first] = diagnostics;
    super(`Azure refuses the workflow: ${first?.message ?? ''}${first ? ` (${first.pointer})` : ''}`);
    this.#diagnostics = diagnostics;
  }

  get diagnostics(): readonly Diagnostic[] {
    return this.#diagnostics;
  }
}

/**
 * Runs a workflow definition without a cloud, from its trigger to its end. Nothing is sent: `mocks` answer what it asks of others, and
 * waiting moves a clock of the run's own. The same options give the same run.
 *
 * Each action comes with its status, inputs, outputs and error, and with what run history would show of it; what certflow does not run
 * fails by name, and stands in `notRun`. Throws a WorkflowRefusedError where `check` finds an error, and a UsageError where nothing can
 * start: no trigger or several and none named, a value of a parameter that is not declared, a time that is none.
 */
export function runWorkflow(definition: unknown, options: RunWorkflowOptions = {}): Run {
  const { surroundings, ...rest } = options;
  const errors = check(definition, surroundings).filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new WorkflowRefusedError(errors);
  return runDefinition(definition, rest);
}
