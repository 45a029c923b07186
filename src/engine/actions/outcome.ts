import { Refusal } from '../refusal.ts';
import type { Status } from '../run/record.ts';
import type { Value } from '../values/value.ts';

/** What an action has done. */
export interface Outcome {
  /** Default `Succeeded`. */
  readonly status?: Status;
  readonly code?: string;
  readonly inputs?: Value;
  readonly outputs?: Value;
  /** The group of actions that a condition or a switch took, as a pointer from the action; whether there is one or not. */
  readonly branch?: string;
  /** Whether it read outputs that run history hides. */
  readonly isSecret: boolean;
}

/** The action fails, or times out, and has inputs or outputs all the same. */
export class ActionFailed extends Refusal {
  override readonly name = 'ActionFailed';
  readonly status: 'Failed' | 'TimedOut';
  readonly outputs: Value | undefined;
  /** Its inputs as far as they were worked out. */
  inputs: Value | undefined;
  isSecret = false;

  constructor(code: string, message: string, outputs?: Value, status: 'Failed' | 'TimedOut' = 'Failed') {
    super(message, code);
    this.outputs = outputs;
    this.status = status;
  }
}
