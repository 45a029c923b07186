import { type FunctionSignature, functionNamed } from '../expression/functions.ts';
import type { Access, Call, Expression } from '../expression/syntax.ts';
import { anything, array, boolean, describeKinds, float, integer, nothing, object, string } from '../expression/types.ts';
import { nameIn } from './functions/collections.ts';
import { evaluationOf } from './functions/index.ts';
import type { World } from './functions/world.ts';
import { notRun, refuse } from './refusal.ts';
import { isFloat, isNumeric, isWhole, readNumber, toDouble } from './values/numbers.ts';
import { isGroup, isList, type Value } from './values/value.ts';

/** Calls in calls; the parser lets a few hundred through, and more would exhaust the stack. */
const deepestCall = 1000;

/** The value of an expression in a run. Refuses what the service refuses, and what certflow does not run. */
export function evaluate(expression: Expression, world: World, depth = 0): Value {
  if (depth > deepestCall) notRun(`expressions that are nested more than ${deepestCall} levels deep`);
  switch (expression.kind) {
    case 'string':
    case 'boolean':
      return expression.value;
    case 'number':
      return readNumber(expression.text);
    case 'null':
      return null;
    case 'call': {
      let value = call(expression, world, depth);
      for (const access of expression.accesses) value = picked(value, access, evaluate(access.key, world, depth + 1), expression);
      return value;
    }
  }
}

function call(expression: Call, world: World, depth: number): Value {
  const { name, arguments: given } = expression;
  const signature = functionNamed(name) ?? refuse(`The template function '${name.slice(0, 60)}' is not defined or not valid.`);
  const { required, parameters, repeats } = signature;
  if (given.length < required || (given.length > parameters.length && !repeats))
    refuse(`The template language function '${signature.name}' does not take ${given.length} arguments.`);
  const work = evaluationOf(signature.name) ?? notRun(`the function ${signature.name}()`);
  const values: Value[] = [];
  for (const [index, argument] of given.entries()) {
    // A branch that is not taken is not worked out. Source: docs/facts/engine.md#laziness.
    if (signature.name === 'if' && index > 0 && (values[0] === true) !== (index === 1)) {
      values.push(null);
      continue;
    }
    const value = evaluate(argument, world, depth + 1);
    checkKind(signature, index, value);
    values.push(value);
    if (signature.name === 'coalesce' && value !== null) return value;
    if ((signature.name === 'and' && value === false) || (signature.name === 'or' && value === true)) return value;
  }
  return work(values, world);
}

function checkKind({ name, parameters, required }: FunctionSignature, index: number, value: Value) {
  const parameter = parameters[Math.min(index, parameters.length - 1)];
  if (!parameter || parameter.kinds === anything) return;
  const kind = kindOf(value);
  // A float may stand where a whole number is asked for, as long as it is one: the function looks.
  const isTaken =
    kind & parameter.kinds || (isNumeric(value) && parameter.kinds & integer) || (kind === nothing && index >= required);
  if (isTaken) return;
  refuse(
    `The template language function '${name}' expects its parameter ${index + 1} (${parameter.name}) to be ${describeKinds(parameter.kinds)}. The provided value is ${describeKinds(kind)}.`,
  );
}

/** The kind of a value, as the checker's types have it. */
export function kindOf(value: Value): number {
  if (value === null) return nothing;
  if (typeof value === 'string') return string;
  if (typeof value === 'boolean') return boolean;
  if (isWhole(value)) return integer;
  if (isFloat(value) || isNumeric(value)) return float;
  return isList(value) ? array : object;
}

/** What `access` picks. With `?`, null where there is nothing. */
function picked(value: Value, access: Access, key: Value, { name }: Call): Value {
  const { safe } = access;
  if (value === null)
    return safe ? null : refuse(`The result of '${name}' has no property or element '${keyText(key)}': it is null there.`);
  if (isList(value)) {
    const index = isNumeric(key)
      ? toDouble(key)
      : refuse(`'${keyText(key)}' is no index: the elements of an array have numbers.`);
    const item = value[index];
    return item === undefined ? (safe ? null : refuse(`The array has no element ${index}; it has ${value.length}.`)) : item;
  }
  if (!isGroup(value))
    return refuse(`Nothing can be picked from ${describeKinds(kindOf(value))}: '${keyText(key)}' cannot be selected.`);
  if (typeof key !== 'string') return refuse(`'${keyText(key)}' is no name: the properties of an object have names.`);
  const found = property(value, key);
  if (found !== undefined) return found;
  if (safe) return null;
  const names = Object.keys(value).slice(0, 20).join(', ');
  return refuse(
    `The property '${key.slice(0, 60)}' does not exist${names && `; there are ${names}`}. Write ? before it where it may be missing.`,
  );
}

function keyText(key: Value): string {
  return typeof key === 'string' || isNumeric(key) ? String(key).slice(0, 60) : describeKinds(kindOf(key));
}

/** The property of a name, whatever its case, or the one at the end of a path: Power Automate writes `['body/value']`. */
function property(value: Value, key: string): Value | undefined {
  if (!isGroup(value)) return undefined;
  const name = nameIn(value, key);
  if (name !== undefined) return value[name];
  const slash = key.indexOf('/');
  const parent = slash > 0 ? property(value, key.slice(0, slash)) : undefined;
  return parent === undefined ? undefined : property(parent, key.slice(slash + 1));
}
