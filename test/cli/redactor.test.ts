import { expect, test } from 'vitest';
import { Output } from '../../src/cli/output.ts';
import { Redactor, Revealed } from '../../src/cli/redactor.ts';

function outputTo(written: { text: string }) {
  const sink = { write: (text: string) => (written.text += text), isTTY: false };
  return new Output({ stdout: sink, stderr: sink, env: {} });
}

test.each([
  ['result', (output: Output) => output.result('a canary"1\\ b')],
  ['note', (output: Output) => output.note('a canary"1\\ b')],
  ['error', (output: Output) => output.error('a canary"1\\ b')],
  ['json', (output: Output) => output.json({ a: ['a canary"1\\ b'], b: { c: 'canary"1\\' } })],
  ['json, quoted once already', (output: Output) => output.json({ a: JSON.stringify('canary"1\\') })],
  ['write to stdout', (output: Output) => output.write('stdout', 'a canary"1\\ b')],
  ['write to stderr', (output: Output) => output.write('stderr', 'a canary"1\\ b')],
  [
    'diagnostics with their lines',
    (output: Output) => {
      output.remember('f', 'x: canary"1\\');
      const position = { offset: 0, line: 1, column: 1 };
      const range = { start: position, end: { offset: 1, line: 1, column: 2 } };
      output.diagnostics([
        { rule: 'r', severity: 'error', category: 'style', message: 'a canary"1\\ b', file: 'f', pointer: '', range, docs: '' },
      ]);
    },
  ],
])('%s hides a secret', (_, print) => {
  const written = { text: '' };
  const output = outputTo(written);
  output.addSecret('canary"1\\');
  print(output);
  expect(written.text).toContain('[hidden]');
  expect(written.text).not.toContain('canary');
});

test('before it is told of, a text is printed as it is; a revealed secret is printed once more', () => {
  const written = { text: '' };
  const output = outputTo(written);
  output.result('canary');
  output.addSecret('canary');
  output.reveal('password: ', new Revealed('canary'));
  output.json({ password: new Revealed('canary'), other: 'canary' });
  expect(written.text).toBe('canary\npassword: canary\n{\n  "password": "canary",\n  "other": "[hidden]"\n}\n');
});

test('a secret within another is hidden with it; very short ones are let be', () => {
  const redactor = new Redactor();
  for (const secret of ['abcd', 'abcdefgh', 'e', '']) redactor.add(secret);
  expect(redactor.redact('abcdefgh abcd e')).toBe('[hidden] [hidden] e');
});
