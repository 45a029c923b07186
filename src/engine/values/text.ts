import { bytesOfBase64, utf8 } from './bytes.ts';
import { contentOf } from './content.ts';
import { jsonText } from './json.ts';
import { isNumeric, numberText } from './numbers.ts';
import type { Value } from './value.ts';

/**
 * A value where a text is made of it, as in `@{…}`, concat() and string(): null is empty, a boolean starts with a capital, a group
 * is JSON, and content of a text's type is that text. Source: docs/facts/engine.md#texts.
 */
export function asText(value: Value): string {
  if (typeof value === 'string') return value;
  if (value === null) return '';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (isNumeric(value)) return numberText(value);
  const content = contentOf(value);
  return content && isTextType(content.type) ? utf8(bytesOfBase64(content.base64)) : jsonText(value);
}

function isTextType(type: string): boolean {
  return /^text\/|[/+](?:xml|json)\b/i.test(type);
}
