import { historyOf } from '../engine/run/history.ts';
import type { OperationRun, Run } from '../engine/run/result.ts';
import { isObject } from '../json/json.ts';
import { difference } from './difference.ts';
import type { Failure } from './failure.ts';

/** What runs were when they were written down, by the name of the case. */
export type Snapshots = Readonly<Record<string, unknown>>;

/** Stands for a text that run history hides somewhere. */
const secured = '(secured)';
/** A shorter text stands in others by chance. */
const shortest = 4;

/**
 * A run as it is written down: what history shows, without times. A text that history hides in one place is not written in another one
 * either, even where the workflow shows it there; but for those that stand in the definition for everybody.
 */
export function snapshotOf(run: Run, definition: unknown): unknown {
  const open = JSON.stringify(definition);
  const hidden = [run, ...run.others].flatMap(({ trigger, actions }) => [trigger, ...actions].flatMap(hiddenTexts));
  const texts = [...new Set(hidden)].filter(
    (text) => text.length >= shortest && !open.includes(JSON.stringify(text).slice(1, -1)),
  );
  // The longest first: a text may hold another one.
  texts.sort((left, right) => right.length - left.length || (left < right ? -1 : 1));
  return written(withoutUsual(JSON.parse(JSON.stringify(historyOf(run)))), texts);
}

function hiddenTexts(operation: OperationRun): string[] {
  return operation.hidden.flatMap((part) => textsIn(operation[part]));
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  return isObject(value) ? Object.values(value).flatMap(textsIn) : [];
}

/** What stands at each run or action where nothing is to be said, and times. */
const usual: Readonly<Record<string, unknown>> = {
  outputs: {},
  variables: {},
  notRun: [],
  others: [],
  hidden: [],
  iterations: [],
  code: 'OK',
  attempt: 1,
};
const times = new Set(['startTime', 'endTime', 'at']);

function withoutUsual(run: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const told = Object.entries(run).filter(
    ([name, value]) => !times.has(name) && JSON.stringify(value) !== JSON.stringify(usual[name]),
  );
  return Object.fromEntries(
    told.map(([name, value]) => {
      if (name === 'trigger' && isObject(value)) return [name, withoutUsual(value)];
      const isList = ['actions', 'requests', 'others'].includes(name) && Array.isArray(value);
      return [name, isList ? value.map((one) => (isObject(one) ? withoutUsual(one) : one)) : value];
    }),
  );
}

function written(value: unknown, secrets: readonly string[]): unknown {
  if (typeof value === 'string') return secrets.reduce((text, secret) => text.replaceAll(secret, secured), value);
  if (Array.isArray(value)) return value.map((item) => written(item, secrets));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [String(written(name, secrets)), written(inner, secrets)]),
  );
}

/** Where a run is not as it was written down, or that it never was. */
export function changes(name: string, snapshot: unknown, known: Snapshots): Failure[] {
  const pointer = '/expect/snapshot';
  if (!Object.hasOwn(known, name))
    return [{ pointer, message: 'the run is not written down yet: "certflow test --update" does it' }];
  const before = known[name];
  const found = difference(before, snapshot) ?? difference(snapshot, before);
  if (!found) return [];
  const isMore = !difference(before, snapshot);
  const message = isMore ? 'it has what was not written down' : found.message;
  return [
    { pointer, message: `the run has changed at ${found.pointer}: ${message}; "certflow test --update" takes it as right` },
  ];
}
