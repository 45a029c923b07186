import { secondsIn } from '../../definition/duration.ts';
import { moved } from '../functions/times.ts';
import { refuse } from '../refusal.ts';
import type { RunError, Status } from '../run/record.ts';
import { fromMilliseconds, toMilliseconds } from '../time/instant.ts';
import { readInstant } from '../time/read.ts';
import { isNumeric, toDouble } from '../values/numbers.ts';
import { asText } from '../values/text.ts';
import { isGroup, type Value } from '../values/value.ts';
import type { Action } from './action.ts';
import type { Outcome } from './outcome.ts';

/** Moves the clock. */
export function wait({ node, scope, state }: Action): Outcome {
  const { value: inputs, isSecret } = scope.resolve(node.inputs ?? {});
  state.now = Math.max(state.now, endOf(inputs, state.now));
  return { inputs, isSecret };
}

function endOf(inputs: Value, now: number): number {
  if (!isGroup(inputs)) return now;
  const { interval, until } = inputs;
  if (until !== undefined && isGroup(until)) return toMilliseconds(readInstant(asText(until.timestamp ?? null)));
  if (typeof interval === 'string')
    return now + (secondsIn(interval) ?? refuse(`'${interval.slice(0, 40)}' is no duration.`)) * 1000;
  if (interval === undefined || !isGroup(interval)) return now;
  const count = interval.count ?? null;
  const number = isNumeric(count) ? toDouble(count) : Number(asText(count));
  if (!Number.isInteger(number)) refuse('The count of a Wait must be an integer.');
  return toMilliseconds(moved(fromMilliseconds(now), number, asText(interval.unit ?? null)));
}

/** Ends a run from within. */
export class Terminated extends Error {
  override readonly name = 'Terminated';
  readonly status: Status;
  readonly runError: RunError | undefined;
  readonly inputs: Value;

  constructor(status: Status, runError: RunError | undefined, inputs: Value) {
    super('terminated');
    this.status = status;
    this.runError = runError;
    this.inputs = inputs;
  }
}

export function terminate({ node, scope }: Action): never {
  const { value: inputs } = scope.resolve(node.inputs ?? {});
  const group = isGroup(inputs) ? inputs : {};
  const word = asText(group.runStatus ?? null).toLowerCase();
  const status = (['Succeeded', 'Failed', 'Cancelled'] as const).find((one) => one.toLowerCase() === word);
  if (!status) refuse(`The status '${word.slice(0, 40)}' of Terminate must be Succeeded, Failed or Cancelled.`, 'BadRequest');
  const { runError } = group;
  const error =
    runError !== undefined && isGroup(runError)
      ? { code: asText(runError.code ?? null), message: asText(runError.message ?? null) }
      : undefined;
  throw new Terminated(status, status === 'Failed' ? (error ?? { code: 'Terminated', message: '' }) : undefined, inputs);
}
