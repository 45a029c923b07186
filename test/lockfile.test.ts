import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const lock = JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8'));
const entries: [string, { link?: boolean; integrity?: string; resolved?: string }][] = Object.entries(lock.packages);

test('every package is the one that it was (node scripts/complete-lockfile.ts), from whatever registry', () => {
  const packages = entries.filter(([place, { link }]) => place !== '' && !link);
  expect(packages.length).toBeGreaterThan(100);
  expect(packages.filter(([, { integrity }]) => !integrity?.startsWith('sha512-')).map(([place]) => place)).toEqual([]);
  expect(packages.filter(([, { resolved }]) => resolved?.startsWith('http')).map(([place]) => place)).toEqual([]);
});
