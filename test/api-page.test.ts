import { expect, test } from 'vitest';
import * as library from '../src/index.ts';
import { samples } from './samples.ts';

test('docs/api.md has a sample of every function', () => {
  const told = samples.filter(({ name }) => name.startsWith('docs-api')).map(({ code }) => code);
  const functions = Object.entries(library).filter(([, value]) => typeof value === 'function');
  expect(functions.length).toBeGreaterThan(15);
  const lacking = functions.filter(([name]) => !told.some((code) => new RegExp(`\\b${name}\\b(?!['"])`).test(code)));
  expect(lacking.map(([name]) => name)).toEqual([]);
});
