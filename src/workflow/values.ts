import type { Json } from '../definition/definition.ts';
import { escapeKey, escapeText } from '../expression/escape.ts';
import type { Value } from '../spec/spec.ts';

/** The WDL string of a value in the spec: text is a literal, an expression is asked for. */
export function toWdl(value: Value): string {
  if (typeof value === 'string') return escapeText(value);
  return value.expression === undefined ? (value.template ?? '') : `@${value.expression}`;
}

/** The same for any JSON: expressions may stand at every depth, and `{ literal: … }` takes what it holds as it is. */
export function toWdlDeep(value: unknown): Json {
  return convert(value, true);
}

function convert(value: unknown, expressionsAllowed: boolean): Json {
  if (typeof value === 'string') return escapeText(value);
  if (Array.isArray(value)) return value.map((entry) => convert(entry, expressionsAllowed));
  if (typeof value !== 'object' || value === null) return value as Json;

  const entries = Object.entries(value);
  const [key, only] = entries.length === 1 ? (entries[0] ?? []) : [];
  if (expressionsAllowed && key === 'literal') return convert(only, false);
  if (expressionsAllowed && typeof only === 'string' && (key === 'expression' || key === 'template'))
    return toWdl({ [key]: only });
  return Object.fromEntries(entries.map(([name, member]) => [escapeKey(name), convert(member, expressionsAllowed)]));
}
