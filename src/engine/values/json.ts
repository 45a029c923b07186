import { Big } from 'big.js';
import { parse } from 'lossless-json';
import { deepest } from '../../definition/walk.ts';
import { notRun, refuse } from '../refusal.ts';
import { compareNumbers, float, isNumeric, numberText, readNumber } from './numbers.ts';
import { Float, type Group, isGroup, isList, type Value } from './value.ts';

/** The value of a JSON text, its numbers as they are written. Refuses what is no JSON. */
export function parseValue(text: string): Value {
  let parsed: unknown;
  try {
    parsed = parse(text, null, { parseNumber: numberOfJson, onDuplicateKey: ({ newValue }) => newValue });
  } catch (error) {
    // Its reader calls itself for every level.
    if (error instanceof RangeError) notRun(`values that are nested more than ${deepest} levels deep`);
    refuse(`The text is no JSON: ${(error as Error).message.slice(0, 200)}`);
  }
  return toValue(parsed);
}

/** A whole number of more than 64 bits is no mistake in JSON: it is read as a float. */
function numberOfJson(text: string): Value {
  return /^-?\d{19,}$/.test(text) && BigInt.asIntN(64, BigInt(text)) !== BigInt(text) ? float(Number(text)) : readNumber(text);
}

/** A value of JavaScript as one of the language: members that are undefined are left out. Refuses what no JSON holds. */
export function toValue(value: unknown, depth = 0): Value {
  if (depth > deepest) notRun(`values that are nested more than ${deepest} levels deep`);
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'boolean' || typeof value === 'bigint') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (value instanceof Float || value instanceof Big) return value;
  if (Array.isArray(value)) return value.map((item) => toValue(item, depth + 1));
  if (value instanceof Date) return value.toISOString();
  if (typeof value !== 'object') refuse(`A value of the kind ${typeof value} is no JSON.`);
  return groupOf(
    Object.entries(value).flatMap(([name, inner]) => (inner === undefined ? [] : [[name, toValue(inner, depth + 1)]])),
  );
}

/** A group of members; a name such as `__proto__` is a name like any other. */
export function groupOf(members: Iterable<readonly [string, Value]>): Group {
  return Object.fromEntries(members);
}

/** The value as JSON without white space, numbers as the service writes them. */
export function jsonText(value: Value, depth = 0): string {
  if (depth > deepest) notRun(`values that are nested more than ${deepest} levels deep`);
  if (isNumeric(value)) return numberText(value);
  if (isList(value)) return `[${value.map((item) => jsonText(item, depth + 1)).join(',')}]`;
  if (isGroup(value))
    return `{${Object.entries(value)
      .map(([name, inner]) => `${JSON.stringify(name)}:${jsonText(inner, depth + 1)}`)
      .join(',')}}`;
  return JSON.stringify(value);
}

/** The value as plain JSON for JavaScript: what loses digits there, such as a long number, becomes the nearest one. */
export function toPlain(value: Value): unknown {
  if (value instanceof Float) return value.value;
  if (typeof value === 'bigint' || value instanceof Big) return Number(value);
  if (isList(value)) return value.map(toPlain);
  if (isGroup(value)) return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, toPlain(inner)]));
  return value;
}

/** Whether two values are the same: numbers by their value, groups by their members in any order, texts with their case. */
export function isSame(left: Value, right: Value): boolean {
  if (left === right) return true;
  if (isNumeric(left) && isNumeric(right)) return compareNumbers(left, right) === 0;
  if (isList(left) && isList(right))
    return left.length === right.length && left.every((item, index) => isSame(item, right[index] ?? null));
  if (!isGroup(left) || !isGroup(right)) return false;
  const names = Object.keys(left);
  return (
    names.length === Object.keys(right).length &&
    names.every((name) => Object.hasOwn(right, name) && isSame(left[name] ?? null, right[name] ?? null))
  );
}
