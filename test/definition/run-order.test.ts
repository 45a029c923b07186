import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RunOrder } from '../../src/definition/run-order.ts';
import { type ActionEntry, listActions } from '../../src/definition/walk.ts';

const compose = (...after: string[]) => ({
  type: 'Compose',
  inputs: 1,
  runAfter: Object.fromEntries(after.map((name) => [name, ['Succeeded']])),
});

/** Whether an expression in one action may ask about another, by name. */
function asker(actions: unknown) {
  const entries = new Map(listActions({ actions }).map((entry) => [entry.name, entry]));
  const order = new RunOrder();
  return (from: string, about: string) => order.mayRefer(entries.get(from) as ActionEntry, entries.get(about) as ActionEntry);
}

describe('an action may ask about', () => {
  const ask = asker({
    A: compose(),
    Scope: { type: 'Scope', actions: { Inner: compose(), Next: compose('Inner') }, runAfter: { a: ['Succeeded'] } },
    Loop: { type: 'Foreach', actions: { Item: compose(), Beside: compose() }, runAfter: { Scope: ['Failed'] } },
    Round: { type: 'Until', actions: { Once: compose() }, runAfter: { Scope: ['Succeeded'] } },
    Lost: compose('Nobody'),
    AfterLost: compose('Lost'),
    One: compose('Two'),
    Two: compose('One'),
  });

  test.each([
    ['Scope', 'A', 'what it runs after, whatever the case'],
    ['Loop', 'A', 'what runs before that'],
    ['Next', 'A', 'what a group around it runs after'],
    ['Next', 'Inner', 'what runs before it in its group'],
    ['Loop', 'Inner', 'what stands in something before it'],
    ['Item', 'Inner', 'what stands in something before a group around it'],
    ['Item', 'Loop', 'a group around it'],
    ['Round', 'Once', 'what stands in it, after each of its rounds'],
    ['Lost', 'Loop', 'anything, when it runs after something unknown'],
    ['AfterLost', 'Loop', 'anything, when that is so of something before it'],
    ['One', 'Loop', 'anything, when it is in a circle'],
  ])('%s about %s: %s', (from, about) => {
    expect(ask(from, about)).toBe(true);
  });

  test.each([
    ['A', 'A'],
    ['A', 'Scope'],
    ['Inner', 'Next'],
    ['Item', 'Beside'],
    ['Scope', 'Item'],
    ['Loop', 'Item'],
    ['A', 'Lost'],
  ])('%s not about %s', (from, about) => {
    expect(ask(from, about)).toBe(false);
  });
});

test('where agents hand over to each other, an action may ask about any', () => {
  const ask = asker({ A: { ...compose(), transitions: { B: {} } }, B: compose() });
  expect(ask('B', 'A')).toBe(true);
});

test('in a group without circles it is what a search back through runAfter finds', () => {
  const edges = fc.array(fc.tuple(fc.nat(39), fc.nat(39)), { minLength: 20, maxLength: 60, size: 'max' });
  fc.assert(
    fc.property(edges, (pairs) => {
      const before: Set<number>[] = Array.from({ length: 40 }, () => new Set());
      for (const [a, b] of pairs) if (a !== b) before[Math.max(a, b)]?.add(Math.min(a, b));
      const names = (set: Set<number>) => [...set].map((at) => `A${at}`);
      const ask = asker(Object.fromEntries(before.map((set, index) => [`A${index}`, compose(...names(set))])));
      const all = before.map(() => new Set<number>());
      for (const [index, set] of before.entries()) {
        for (const earlier of set) for (const each of [earlier, ...(all[earlier] ?? [])]) all[index]?.add(each);
        for (let about = 0; about < 40; about++)
          if (about !== index) expect(ask(`A${index}`, `A${about}`)).toBe(all[index]?.has(about));
      }
    }),
    { numRuns: 20 },
  );
});
