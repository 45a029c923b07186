import { refuse } from '../refusal.ts';
import { calculate, compareNumbers, isNumeric } from '../values/numbers.ts';
import { isList, type Numeric, type Value } from '../values/value.ts';
import { count, numeric } from './arguments.ts';
import type { Evaluations } from './function.ts';
import { checkCount } from './limits.ts';

/** Numbers. Source: docs/facts/engine.md#numbers. */
export const maths = {
  add: (values) => calculate('add', numeric(values, 0), numeric(values, 1)),
  div: (values) => calculate('div', numeric(values, 0), numeric(values, 1)),
  max: (values) => extreme(values, 1),
  min: (values) => extreme(values, -1),
  mod: (values) => calculate('mod', numeric(values, 0), numeric(values, 1)),
  mul: (values) => calculate('mul', numeric(values, 0), numeric(values, 1)),
  rand: (values, world) => {
    const [least, end] = [count(values, 0), count(values, 1)];
    if (end <= least) refuse('The second number of rand() must be larger than the first.');
    return least + Math.floor(world.random() * (end - least));
  },
  range: (values) => {
    const [first, length] = [count(values, 0), count(values, 1)];
    if (length < 0) refuse('The count of range() must not be negative.');
    checkCount(length);
    return Array.from({ length }, (_, index) => first + index);
  },
  sub: (values) => calculate('sub', numeric(values, 0), numeric(values, 1)),
} satisfies Partial<Evaluations<string>>;

function extreme(values: readonly Value[], sign: 1 | -1): Value {
  const [only] = values;
  const numbers = values.length === 1 && isList(only) ? only : values;
  let found: Numeric | undefined;
  for (const one of numbers) {
    if (!isNumeric(one)) return refuse('All values must be numbers.');
    if (found === undefined || compareNumbers(one, found) * sign > 0) found = one;
  }
  return found ?? refuse('There is no number.');
}
