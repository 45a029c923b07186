import { type Known, unknown, type Value } from './value.ts';

/** Longer text than this is in no template; repeated concat() could make it without end. */
const longest = 100_000;
/** Nor a longer list. */
const mostItems = 10_000;

type Run = (values: readonly Known[]) => Value;

/**
 * Functions of ARM templates whose result depends on nothing but their values; names in lower case. A value of the wrong type makes the
 * result unknown. Source: docs/facts/functions.md#of-arm-templates.
 */
export const functions: Readonly<Record<string, Run>> = {
  add: (values) => computed(values, (left, right) => left + right),
  array: ([value]) => (Array.isArray(value) ? value : [value]),
  and: (values) => (values.every(isBoolean) ? values.every((value) => value) : unknown),
  base64: ([value]) => (isText(value) ? short(base64(value)) : unknown),
  base64tostring: ([value]) => (isText(value) ? fromBase64(value) : unknown),
  bool: ([value]) =>
    isBoolean(value) ? value : isText(value) && /^(true|false)$/i.test(value) ? /^true$/i.test(value) : unknown,
  coalesce: (values) => values.find((value) => value !== null) ?? null,
  concat: (values) =>
    values.every(Array.isArray) ? shortList(values.flat()) : values.every(isScalar) ? short(values.join('')) : unknown,
  contains: ([container, item]) => contains(container as Known, item as Known),
  createarray: (values) => [...values],
  createobject: (values) => group(values),
  div: (values) => computed(values, (left, right) => Math.trunc(left / right)),
  empty: ([value]) => (value === null ? true : size(value) === undefined ? unknown : size(value) === 0),
  endswith: ([text, end]) => (isText(text) && isText(end) ? text.toLowerCase().endsWith(end.toLowerCase()) : unknown),
  equals: ([left, right]) => isSame(left, right),
  first: ([value]) => (isText(value) ? value.charAt(0) : Array.isArray(value) ? (value[0] ?? null) : unknown),
  format: ([pattern, ...values]) => (values.every(isScalar) ? format(String(pattern), values) : unknown),
  greater: (values) => ordered(values, (left, right) => left > right),
  greaterorequals: (values) => ordered(values, (left, right) => left >= right),
  int: ([value]) => (Number.isSafeInteger(Number(value)) ? Number(value) : unknown),
  join: ([items, delimiter]) => (Array.isArray(items) && isText(delimiter) ? short(items.join(delimiter)) : unknown),
  json: ([text]) => (isText(text) ? parsed(text) : unknown),
  last: ([value]) => (isText(value) ? value.slice(-1) : Array.isArray(value) ? (value.at(-1) ?? null) : unknown),
  length: ([value]) => size(value) ?? unknown,
  less: (values) => ordered(values, (left, right) => left < right),
  lessorequals: (values) => ordered(values, (left, right) => left <= right),
  mod: (values) => computed(values, (left, right) => left % right),
  mul: (values) => computed(values, (left, right) => left * right),
  not: ([value]) => (isBoolean(value) ? !value : unknown),
  or: (values) => (values.every(isBoolean) ? values.some((value) => value) : unknown),
  range: ([start, count]) =>
    isCount(count) && typeof start === 'number' ? Array.from({ length: count }, (_, index) => start + index) : unknown,
  replace: ([text, old, next]) =>
    isText(text) && isText(old) && isText(next) && old !== '' ? short(text.replaceAll(old, () => next)) : unknown,
  split: ([text, delimiter]) => (isText(text) && isText(delimiter) ? shortList(text.split(delimiter)) : unknown),
  startswith: ([text, start]) => (isText(text) && isText(start) ? text.toLowerCase().startsWith(start.toLowerCase()) : unknown),
  string: ([value]) =>
    isBoolean(value) || value === null || value === undefined
      ? unknown
      : isScalar(value)
        ? String(value)
        : short(JSON.stringify(value)),
  sub: (values) => computed(values, (left, right) => left - right),
  substring: ([text, start, length]) =>
    isText(text) && isCount(start) ? text.slice(start, isCount(length) ? start + length : undefined) : unknown,
  take: ([value, count]) => (isCount(count) && (isText(value) || Array.isArray(value)) ? value.slice(0, count) : unknown),
  tolower: ([text]) => (isScalar(text) ? String(text).toLowerCase() : unknown),
  toupper: ([text]) => (isScalar(text) ? String(text).toUpperCase() : unknown),
  trim: ([text]) => (isScalar(text) ? String(text).trim() : unknown),
  tryget: (values) => tryGet(values),
  union: (values) => union(values),
  uricomponent: ([text]) => (isText(text) ? encodeURIComponent(text) : unknown),
};

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isBoolean(value: unknown): value is boolean {
  return typeof value === 'boolean';
}

