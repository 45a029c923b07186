import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { nodeProblem } from '../../src/cli/node-version.ts';

test.each(['22.12.0', '22.13.1', '23.0.0', '24.21.0', '100.0.0'])('%s will do', (version) => {
  expect(nodeProblem(version)).toBeUndefined();
});

test.each(['22.11.0', '22.2.0', '20.20.2', '18.0.0'])('%s is too old, and the message says what to do', (version) => {
  expect(nodeProblem(version)).toBe(
    `certflow needs Node.js 22.12 or newer, and this is ${version}. Install a newer one (https://nodejs.org), then try again.`,
  );
});

test('the oldest is the one that package.json names', () => {
  const { engines } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  expect(engines.node).toBe('>=22.12');
});
