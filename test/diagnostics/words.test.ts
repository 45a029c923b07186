import { expect, test } from 'vitest';
import { nearestWord, quote, suggest } from '../../src/diagnostics/words.ts';

test.each([
  ['vualt', 'vault'],
  ['VAULT', 'vault'],
  ['certificat', 'certificate'],
  ['requests', 'requests'],
  ['xyz', undefined],
])('%s: %s', (written, expected) => {
  expect(nearestWord(written, ['vault', 'certificate', 'requests'])).toBe(expected);
});

test('without a near word, all are listed', () => {
  expect(suggest('xyz', ['dev', 'prod'], 'environments')).toBe('environments: dev, prod');
});

test('a long value is quoted in part', () => {
  expect(quote('a'.repeat(100))).toHaveLength(58);
  expect(quote('line\nfeed')).toBe('"line\\nfeed"');
});
