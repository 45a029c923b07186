import type { Culture } from './culture.ts';
import { float, whole } from './numbers.ts';
import type { Numeric } from './value.ts';

/** Stands for a separator of groups while a number is read; no text has it. */
const gap = '\uffff';

/**
 * A float as .NET reads one with all its freedoms: signs before or after, separators of groups anywhere before the point.
 * Undefined where it is none. Source: docs/facts/engine.md#numbers.
 */
export function readFloat(text: string, culture: Culture): Numeric | undefined {
  const trimmed = text.trim();
  const found = /^([+-]?)(.*?)([+-]?)$/.exec(trimmed);
  const [, before = '', body = '', after = ''] = found ?? [];
  if (before !== '' && after !== '') return undefined;
  // Groups are often parted by a space that looks like another.
  const plain = spaces(body.trimEnd()).replaceAll(spaces(culture.group), gap).replace(culture.decimal, '.');
  const form = /^(?=\.?\d)([\d\uffff]*)(?:\.(\d*))?(?:e([+-]?\d{1,9}))?$/i.exec(plain);
  if (!form || plain.startsWith(gap)) return undefined;
  const value = Number(`${form[1]?.replaceAll(gap, '') || '0'}.${form[2] || '0'}e${form[3] ?? 0}`);
  if (!Number.isFinite(value)) return undefined;
  return float(before === '-' || after === '-' ? -value : value);
}

function spaces(text: string): string {
  return text.replaceAll(/[\u00a0\u202f]/g, ' ');
}

/** A whole number of 64 bits, as it is written in digits; undefined where it is none. */
export function readWhole(text: string): number | bigint | undefined {
  const trimmed = text.trim();
  if (!/^[+-]?\d{1,40}$/.test(trimmed)) return undefined;
  const value = BigInt(trimmed.replace('+', ''));
  return value >= -(2n ** 63n) && value < 2n ** 63n ? whole(value) : undefined;
}
