import { refuse } from '../refusal.ts';
import { isSame } from '../values/json.ts';
import { compareNumbers, isNumeric } from '../values/numbers.ts';
import type { Value } from '../values/value.ts';
import { any, truth } from './arguments.ts';
import type { Evaluations } from './function.ts';

/** Comparisons and logic; `if`, `and`, `or` and `coalesce` stop as soon as they know: `src/engine/evaluate.ts`. */
export const logic = {
  and: (values) => values.every((_, index) => truth(values, index)),
  equals: (values) => isEqual(any(values, 0), any(values, 1)),
  greater: (values) => compared(values) > 0,
  greaterOrEquals: (values) => compared(values) >= 0,
  if: (values) => any(values, truth(values, 0) ? 1 : 2),
  less: (values) => compared(values) < 0,
  lessOrEquals: (values) => compared(values) <= 0,
  not: (values) => !truth(values, 0),
  or: (values) => values.some((_, index) => truth(values, index)),
} satisfies Partial<Evaluations<string>>;

/** A boolean is 1 or 0 beside a number. Source: docs/facts/engine.md#comparing. */
function isEqual(left: Value, right: Value): boolean {
  if (typeof left === 'boolean' && isNumeric(right)) return isSame(Number(left), right);
  if (isNumeric(left) && typeof right === 'boolean') return isSame(left, Number(right));
  return isSame(left, right);
}

/** Of two numbers or two texts; texts by the codes of their characters. */
export function compared(values: readonly Value[]): number {
  const [left, right] = [any(values, 0), any(values, 1)];
  if (isNumeric(left) && isNumeric(right)) return compareNumbers(left, right);
  if (typeof left !== 'string' || typeof right !== 'string')
    return refuse('Two values that are compared must be two numbers or two strings.');
  return compareTexts(left, right);
}

export function compareTexts(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
