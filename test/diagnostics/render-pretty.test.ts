import { expect, test } from 'vitest';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { countBySeverity, renderPretty } from '../../src/diagnostics/render-pretty.ts';
import { show } from '../../src/diagnostics/show.ts';

function finding(overrides: Partial<Diagnostic>): Diagnostic {
  return {
    rule: 'x',
    severity: 'error',
    category: 'correctness',
    message: 'it is wrong',
    file: 'a.yaml',
    pointer: '/b',
    docs: '',
    ...overrides,
  };
}

function at(line: number, column: number, endLine: number, endColumn: number): Pick<Diagnostic, 'range'> {
  return { range: { start: { offset: 0, line, column }, end: { offset: 0, line: endLine, column: endColumn } } };
}

const render = (diagnostic: Diagnostic, text?: string) => show(renderPretty([diagnostic], () => text));

test('the characters meant are marked, below tabs too', () => {
  expect(render(finding({ ...at(2, 3, 2, 5), help: 'mend it' }), 'x\n\t\tab\ty')).toBe(
    'a.yaml:2:3: error: it is wrong [x]\n2 | \t\tab\ty\n  | \t\t^~\n  help: mend it\n',
  );
});

test('what goes on over lines is marked to the end of its first; what has no length is marked once', () => {
  expect(render(finding(at(1, 2, 3, 1)), 'abc\r\nd')).toContain('1 | abc\n  |  ^~\n');
  expect(render(finding(at(1, 4, 1, 4)), 'abc')).toContain('  |    ^\n');
});

test('of a very long line, the place alone is shown', () => {
  const shown = render(finding(at(1, 5001, 1, 5003)), `${'a'.repeat(5000)}bb${'c'.repeat(5000)}`);
  expect(shown).toBe('a.yaml:1:5001: error: it is wrong [x]\n1 | …bb…\n  |  ^~\n');
});

test('nothing of an authentication block is echoed', () => {
  const text = '{ "authentication": { "password": "canary" } }';
  expect(render(finding({ ...at(1, 35, 1, 43), pointer: '/actions/A/inputs/authentication/password' }), text)).not.toContain(
    'canary',
  );
  expect(render(finding({ ...at(1, 35, 1, 43), pointer: '/actions/uri' }), text)).not.toContain('canary');
  const other = text.replace('authentication', 'authentication_x').replace('password', 'greeting');
  expect(render(finding({ ...at(1, 37, 1, 45), pointer: '/actions/authentication_x' }), other)).toContain('canary');
});

test('without a range, the pointer says where', () => {
  expect(render(finding({}))).toBe('a.yaml /b: error: it is wrong [x]\n');
});

test('the path of a secret is told step by step, each with its place', () => {
  const path = [
    { message: '"A" reads it', file: 'a.yaml', pointer: '/a', ...at(3, 5, 3, 8) },
    { message: '"B" shows it', pointer: '/b' },
  ];
  expect(render(finding({ path, help: 'hide it' }))).toBe(
    'a.yaml /b: error: it is wrong [x]\n  path: 1. "A" reads it (a.yaml:3:5)\n        2. "B" shows it (/b)\n  help: hide it\n',
  );
});

test('findings are counted', () => {
  const severities = ['error', 'warning', 'warning', 'info', 'info'] as const;
  expect(countBySeverity(severities.map((severity) => finding({ severity })))).toBe('1 error, 2 warnings, 2 info');
});

test('of a file with very many findings, the gravest are shown, and how many more there are', () => {
  const many = Array.from({ length: 10_000 }, (_, index) =>
    finding({ severity: 'info', message: `remark ${index}`, ...at(index + 1, 1, index + 1, 2) }),
  );
  const [first, last] = [finding({ message: 'first' }), finding({ message: 'last' })];
  const other = finding({ file: 'b.yaml', message: 'in another file' });
  const lines = show(renderPretty([first, ...many, last, other], () => undefined))
    .split('\n')
    .filter((line) => line !== '');
  expect(lines).toHaveLength(202);
  expect([lines[0], lines[1], ...lines.slice(-4)].join('\n')).toBe(
    [
      'a.yaml /b: error: first [x]',
      'a.yaml:1:1: info: remark 0 [x]',
      'a.yaml:198:1: info: remark 197 [x]',
      'a.yaml /b: error: last [x]',
      'a.yaml: and 9,802 more',
      'b.yaml /b: error: in another file [x]',
    ].join('\n'),
  );
});
