import type { Call, Expression } from '../../expression/syntax.ts';

/** What only the deployment knows. */
export const unknown: unique symbol = Symbol('unknown');
export type Known = string | number | boolean | null | object;
export type Value = Known | typeof unknown;

/** What an expression can refer to. Names ignore case. */
export interface Names {
  parameter(name: string): Value;
  variable(name: string): Value;
}

/** The names of one template, and what may yet be put into a file. */
export interface ArmScope extends Names {
  /** How much text and how many values may be filled in yet; shared by a file, so that no template grows without end. */
  readonly budget: { left: number };
}

/** Longer text than this is in no template; repeated concat() could make it without end. */
const longest = 100_000;

/** The value of an ARM expression where it is the same in every deployment, else `unknown`. */
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
      return expression.accesses.reduce<Value>((value, { key }) => pick(value, evaluate(key, names)), call(expression, names));
  }
}

function pick(value: Value, key: Value): Value {
  if (typeof value !== 'object' || value === null || (typeof key !== 'string' && typeof key !== 'number')) return unknown;
  if (Array.isArray(value)) return typeof key === 'number' && key in value ? value[key] : unknown;
  // ARM ignores the case of properties, as everywhere.
  const found = Object.entries(value).find(([name]) => name.toLowerCase() === String(key).toLowerCase());
  return found ? found[1] : unknown;
}

type Scalar = string | number | boolean;

const functions: Readonly<Record<string, (values: readonly Scalar[]) => Value>> = {
  concat: (values) => short(values.join('')),
  format: ([pattern, ...values]) => format(String(pattern), values),
  string: ([value]) => (typeof value === 'string' || typeof value === 'number' ? String(value) : unknown),
  int: ([value]) => (Number.isSafeInteger(Number(value)) ? Number(value) : unknown),
  tolower: ([text]) => String(text).toLowerCase(),
  toupper: ([text]) => String(text).toUpperCase(),
  trim: ([text]) => String(text).trim(),
  true: () => true,
  false: () => false,
};

function call({ name, arguments: given }: Call, names: Names): Value {
  const values: Scalar[] = [];
  for (const argument of given) {
    const value = evaluate(argument, names);
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return unknown;
    values.push(value);
  }
  const [first] = values;
  switch (name.toLowerCase()) {
    case 'parameters':
      return values.length === 1 ? names.parameter(String(first)) : unknown;
    case 'variables':
      return values.length === 1 ? names.variable(String(first)) : unknown;
    default: {
      const run = Object.hasOwn(functions, name.toLowerCase()) ? functions[name.toLowerCase()] : undefined;
      return run ? run(values) : unknown;
    }
  }
}

/** `{0}` and so on; with a format after a colon the result is .NET's, and left open. */
function format(pattern: string, values: readonly Scalar[]): Value {
  let isKnown = true;
  const text = pattern.replaceAll(/\{\{|\}\}|\{(\d+)(:[^}]*)?\}/g, (found, index, shape) => {
    if (index === undefined) return found.charAt(0);
    const value = values[Number(index)];
    if (value === undefined || typeof value === 'boolean' || shape !== undefined) isKnown = false;
    return String(value);
  });
  return isKnown ? short(text) : unknown;
}

function short(text: string): Value {
  return text.length > longest ? unknown : text;
}
