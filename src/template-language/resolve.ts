import { evaluate, type Names } from './evaluate.ts';
import { isArmExpression, isEscaped, parseArmExpression } from './expression.ts';
import { type Known, unknown } from './value.ts';

/** A template asks for what cannot be worked out. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';
}

/**
 * A value of a template with every expression in it worked out, names of members too. `onUnknown` gives what stands in place of an
 * expression without a value; without it a TemplateError is thrown.
 */
export function resolve(value: unknown, names: Names, onUnknown: (text: string) => unknown = fail): unknown {
  if (typeof value === 'string') return resolveText(value, names, onUnknown);
  if (Array.isArray(value)) return value.map((item) => resolve(item, names, onUnknown));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [String(resolveText(key, names, onUnknown)), resolve(member, names, onUnknown)]),
  );
}

function resolveText(text: string, names: Names, onUnknown: (text: string) => unknown): unknown {
  if (isEscaped(text)) return text.slice(1);
  if (!isArmExpression(text)) return text;
  const tree = parseArmExpression(text);
  const result: Known | typeof unknown = tree ? evaluate(tree, names) : unknown;
  return result === unknown ? onUnknown(text) : result;
}

function fail(text: string): never {
  throw new TemplateError(`Unable to process template language expression '${text}'.`);
}
