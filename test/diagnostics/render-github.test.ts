import { expect, it } from 'vitest';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { renderGitHub } from '../../src/diagnostics/render-github.ts';

const place = (line: number, column: number) => ({ offset: 0, line, column });
const finding: Diagnostic = {
  rule: 'names',
  severity: 'warning',
  category: 'style',
  message: '100% wrong: a, b',
  file: 'flows\\a,b.json',
  pointer: '/actions/A',
  range: { start: place(3, 5), end: place(3, 9) },
  help: 'do\r\nthis',
  docs: 'docs/rules/names.md',
};

it('writes one line for a finding, escaped', () => {
  expect(renderGitHub([finding, { ...finding, severity: 'info' }]).split('\n')).toEqual([
    '::warning file=flows/a%2Cb.json,line=3,endLine=3,col=5,endColumn=8,title=certflow%3A names::100%25 wrong: a, b%0Ado\\r\\nthis',
    expect.stringMatching(/^::notice /),
  ]);
});

it('leaves out columns over several lines, and places that are not known', () => {
  const { range: _, help: __, ...bare } = finding;
  expect(renderGitHub([{ ...bare, range: { start: place(3, 5), end: place(7, 2) } }])).toContain('line=3,endLine=7,col=5,title=');
  expect(renderGitHub([{ ...bare, severity: 'error' }])).toBe(
    '::error file=flows/a%2Cb.json,title=certflow%3A names::100%25 wrong: a, b',
  );
});

it('names the zip of a file inside it', () => {
  expect(renderGitHub([{ ...finding, file: 'p/s.zip!Workflows/F.json' }])).toContain(
    '::warning file=p/s.zip,title=certflow%3A names::Workflows/F.json /actions/A: 100%25',
  );
});
