import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';

const library = pathToFileURL(join(fileURLToPath(new URL('../..', import.meta.url)), 'dist', 'index.js')).href;

test.each([
  ['a spec with mistakes', "parseSpec('name: 3')", 'SpecError: "trigger" is missing (and 4 more)'],
  [
    'a workflow that Azure refuses',
    'runWorkflow({ triggers: {}, actions: { a: { type: 3 } } })',
    'WorkflowRefusedError: Azure refuses the workflow',
  ],
  ['wrong options', "generate(parseSpec('{}'), {})", 'SpecError: '],
  ['a text that is no expression', "parseTemplate('@{')", 'ExpressionSyntaxError: '],
])('an error that nobody catches is its message and a short stack: %s', (_, code, message) => {
  const program = `import { generate, parseSpec, parseTemplate, runWorkflow } from '${library}';\n${code};`;
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' });
  expect(status).toBe(1);
  expect(stderr).toContain(`\n${message}`);
  expect(stderr.split('\n').length).toBeLessThan(24);
  expect(stderr.length).toBeLessThan(2500);
});