function isScalar(value: unknown): value is string | number | boolean {
  return isText(value) || isBoolean(value) || typeof value === 'number';
}

function isCount(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= mostItems;
}

function isGroup(value: unknown): value is Record<string, Known> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function size(value: unknown): number | undefined {
  if (isText(value) || Array.isArray(value)) return value.length;
  return isGroup(value) ? Object.keys(value).length : undefined;
}

/** Of two whole numbers. */
function computed([left, right]: readonly Known[], compute: (left: number, right: number) => number): Value {
  if (typeof left !== 'number' || typeof right !== 'number') return unknown;
  const result = compute(left, right);
  return Number.isSafeInteger(result) ? result : unknown;
}

/** Of two numbers or two texts. */
function ordered([left, right]: readonly Known[], holds: (left: number | string, right: number | string) => boolean): Value {
  const areNumbers = typeof left === 'number' && typeof right === 'number';
  return areNumbers || (isText(left) && isText(right)) ? holds(left, right) : unknown;
}

function contains(container: Known, item: Known): Value {
  if (isText(container)) return isScalar(item) ? container.includes(String(item)) : unknown;
  if (Array.isArray(container)) return container.some((one) => isSame(one, item));
  if (!isGroup(container) || !isText(item)) return unknown;
  return Object.keys(container).some((name) => name.toLowerCase() === item.toLowerCase());
}

function group(values: readonly Known[]): Value {
  if (values.length % 2 !== 0) return unknown;
  const members: [string, Known][] = [];
  for (let index = 0; index < values.length; index += 2) members.push([String(values[index]), values[index + 1] as Known]);
  return Object.fromEntries(members);
}

/** `null` where there is no such property or item. */
function tryGet([base, ...keys]: readonly Known[]): Value {
  let here: Known = base ?? null;
  for (const key of keys) {
    if (Array.isArray(here)) here = typeof key === 'number' ? (here[key] ?? null) : null;
    else if (!isGroup(here)) return null;
    else here = Object.entries(here).find(([name]) => name.toLowerCase() === String(key).toLowerCase())?.[1] ?? null;
  }
  return here;
}

function parsed(text: string): Value {
  try {
    return JSON.parse(text);
  } catch {
    return unknown;
  }
}

/** Of lists, each item once; of groups, the members of all, of the last where two have one. Groups in groups are united too. */
function union(values: readonly Known[]): Value {
  if (values.length === 0) return unknown;
  if (values.every(Array.isArray)) {
    const items: Known[] = [];
    for (const item of values.flat()) if (!items.some((one) => isSame(one, item))) items.push(item);
    return shortList(items);
  }
  return values.every(isGroup) ? values.reduce((left, right) => united(left, right)) : unknown;
}

function united(left: Record<string, Known>, right: Record<string, Known>): Record<string, Known> {
  const members = new Map(Object.entries(left));
  for (const [name, value] of Object.entries(right)) {
    const before = members.get(name);
    members.set(name, isGroup(before) && isGroup(value) ? united(before, value) : value);
  }
  return Object.fromEntries(members);
}

/** `{0}` and so on; with a format after a colon the result is .NET's, and left open. */
function format(pattern: string, values: readonly (string | number | boolean)[]): Value {
  let isKnown = true;
  const text = pattern.replaceAll(/\{\{|\}\}|\{(\d+)(:[^}]*)?\}/g, (found, index, shape) => {
    if (index === undefined) return found.charAt(0);
    const value = values[Number(index)];
    if (value === undefined || typeof value === 'boolean' || shape !== undefined) isKnown = false;
    return String(value);
  });
  return isKnown ? short(text) : unknown;
}

/** Of the text's UTF-8. */
function base64(text: string): string {
  return btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(''));
}

function fromBase64(text: string): Value {
  try {
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(
      Uint8Array.from(atob(text), (character) => character.charCodeAt(0)),
    );
  } catch {
    return unknown;
  }
}

function short(text: string): Value {
  return text.length > longest ? unknown : text;
}

function shortList(items: readonly Known[]): Value {
  return items.length > mostItems ? unknown : [...items];
}

/** Text, numbers and so on by value, lists and groups by what is in them. */
function isSame(left: unknown, right: unknown): boolean {
  if (Array.isArray(left) && Array.isArray(right))
    return left.length === right.length && left.every((item, index) => isSame(item, right[index]));
  if (!isGroup(left) || !isGroup(right)) return left === right;
  const names = Object.keys(left);
  return names.length === size(right) && names.every((name) => Object.hasOwn(right, name) && isSame(left[name], right[name]));
}
