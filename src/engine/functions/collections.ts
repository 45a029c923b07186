import { refuse } from '../refusal.ts';
import { groupOf, isSame, jsonText } from '../values/json.ts';
import { isNumeric } from '../values/numbers.ts';
import { asText } from '../values/text.ts';
import { type Group, isGroup, isList, type Value } from '../values/value.ts';
import { any, count, group, list, optionalText, text } from './arguments.ts';
import type { Evaluations } from './function.ts';
import { fewItems, short } from './limits.ts';
import { compared } from './logic.ts';

/** Lists, groups, and texts as lists of characters. Source: docs/facts/engine.md#collections. */
export const collections = {
  addProperty: (values) => {
    const name = text(values, 1);
    if (nameIn(group(values, 0), name) !== undefined) refuse(`The object has a property '${name.slice(0, 60)}' already.`);
    return withProperty(group(values, 0), name, any(values, 2));
  },
  chunk: (values) => {
    const length = count(values, 1);
    if (length < 1) refuse('The length of a chunk must be at least 1.');
    const whole = sequence(any(values, 0));
    return Array.from({ length: Math.ceil(whole.length / length) }, (_, index) =>
      whole.slice(index * length, (index + 1) * length),
    );
  },
  contains: (values) => {
    const [whole, wanted] = [any(values, 0), any(values, 1)];
    if (typeof whole === 'string') return whole.includes(asText(wanted));
    if (isList(whole)) return whole.some((item) => isSame(item, wanted));
    return nameIn(group(values, 0), asText(wanted)) !== undefined;
  },
  createArray: (values) => fewItems(values),
  empty: (values) => {
    const value = any(values, 0);
    return value === null || (isGroup(value) ? Object.keys(value).length : sequence(value).length) === 0;
  },
  first: (values) => ends(any(values, 0), 0),
  intersection: (values) => {
    const [first, ...others] = [...values];
    if (isList(first)) {
      const lists = others.map((_, index) => keys(list(values, index + 1)));
      return unique(first).filter((item) => lists.every((one) => one.has(jsonText(item))));
    }
    const groups = others.map((_, index) => group(values, index + 1));
    const last = groups.at(-1) ?? group(values, 0);
    return groupOf(
      Object.entries(group(values, 0)).flatMap(([name, value]): [string, Value][] =>
        groups.every((one) => Object.hasOwn(one, name)) ? [[name, last[name] ?? value]] : [],
      ),
    );
  },
  join: (values) => short(list(values, 0).map(asText).join(text(values, 1))),
  last: (values) => ends(any(values, 0), -1),
  length: (values) => sequence(any(values, 0)).length,
  removeProperty: (values) => {
    const name = nameIn(group(values, 0), text(values, 1));
    return groupOf(Object.entries(group(values, 0)).filter(([one]) => one !== name));
  },
  reverse: (values) => list(values, 0).toReversed(),
  setProperty: (values) => withProperty(group(values, 0), text(values, 1), any(values, 2)),
  skip: (values) => list(values, 0).slice(notNegative(count(values, 1))),
  sort: (values) => {
    const by = optionalText(values, 1);
    const keyOf = (item: Value) =>
      by === undefined ? item : isGroup(item) ? (item[by] ?? null) : refuse('Only objects are sorted by a property.');
    return list(values, 0).toSorted((left, right) => sortOrder(keyOf(left), keyOf(right)));
  },
  take: (values) => sequence(any(values, 0)).slice(0, notNegative(count(values, 1))),
  union: (values) => {
    const [first] = values;
    if (isList(first)) return fewItems(unique(values.flatMap((_, index) => list(values, index))));
    return values.map((_, index) => group(values, index)).reduce(merged);
  },
} satisfies Partial<Evaluations<string>>;

function sequence(value: Value): string | readonly Value[] {
  return typeof value === 'string' || isList(value) ? value : refuse('The value must be an array or a string.');
}

/** The first or last item; null of a list that is empty, an empty text of an empty text. */
function ends(value: Value, at: 0 | -1): Value {
  return typeof value === 'string' ? (value.at(at) ?? '') : (sequence(value).at(at) ?? null);
}

function notNegative(value: number): number {
  return value < 0 ? refuse('The count must not be negative.') : value;
}

/** The name of a property as the group has it; the case of a name does not count. */
export function nameIn(whole: Group, name: string): string | undefined {
  if (Object.hasOwn(whole, name)) return name;
  const word = name.toLowerCase();
  return Object.keys(whole).find((one) => one.toLowerCase() === word);
}

function withProperty(whole: Group, name: string, value: Value): Group {
  return { ...whole, [nameIn(whole, name) ?? name]: value };
}

function keys(items: readonly Value[]): Set<string> {
  return new Set(items.map((item) => jsonText(item)));
}

function unique(items: readonly Value[]): Value[] {
  const found = new Map<string, Value>();
  for (const item of items) {
    const key = jsonText(item);
    if (!found.has(key)) found.set(key, item);
  }
  return [...found.values()];
}

/** The members of both; of the second where both have one, but groups in both are merged too. */
function merged(first: Group, second: Group): Group {
  const members = new Map(Object.entries(first));
  for (const [name, value] of Object.entries(second)) {
    const before = members.get(name);
    members.set(name, isGroup(before) && isGroup(value) ? merged(before, value) : value);
  }
  return groupOf(members);
}

/** Null first, then booleans, numbers and texts among themselves. */
function sortOrder(left: Value, right: Value): number {
  const [one, other] = [rank(left), rank(right)];
  if (one !== other) return one - other;
  if (typeof left === 'boolean') return Number(left) - Number(right);
  return left === null ? 0 : compared([left, right]);
}

function rank(value: Value): number {
  if (value === null) return 0;
  if (typeof value === 'boolean') return 1;
  if (isNumeric(value)) return 2;
  return typeof value === 'string' ? 3 : refuse('Only numbers, strings and booleans are sorted.');
}
