import { expect, test } from 'vitest';
import { pageIn, pageOf } from '../../src/cli/pages.ts';

test('the page of a rule is at the address of the documentation, or told by a command', () => {
  expect(pageOf('docs/rules/names.md', 'names', 'https://code.contoso.com/certflow/')).toBe(
    'https://code.contoso.com/certflow/docs/rules/names.md',
  );
  expect(pageOf('docs/rules/names.md', 'names', undefined)).toBe('certflow explain names');
});

test('in JSON the page is that of the finding, rule or code that it is in, and other words are left', () => {
  const value = {
    docs: 'docs/commands/check.md',
    findings: [
      { rule: 'names', name: 'x', docs: 'docs/rules/names.md' },
      { rule: 'spec-shape', docs: '' },
    ],
    code: { code: 'AADSTS700027', docs: 'docs/error-codes.md' },
    text: 'docs/rules/names.md',
  };
  expect(JSON.parse(JSON.stringify(value, pageIn))).toEqual({
    docs: 'docs/commands/check.md',
    findings: [
      { rule: 'names', name: 'x', docs: 'certflow explain names' },
      { rule: 'spec-shape', docs: '' },
    ],
    code: { code: 'AADSTS700027', docs: 'certflow explain AADSTS700027' },
    text: 'docs/rules/names.md',
  });
});
