import { expect, test } from 'vitest';
import { LiveLines } from '../../src/cli/live-lines.ts';

function lines(isTTY: boolean, columns = 40) {
  let written = '';
  const live = new LiveLines({ write: (text) => (written += text), isTTY, columns }, String);
  return { live, written: () => written };
}

test('where nobody looks, each change is a line', () => {
  const { live, written } = lines(false);
  live.set('a', 'a: Running');
  live.set('b', 'b: Running');
  live.set('a', 'a: Succeeded');
  live.erase();
  expect(written()).toBe('a: Running\nb: Running\na: Succeeded\n');
});

test('on a terminal the lines change in place, and none is longer than the terminal is wide', () => {
  const { live, written } = lines(true, 12);
  live.set('a', 'a: Running');
  live.set('b', 'b: something long');
  live.set('a', 'a: done');
  expect(written()).toBe('a: Running\n\u001b[1A\u001b[Ja: Running\nb: somethin\n\u001b[2A\u001b[Ja: done\nb: somethin\n');
});

test('more lines than a terminal holds are written one after the other', () => {
  const { live, written } = lines(true);
  for (let index = 0; index < 20; index++) live.set(String(index), `line ${index}`);
  expect(written().split('\u001b[J').at(-1)).toBe('line 15\nline 16\nline 17\nline 18\nline 19\n');
});
