import { isObject } from '../../json/json.ts';
import { member } from '../../json/member.ts';
import { refuse } from '../refusal.ts';
import type { RunState, Variable } from '../run/state.ts';
import { groupOf } from '../values/json.ts';
import { calculate, isNumeric, isWhole } from '../values/numbers.ts';
import { asText } from '../values/text.ts';
import { isGroup, isList, type Value } from '../values/value.ts';
import type { Action } from './action.ts';
import type { Outcome } from './outcome.ts';

/** Actions on variables. Source: docs/facts/engine.md#variables. */

export function initialize({ node, scope, state }: Action): Outcome {
  const declared = member(node.inputs, 'variables');
  const { value: inputs, isSecret } = scope.resolve(node.inputs);
  for (const one of Array.isArray(declared) ? declared : []) {
    if (!isObject(one)) continue;
    const name = asText(scope.resolve(one.name).value);
    const type = asText(scope.resolve(one.type).value).toLowerCase();
    if (state.variables.has(name.toLowerCase())) refuse(`The variable '${name.slice(0, 60)}' is initialized already.`);
    put(state, { name, type, value: one.value === undefined ? null : scope.resolve(one.value).value });
  }
  return { inputs, isSecret };
}

export function set(action: Action): Outcome {
  return change(action, (_, value) => value);
}

export function appendToArray(action: Action): Outcome {
  return change(action, ({ name, value: before }, value) => {
    if (before !== null && !isList(before)) refuse(`The variable '${name.slice(0, 60)}' is no array.`);
    return [...(before ?? []), value];
  });
}

export function appendToString(action: Action): Outcome {
  return change(action, ({ value: before }, value) => asText(before) + asText(value));
}

export function increment(action: Action): Outcome {
  return change(action, count('add'), 1);
}

export function decrement(action: Action): Outcome {
  return change(action, count('sub'), 1);
}

function count(operation: 'add' | 'sub') {
  return ({ name, value: before }: Variable, by: Value): Value => {
    // Without a value it counts from nothing.
    const from = before ?? 0;
    if (!isNumeric(from) || !isNumeric(by))
      return refuse(`The variable '${name.slice(0, 60)}' and what it changes by must be numbers.`);
    return calculate(operation, from, by);
  };
}

function change({ node, scope, state }: Action, made: (variable: Variable, value: Value) => Value, usual: Value = null): Outcome {
  const { value: inputs, isSecret } = scope.resolve(node.inputs);
  const group = isGroup(inputs) ? inputs : groupOf([]);
  const name = asText(group.name ?? null);
  const variable = state.variables.get(name.toLowerCase()) ?? refuse(`The variable '${name.slice(0, 60)}' is not initialized.`);
  put(state, { ...variable, value: made(variable, group.value ?? usual) });
  return { inputs, isSecret };
}

/** Refuses a value of another type. */
function put(state: RunState, variable: Variable) {
  const { name, type, value } = variable;
  if (value !== null && !isOfType(type, value))
    refuse(
      `The variable '${name.slice(0, 60)}' of type '${type.slice(0, 20)}' cannot be initialized or updated with a value of another type.`,
      'BadRequest',
    );
  state.variables.set(name.toLowerCase(), variable);
}

function isOfType(type: string, value: Value): boolean {
  switch (type) {
    case 'boolean':
      return typeof value === 'boolean';
    case 'integer':
      return isWhole(value);
    case 'float':
      return isNumeric(value);
    case 'string':
      return typeof value === 'string';
    case 'array':
      return isList(value);
    case 'object':
      return isGroup(value);
    default:
      return refuse(`'${type.slice(0, 40)}' is no type of a variable.`);
  }
}
