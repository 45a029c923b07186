import { isDeepStrictEqual } from 'node:util';
import { expect, test } from 'vitest';
import { parseTemplate } from '../../src/expression/template.ts';
import { corpusLines } from '../shared.ts';
import { type DesignerVerdict, normalise, toDesignerTree } from './designer.ts';
import { syntaxErrorOf } from './syntax-error-of.ts';

/** XPath, SQL and agent parameter names that would need `@@`; named in known-broken.json of the corpus. */
const placeholders = [
  '@ConnectionName',
  '@JobId',
  '@TableName',
  '@destination',
  '@downloadFilePath',
  '@downloadFilePathRelativeToRoot',
  '@newQueueName',
  '@path',
  '@source',
  '@uploadFilePath',
  '@uploadFilePathRelativeToRoot',
];

test('every real expression parses, but for the placeholders', (context) => {
  const strings = corpusLines<string>(context, 'expressions-dev.txt.gz');
  expect(strings).toHaveLength(11_062);
  expect(strings.filter(syntaxErrorOf).sort()).toEqual(placeholders);
});

test('every tree says what the tree of the designer says', (context) => {
  const verdicts = corpusLines<DesignerVerdict>(context, 'expressions-ast.jsonl.gz');
  expect(verdicts).toHaveLength(11_062);
  for (const { expression, ast } of verdicts) {
    if (ast) expect(toDesignerTree(parseTemplate(expression)), expression).toEqual(normalise(ast, expression));
    else expect(syntaxErrorOf(expression), expression).toBeDefined();
  }
});

/**
 * The designer's parser stops after the first expression and never looks whether text follows it. The service does look:
 * `broken/expression-text-after-it.json` of the corpus. So where the designer reads just what stands before the text that we refuse,
 * its verdict says nothing about that text.
 */
function isOnlyTextAfter({ expression, ast }: DesignerVerdict): boolean {
  const error = syntaxErrorOf(expression);
  if (!error || !ast) return false;
  const before = expression.slice(0, error.offset);
  if (ast.type === 'StringInterpolation') return syntaxErrorOf(`${before}}`) === undefined;
  return (
    syntaxErrorOf(before) === undefined && isDeepStrictEqual(toDesignerTree(parseTemplate(before)), normalise(ast, expression))
  );
}

/** Every other string on whose verdict we differ, and why we are right. */
const differences: Readonly<Record<string, string>> = {
  "@trig\"gerBody(-)?['ruleSetType']": 'a sign without digits is no number',
  '@guid(-)': 'a sign without digits is no number',
  '@rand(0,4E+))': 'an exponent without digits is no number, and the last parenthesis closes nothing',
};

test('mutated expressions are refused where the designer refuses them', (context) => {
  const verdicts = corpusLines<DesignerVerdict>(context, 'expressions-mutated.jsonl.gz');
  expect(verdicts).toHaveLength(10_000);
  const differing = verdicts.filter(
    (verdict) => (syntaxErrorOf(verdict.expression) !== undefined) !== (verdict.error !== undefined),
  );
  const textAfter = differing.filter(isOnlyTextAfter);
  expect(textAfter).toHaveLength(356);
  expect(differing.filter((verdict) => !textAfter.includes(verdict)).map((verdict) => verdict.expression)).toEqual(
    Object.keys(differences),
  );
});

test('mutated expressions that parse have the tree of the designer', (context) => {
  for (const { expression, ast } of corpusLines<DesignerVerdict>(context, 'expressions-mutated.jsonl.gz')) {
    if (ast && !syntaxErrorOf(expression))
      expect(toDesignerTree(parseTemplate(expression)), expression).toEqual(normalise(ast, expression));
  }
});
