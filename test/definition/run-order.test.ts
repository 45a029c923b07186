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
    Lost: compose('Nobody'),
    AfterLost: compose('Lost'),
    One: compose('Two'),
    Two: compose('One'),
  });

  test.each([
    ['Scope', 'A', 'what it runs after, whatever the case'],
    ['Next', 'A', 'what a group around it runs after'],
    ['Next', 'Inner', 'what runs before it in its group'],
    ['Loop', 'Inner', 'what stands in something before it'],
    ['Item', 'Inner', 'what stands in something before a group around it'],
    ['Item', 'Loop', 'a group around it'],
    ['Loop', 'Item', 'what stands in it'],
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
  const edges = fc.array(fc.tuple(fc.nat(79), fc.nat(79)), { maxLength: 200 });
  fc.assert(
    fc.property(edges, (pairs) => {
      const before = new Map<number, Set<number>>();
      for (const [a, b] of pairs)
        if (a !== b) before.set(Math.max(a, b), (before.get(Math.max(a, b)) ?? new Set()).add(Math.min(a, b)));
      const actions = Object.fromEntries(
        Array.from({ length: 80 }, (_, index) => [`A${index}`, compose(...[...(before.get(index) ?? [])].map((at) => `A${at}`))]),
      );
      const ask = asker(actions);
      const reaches = (from: number, about: number): boolean =>
        [...(before.get(from) ?? [])].some((at) => at === about || (at > about && reaches(at, about)));
      const [from, about] = [79, pairs[0]?.[0] ?? 0];
      for (const at of [from, 40, 64]) if (at !== about) expect(ask(`A${at}`, `A${about}`)).toBe(reaches(at, about));
    }),
    { numRuns: 40 },
  );
});
