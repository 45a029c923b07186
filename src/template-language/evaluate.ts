import type { Call, Expression } from '../expression/syntax.ts';
import { functions } from './functions.ts';
import { type Known, unknown, type Value } from './value.ts';

/** What an expression can refer to. Names ignore case. */
export interface Names {
  parameter(name: string): Value;
  variable(name: string): Value;
  /** The result of a function about the place that is deployed to, such as `resourceGroup()`; without it none is known. */
  call?(name: string, values: readonly Known[]): Value;
}

/** The names of one template, and what may yet be put into a file. */
export interface ArmScope extends Names {
  /** How much text and how many values may be filled in yet; shared by a file, so that no template grows without end. */
  readonly budget: { left: number };
}

/** The value of an ARM expression where it is the same in every deployment, or where `names` knows the deployment; else `unknown`. */
export function evaluate(expression: Expression, names: Names): Value {
  switch (expression.kind) {
    case 'string':
    case 'boolean':
      return expression.value;
    case 'number':
      return Number(expression.text);
    case 'null':
      return null;
    case 'call':
      return expression.accesses.reduce<Value>(
        (value, { key, safe }) => pick(value, evaluate(key, names), safe),
        call(expression, names),
      );
  }
}

function pick(value: Value, key: Value, isSafe: boolean): Value {
  if (isSafe && value === null) return null;
  if (typeof value !== 'object' || value === null || (typeof key !== 'string' && typeof key !== 'number')) return unknown;
  const missing = isSafe ? null : unknown;
  if (Array.isArray(value)) return typeof key === 'number' && key in value ? value[key] : missing;
  // ARM ignores the case of properties, as everywhere.
  const found = Object.entries(value).find(([name]) => name.toLowerCase() === String(key).toLowerCase());
  return found ? found[1] : missing;
}

function call({ name, arguments: given }: Call, names: Names): Value {
  const word = name.toLowerCase();
  if (word === 'if') return choose(given, names);
  const values: Known[] = [];
  for (const argument of given) {
    const value = evaluate(argument, names);
    if (value === unknown) return unknown;
    values.push(value);
  }
  const [first] = values;
  if (word === 'parameters') return values.length === 1 ? names.parameter(String(first)) : unknown;
  if (word === 'variables') return values.length === 1 ? names.variable(String(first)) : unknown;
  const run = Object.hasOwn(functions, word) ? functions[word] : undefined;
  if (run) return run(values);
  return names.call ? names.call(word, values) : unknown;
}

/** Only the branch that is taken has to be known. */
function choose([condition, whenTrue, whenFalse]: readonly Expression[], names: Names): Value {
  const holds = condition && evaluate(condition, names);
  const branch = holds === true ? whenTrue : holds === false ? whenFalse : undefined;
  return branch ? evaluate(branch, names) : unknown;
}
