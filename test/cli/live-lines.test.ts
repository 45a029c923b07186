import { expect, test } from 'vitest';
import { LiveLines } from '../../src/cli/live-lines.ts';
import { rowsOf } from '../../src/cli/rows.ts';
import { show } from '../../src/diagnostics/show.ts';

function lines(columns?: number) {
  let written = '';
  const rows = columns === undefined ? undefined : rowsOf(columns);
  const live = new LiveLines(
    { write: (text) => (written += text), isTTY: rows !== undefined },
    (words) => show(words, { ...(rows && { wrap: rows.wrap }) }),
    rows,
  );
  return { live, written: () => written };
}

test('where nobody looks, each change is a line', () => {
  const { live, written } = lines();
  live.set('a', 'a: Running');
  live.set('b', 'b: Running');
  live.set('a', 'a: Succeeded');
  live.erase();
  expect(written()).toBe('a: Running\nb: Running\na: Succeeded\n');
});

test('on a terminal the lines change in place, and a long one takes more rows', () => {
  const { live, written } = lines(12);
  live.set('a', 'a: Running');
  live.set('b', 'b: something long');
  live.set('a', 'a: done');
  const second = 'b: something\n   long\n';
  expect(written()).toBe(`a: Running\n\u001b[1A\u001b[Ja: Running\n${second}\u001b[3A\u001b[Ja: done\n${second}`);
});

test('a word that the terminal breaks is counted with its rows', () => {
  const { live, written } = lines(10);
  live.set('a', `${'x'.repeat(25)}`);
  live.erase();
  expect(written().endsWith('\u001b[3A\u001b[J')).toBe(true);
});

test('what is over is taken away', () => {
  const { live, written } = lines(12);
  live.set('a', 'a: Running');
  live.clear();
  live.draw();
  expect(written()).toBe('a: Running\n\u001b[1A\u001b[J');
});

test('more lines than a terminal holds are written one after the other', () => {
  const { live, written } = lines(80);
  for (let index = 0; index < 20; index++) live.set(String(index), `line ${index}`);
  expect(written().split('\u001b[J').at(-1)).toBe('line 15\nline 16\nline 17\nline 18\nline 19\n');
});
