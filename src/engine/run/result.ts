import type { SentRequest } from '../mocks/request.ts';
import { toPlain } from '../values/json.ts';
import type { Iteration, OperationRecord, RunError, Status } from './record.ts';

/** A run of a workflow, whole. */
export interface Run {
  readonly status: Status;
  readonly error?: RunError;
  readonly startTime: string;
  readonly endTime: string;
  readonly trigger: OperationRun;
  /** In the order in which they ended; those in a loop once for each round. */
  readonly actions: readonly OperationRun[];
  /** All that was asked of other services, in order. */
  readonly requests: readonly SentRequest[];
  /** What the caller got, where a Response action ran. */
  readonly response?: { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body?: unknown };
  /** The variables at the end, by name. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** The outputs that the definition declares. */
  readonly outputs: Readonly<Record<string, unknown>>;
  /** What certflow did not run, by name: actions that came to it failed. Empty where the run is what Azure's would be. */
  readonly notRun: readonly string[];
  /** Of each mock, in their order, how often it answered. */
  readonly mockCounts: readonly number[];
  /** Pairs of mocks that fit the same request equally well, by their places from 0. */
  readonly mockOverlaps: readonly (readonly [number, number])[];
  /** The runs of the other items, where the trigger splits its body (`splitOn`). */
  readonly others: readonly Run[];
}

/** What has become of the trigger or of an action. */
export interface OperationRun {
  readonly name: string;
  readonly type: string;
  readonly status: Status;
  readonly code: string;
  readonly error?: RunError;
  readonly startTime: string;
  readonly endTime: string;
  /** As the workflow has them, whether history shows them or not. */
  readonly inputs?: unknown;
  readonly outputs?: unknown;
  /** What run history shows. */
  readonly history: { readonly inputs?: unknown; readonly outputs?: unknown };
  /** What it hides. */
  readonly hidden: readonly ('inputs' | 'outputs')[];
  /** The branch that a condition or a switch took, as a pointer from the action: `/actions`, `/else/actions`, `/cases/One/actions`, `/default/actions`. */
  readonly branch?: string;
  /** The rounds of loops that it ran in, the outermost first. */
  readonly iterations: readonly Iteration[];
}

/** A record as the caller of a run sees it. */
export function shownRun(record: OperationRecord): OperationRun {
  const { name, type, status, code, error, start, end, isInputHidden, isOutputHidden, iterations } = record;
  const inputs = record.inputs === undefined ? {} : { inputs: toPlain(record.inputs) };
  const outputs = record.outputs === undefined ? {} : { outputs: toPlain(record.outputs) };
  const hidden = [...(isInputHidden ? (['inputs'] as const) : []), ...(isOutputHidden ? (['outputs'] as const) : [])];
  return {
    name,
    type,
    status,
    code,
    ...(error && { error }),
    startTime: timeText(start),
    endTime: timeText(end),
    ...inputs,
    ...outputs,
    history: { ...(!isInputHidden && inputs), ...(!isOutputHidden && outputs) },
    hidden,
    ...(record.branch !== undefined && { branch: record.branch }),
    iterations,
  };
}

export function timeText(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
