import { check } from '../check/check.ts';
import type { WorkflowProblem } from '../emulator/index.ts';

/** What Azure would refuse a workflow's definition for, in the words that it has for a template of a workflow. */
export function workflowProblem(definition: unknown): WorkflowProblem | undefined {
  const refused = check(definition, { host: 'consumption' }).find(({ severity }) => severity === 'error');
  if (refused === undefined) return undefined;
  return {
    code: 'InvalidTemplate',
    message: `The template validation failed: 'at ${refused.pointer || 'the definition'}: ${refused.message}'.`,
  };
}
