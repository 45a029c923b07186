import { expect, test } from 'vitest';
import { secondsIn } from '../../src/definition/duration.ts';

test.each([
  ['PT5S', 5],
  ['P1D', 86_400],
  ['PT1H30M', 5400],
  ['P1DT1S', 86_401],
  ['P2W', 1_209_600],
  ['PT0.5S', 0.5],
  ['20S', undefined],
  ['P', undefined],
  ['PT', undefined],
  ['P1DT', undefined],
  ['PT1S ', 1],
  [' PT10M', 600],
  ['PT 1S', undefined],
  ['pt1s', undefined],
])('%s', (duration, seconds) => {
  expect(secondsIn(duration)).toBe(seconds);
});
