import { refuse } from '../refusal.ts';
import { bytesOf } from '../values/bytes.ts';
import { cultureOf } from '../values/culture.ts';
import { formatNumber } from '../values/format-number.ts';
import { asText } from '../values/text.ts';
import { any, count, numeric, optionalText, text } from './arguments.ts';
import type { Evaluations } from './function.ts';
import { fewItems, short } from './limits.ts';

/** Texts. Source: docs/facts/engine.md#texts. */
export const strings = {
  concat: (values) => short(values.map(asText).join('')),
  endsWith: (values) => lower(values, 0).endsWith(lower(values, 1)),
  formatNumber: (values) => formatNumber(numeric(values, 0), text(values, 1), cultureOf(optionalText(values, 2))),
  indexOf: (values) => lower(values, 0).indexOf(lower(values, 1)),
  lastIndexOf: (values) => lastIndexOf(lower(values, 0), lower(values, 1)),
  nthIndexOf: (values) => nthIndexOf(lower(values, 0), lower(values, 1), count(values, 2)),
  replace: (values) => {
    const old = text(values, 1);
    if (old === '') refuse('The text that is replaced must not be empty.');
    return short(text(values, 0).replaceAll(old, () => text(values, 2)));
  },
  slice: (values) => text(values, 0).slice(count(values, 1), values.length > 2 ? count(values, 2) : undefined),
  split: (values) => {
    const separator = text(values, 1);
    return separator === '' ? [text(values, 0)] : fewItems(text(values, 0).split(separator));
  },
  startsWith: (values) => lower(values, 0).startsWith(lower(values, 1)),
  substring: (values) => {
    const whole = text(values, 0);
    const start = count(values, 1);
    const length = values.length > 2 ? count(values, 2) : whole.length - start;
    if (start < 0 || length < 0 || start + length > whole.length)
      refuse(`The part from ${start}, ${length} characters long, is not in a text of ${whole.length} characters.`);
    return whole.substring(start, start + length);
  },
  toLower: (values) => text(values, 0).toLowerCase(),
  toUpper: (values) => text(values, 0).toUpperCase(),
  trim: (values) => text(values, 0).trim(),
  utf16Length: (values) => asText(any(values, 0)).length,
  utf8Length: (values) => bytesOf(asText(any(values, 0))).length,
} satisfies Partial<Evaluations<string>>;

function lower(values: Parameters<typeof text>[0], index: number): string {
  return text(values, index).toLowerCase();
}

function lastIndexOf(whole: string, part: string): number {
  if (part === '') return whole === '' ? 0 : whole.length - 1;
  return whole.lastIndexOf(part);
}

/** From the end where the number is negative. */
function nthIndexOf(whole: string, part: string, occurrence: number): number {
  if (occurrence === 0 || part === '') return -1;
  let at = -1;
  if (occurrence > 0) {
    for (let left = occurrence; left > 0; left--) {
      at = whole.indexOf(part, at + 1);
      if (at < 0) return -1;
    }
    return at;
  }
  at = whole.length;
  for (let left = -occurrence; left > 0; left--) {
    at = at === 0 ? -1 : whole.lastIndexOf(part, at - 1);
    if (at < 0) return -1;
  }
  return at;
}
