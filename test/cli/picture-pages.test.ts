import { expect, test } from 'vitest';
import { expectGolden } from '../golden.ts';
import { certflow } from './run.ts';

const example = ['examples/sharepoint.certflow.yaml', '-e', 'dev'];

test('the picture of the README is what certflow draws', async () => {
  const { code, stdout } = await certflow('picture', ...example);
  expect(code).toBe(0);
  expectGolden('docs/pictures/hr-lists.svg', `${stdout.trimEnd()}\n`);
});

test('the guide draws the workflow', async () => {
  const { stdout } = await certflow('guide', ...example);
  expect(stdout).toContain('\n```mermaid\nflowchart TD\n');
  expect(stdout).toMatch(/^ {2}class n1 secret$/m);
});
