import { escapeText } from '../expression/escape.ts';
import type { Json } from '../json/json.ts';
import type { Value } from '../spec/spec.ts';
import { asksFor } from '../spec/values.ts';

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

  const asked = expressionsAllowed ? asksFor(value) : undefined;
  if (asked) return asked.what === 'literal' ? convert(asked.value, false) : toWdl({ [asked.what]: asked.text });
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [escapeText(name), convert(member, expressionsAllowed)]),
  );
}
