import fc from 'fast-check';
import { expect, test } from 'vitest';
import { printTemplate } from '../../src/expression/printer.ts';
import { parseTemplate } from '../../src/expression/template.ts';
import { corpusLines } from '../shared.ts';
import { template } from './arbitrary.ts';
import { withoutSpans } from './spans.ts';
import { syntaxErrorOf } from './syntax-error-of.ts';

test('a printed tree reads as the same tree', () => {
  fc.assert(
    fc.property(template, (tree) => {
      expect(withoutSpans(parseTemplate(printTemplate(tree)))).toEqual(tree);
    }),
    { numRuns: 2000 },
  );
});

test.each([
  ["@concat( 'it''s',1.0 )?.a [ 0 ]", "@concat('it''s', 1.0)?.a[0]"],
  ["@{TRUE}@@{x}@{body('a')?['b']}", "@{true}@@{x}@{body('a')?['b']}"],
  ['@@{x}@{y}', '@@{x}@{y}'],
  ['mail@example.com', 'mail@example.com'],
])('%s prints as %s', (text, printed) => {
  expect(printTemplate(parseTemplate(text))).toBe(printed);
});

test('every string of the corpus reads the same after printing', (context) => {
  const strings = corpusLines<string>(context, 'expressions-dev.txt.gz').filter((text) => !syntaxErrorOf(text));
  for (const text of strings) {
    const tree = parseTemplate(text);
    expect(withoutSpans(parseTemplate(printTemplate(tree)))).toEqual(withoutSpans(tree));
  }
});
