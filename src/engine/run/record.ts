import type { Value } from '../values/value.ts';

export type Status = 'Succeeded' | 'Failed' | 'Skipped' | 'TimedOut' | 'Cancelled';

export interface RunError {
  readonly code: string;
  readonly message: string;
}

/** A round of a loop that an action ran in. */
export interface Iteration {
  readonly loop: string;
  /** From 0. */
  readonly index: number;
}

/** What has become of a trigger or an action, as the engine keeps it. Times are milliseconds since 1970. */
export interface OperationRecord {
  readonly name: string;
  readonly type: string;
  readonly status: Status;
  readonly code: string;
  readonly error?: RunError;
  readonly start: number;
  readonly end: number;
  readonly inputs?: Value;
  readonly outputs?: Value;
  readonly isInputHidden: boolean;
  readonly isOutputHidden: boolean;
  /** Whether what reads its outputs has its own inputs hidden. Source: docs/facts/run-history.md#hiding-inputs-and-outputs. */
  readonly isSecretHandedOn: boolean;
  readonly iterations: readonly Iteration[];
  /** The branch that a condition or a switch took, as a pointer from the action to its group of actions. */
  readonly branch?: string;
  /** What it sent, however often. */
  readonly sent: number;
}
