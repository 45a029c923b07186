import { expect, test } from 'vitest';
import { duration, localTime, took, withLocalTimes } from '../../src/cli/times.ts';

test.each([
  [0, '0.0 s'],
  [420, '0.4 s'],
  [9949, '9.9 s'],
  [9950, '10 s'],
  [59_400, '59 s'],
  [59_600, '1 min 0 s'],
  [72_000, '1 min 12 s'],
  [3_599_700, '1 h 0 min'],
  [7_380_000, '2 h 3 min'],
])('%i milliseconds are %s', (milliseconds, text) => {
  expect(duration(milliseconds)).toBe(text);
});

test('what is no time is shown as it is, and has no duration', () => {
  expect(localTime('soon')).toBe('soon');
  expect(localTime('')).toBe('');
  expect(took({ startTime: '2026-11-30T10:00:00Z' })).toBeUndefined();
});

test('instants in a text are local, and what only looks like one stays', () => {
  const [first, second] = ['2026-01-05T06:00:00.000Z', '2026-12-31T23:59:59Z'];
  expect(withLocalTimes(`from ${first}, until ${second}: old`)).toBe(`from ${localTime(first)}, until ${localTime(second)}: old`);
  expect(localTime(first)).toBe(new Date(first).toLocaleString('sv-SE'));
  for (const other of ['2026-01-05T06:00:00', 'x2026-01-05T06:00:00Z', '2026-99-99T06:00:00Z'])
    expect(withLocalTimes(other)).toBe(other);
});
