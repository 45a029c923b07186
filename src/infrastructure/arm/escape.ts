import type { Json } from '../../json/json.ts';

/**
 * A value as it must stand in an ARM template so that ARM reads it as it is: text that starts with `[` and ends with `]` would be an
 * expression, and gets one more `[`. Names of members as well: ARM evaluates those too, as Bicep's output and its snapshot show.
 * Text that only starts with `[` must be left alone. Source: docs/facts/resource-manager.md#expressions-and-escapes.
 */
export function escapeArm(value: unknown): Json {
  if (typeof value === 'string') return escapeText(value);
  if (Array.isArray(value)) return value.map(escapeArm);
  if (typeof value !== 'object' || value === null) return value as Json;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [escapeText(key), escapeArm(member)]));
}

function escapeText(text: string): string {
  return text.startsWith('[') && text.endsWith(']') ? `[${text}` : text;
}
