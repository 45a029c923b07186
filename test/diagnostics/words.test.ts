import { expect, test } from 'vitest';
import { quote, suggest } from '../../src/diagnostics/words.ts';

test('a near word is offered', () => {
  expect(suggest('Vualt', ['vault', 'certificate'])).toBe('did you mean "vault"?');
});

test('without a near word, all are listed', () => {
  expect(suggest('xyz', ['dev', 'prod'], 'environments')).toBe('environments: dev, prod');
});

test('a long value is quoted in part', () => {
  expect(quote('a'.repeat(100))).toHaveLength(58);
  expect(quote('line\nfeed')).toBe('"line\\nfeed"');
});
