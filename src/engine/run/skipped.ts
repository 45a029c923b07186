import { isSecured } from '../../definition/get-secret.ts';
import { asText } from '../../diagnostics/words.ts';
import type { Frame } from './frame.ts';
import type { OperationRecord } from './record.ts';
import type { RunState } from './state.ts';

/** What is kept of an action that does not run. */
export function skipped(
  state: RunState,
  name: string,
  node: Readonly<Record<string, unknown>>,
  frame: Frame,
  error: OperationRecord['error'],
): OperationRecord {
  return {
    name,
    type: asText(node.type),
    status: 'Skipped',
    code: 'ActionSkipped',
    ...(error && { error }),
    start: state.now,
    end: state.now,
    isInputHidden: isSecured(node, 'inputs'),
    isOutputHidden: isSecured(node, 'outputs'),
    isSecretHandedOn: isSecured(node, 'outputs'),
    iterations: frame.iterations,
    sent: 0,
  };
}
