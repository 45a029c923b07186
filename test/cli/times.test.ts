import { expect, test } from 'vitest';
import { duration, localTime, took } from '../../src/cli/times.ts';

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
