import { expect, it } from 'vitest';
import { hideSource } from '../../src/diagnostics/hide-source.ts';

it.each([
  ['{"authentication":{"a":"}\\"{","b":[1]},"c":2}', '{"authentication":**********************,"c":2}'.length],
  ['{"authentication": "@parameters(\'x\')", "c": 1}', 0],
  ['{"authentication":\n{\n"a":1\n}\n,"c":"authentication"}', 0],
])('hides %s', (text) => {
  const shown = hideSource(text);
  expect(shown).toHaveLength(text.length);
  expect(shown.split('\n')).toHaveLength(text.split('\n').length);
  expect(shown).toMatch(/"c": ?(2|1|"authentication")\}$/);
  expect(shown.slice(0, shown.indexOf('"c"'))).toMatch(/^\{"authentication": ?[*\n]+, ?$/);
});

it('hides to the end what is cut off, and survives what is no JSON', () => {
  expect(hideSource('{"authentication":{"a":"secr')).toBe(`{"authentication":${'*'.repeat(10)}`);
  expect(hideSource('{"authentication":')).toBe('{"authentication":');
  expect(hideSource('{"authentication":}')).toBe('{"authentication":}');
  expect(hideSource('{"a":1}')).toBe('{"a":1}');
  const long = `{"authentication":{"a":"${'\\"x'.repeat(1_000_000)}"},"b":1}`;
  expect(hideSource(long).endsWith('*,"b":1}')).toBe(true);
});
