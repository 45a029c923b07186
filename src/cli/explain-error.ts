import { RefusedError, UsageError } from '../diagnostics/errors.ts';
import { SpecError } from '../spec/spec-error.ts';
import type { ExitCode } from './command.ts';
import type { Output } from './output.ts';

/** Tells the user of an error in the words it deserves, and gives the exit code. A stack is shown for bugs only. */
export function explain(
  error: unknown,
  output: Output,
  { json, isDebugging }: { json: boolean; isDebugging: boolean },
): ExitCode {
  if (error instanceof SpecError) {
    if (json) output.json({ diagnostics: error.diagnostics });
    else output.diagnostics(error.diagnostics);
    return error.diagnostics.some(({ rule }) => rule === 'spec-syntax') ? 2 : 1;
  }
  const isExpected = error instanceof UsageError || error instanceof RefusedError;
  const message = error instanceof Error ? error.message : String(error);
  if (json) output.json({ error: message });
  else
    output.error(
      isExpected
        ? message
        : `${message}\nThis is a mistake in certflow. ${isDebugging ? '' : 'Run it again with --debug to see where it happened, and report it.'}`,
    );
  if (isDebugging && error instanceof Error && error.stack !== undefined) output.note(error.stack);
  return error instanceof UsageError ? 2 : 1;
}
