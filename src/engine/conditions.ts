import { functionNamed } from '../expression/functions.ts';
import { isObject } from '../json/json.ts';
import { evaluationOf } from './functions/index.ts';
import { refuse } from './refusal.ts';
import type { Scope } from './run/scope.ts';

const operators = new Set([
  'equals',
  'greater',
  'greaterorequals',
  'less',
  'lessorequals',
  'contains',
  'startswith',
  'endswith',
  'empty',
]);

/**
 * Whether a condition holds: an expression, or groups of `and`, `or`, `not` and comparisons, such as `{ "equals": ["@…", 1] }`.
 * Refuses what is none. Source: docs/facts/engine.md#comparing.
 */
export function isConditionMet(scope: Scope, condition: unknown): boolean {
  if (!isObject(condition)) return isTrue(scope.resolve(condition).value);
  const entries = Object.entries(condition);
  const [first, ...more] = entries;
  if (!first || more.length > 0) refuse('A condition has exactly one operator.');
  const [name, given] = first;
  const word = name.toLowerCase();
  if (word === 'not') return !isConditionMet(scope, given);
  if (!Array.isArray(given)) return refuse(`The operator '${name.slice(0, 40)}' of a condition takes an array.`);
  if (word === 'and') return given.every((one) => isConditionMet(scope, one));
  if (word === 'or') return given.some((one) => isConditionMet(scope, one));
  const signature = operators.has(word) ? functionNamed(word) : undefined;
  const work = signature && evaluationOf(signature.name);
  if (!work) return refuse(`'${name.slice(0, 40)}' is no operator of a condition.`);
  return (
    work(
      given.map((one) => scope.resolve(one).value),
      scope,
    ) === true
  );
}

/** Only a boolean, and the text of one, is a condition. */
function isTrue(value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'string' && /^(true|false)$/i.test(value)) return value.toLowerCase() === 'true';
  return refuse('The result of a condition must be a boolean.');
}
