// Twice as much of anything takes twice the work. What grows faster lets one file keep a machine busy for hours.
import { expect, test } from 'vitest';
import { kinds } from '../growth/kinds.ts';
import { workOf } from '../growth/work.ts';

test.each(kinds)('$name: twice as many, twice the work', async ({ prepare, few = 300 }) => {
  // What is made at the first use does not count.
  await workOf(prepare(few));
  const [once, twice] = [await workOf(prepare(few)), await workOf(prepare(2 * few))];
  expect(twice / once).toBeLessThan(2.3);
});

test('work that grows faster is seen', async () => {
  const pairs = (count: number) => () => {
    let found = 0;
    for (let first = 0; first < count; first++) for (let second = 0; second < count; second++) found += first ^ second;
    return found;
  };
  const copies = (count: number) => () => {
    let text = 'x'.repeat(count);
    for (let at = 0; at < count; at++) text = `${text.slice(0, at)}*${text.slice(at + 1)}`;
    return text.length;
  };
  for (const growing of [pairs, copies]) {
    await workOf(growing(300));
    const [once, twice] = [await workOf(growing(300)), await workOf(growing(600))];
    expect(twice / once).toBeGreaterThan(3);
  }
});
