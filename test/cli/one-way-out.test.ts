import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, test } from 'vitest';
import { Output } from '../../src/cli/output.ts';
import { folderOf } from '../folder.ts';
import { workflowToMend } from './mended-workflow.ts';
import { certflow } from './run.ts';

const source = fileURLToPath(new URL('../../src', import.meta.url));

/** Who may touch the terminal: the two ends of the one way out, and where a person is asked. */
const mayWrite = ['cli/cert/prompt.ts', 'cli/confirm.ts', 'cli/live-lines.ts', 'cli/output.ts', 'cli/process-terminal.ts'];
/** What says which version this is, and which Node it takes, before anything is loaded: words of its own. */
const early = 'cli/bin.ts';

test('nothing else writes to the terminal', () => {
  const writing = globSync('**/*.ts', { cwd: source, exclude: ['generated/**'] })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) =>
      /\bprocess\.std(?:out|err)\b|\bconsole\.\w+\(|\b(?:stdout|stderr|sink)\.write\(|#terminal\[\w+\]\.write\(/.test(
        readFileSync(join(source, file), 'utf8'),
      ),
    );
  expect(writing.sort()).toEqual([early, ...mayWrite].filter((file) => writing.includes(file)).sort());
  expect(writing).toContain('cli/output.ts');
});

function said(speak: (output: Output) => void, env: Record<string, string> = {}): string {
  let text = '';
  const sink = { write: (more: string) => (text += more), isTTY: false };
  speak(new Output({ stdout: sink, stderr: sink, env }));
  return text;
}

it('paints its own words, and nothing that stands in a message', () => {
  expect(said((output) => output.error('\u001b[8mx'), { FORCE_COLOR: '1' })).toBe('\u001b[31merror\u001b[39m: \\u001b[8mx\n');
});

it('hides what a service says of tokens and signed addresses', () => {
  const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTYifQ.abcdefghijklmnop';
  const message = `Refused: ${jwt}\r\nsee https://a.example/x?sp=r&sig=abcdefghijklmnopqrstuvwx`;
  const ways = [said((output) => output.error(message)), said((output) => output.json({ [jwt]: message }))];
  for (const text of ways) expect(text).not.toMatch(/eyJ|sig=a/);
  expect(ways[0]).toMatch(/^error: Refused: \*+\nsee https:\/\/a\.example\/x\?sp=r&sig=\*+\n$/);
});

it('writes files and scripts as they are', () => {
  const script = `::x ##[y]\t"${'a'.repeat(300)}"`;
  expect(said((output) => output.text(script))).toBe(`${script}\n`);
});

test('what check hides of a line, a fix and its JSON hide too', async () => {
  const wrong = workflowToMend({
    authentication: {},
    call: { runtimeConfiguration: { secureData: { properties: ['inputs'] } } },
  });
  const { authentication } = wrong.actions.Call.inputs;
  Object.assign(wrong.actions.Call.inputs, {
    authentication,
    headers: { Authorization: 'Basic cAn4ry0123456789', Cookie: 'cAn4ry' },
  });
  for (const space of [0, 2]) {
    const folder = folderOf({ 'a.json': JSON.stringify(wrong, null, space) });
    for (const args of [[], ['--json'], ['--rule', 'pfx-straight']]) {
      const { stdout } = await certflow('check', folder, '--fix', '--dry-run', ...args);
      expect(stdout).toContain('+++ ');
      expect(stdout).not.toContain('cAn4ry');
    }
  }
});

test('of a long line, a diff shows what changes', async () => {
  const folder = folderOf({ 'a.json': JSON.stringify(workflowToMend({ authentication: {} })) });
  const { stdout } = await certflow('check', folder, '--fix', '--dry-run', '--rule', 'get-secret-outputs');
  const lines = stdout.trimEnd().split('\n').slice(2);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(170);
  expect(lines.find((line) => line.startsWith('+'))).toMatch(/^\+….*"outputs".*…$/);
});
