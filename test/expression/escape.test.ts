import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { escapeText } from '../../src/expression/escape.ts';
import type { Expression } from '../../src/expression/syntax.ts';
import { parseTemplate } from '../../src/expression/template.ts';
import { trickyText } from './arbitrary.ts';

/** What the service makes of a string whose only expressions are string literals. */
function read(text: string): string {
  const template = parseTemplate(text);
  if (template.kind === 'literal') return template.text;
  if (template.kind === 'expression') return textOf(template.expression);
  return template.segments.map((segment) => (segment.kind === 'text' ? segment.text : textOf(segment.expression))).join('');
}

function textOf(expression: Expression): string {
  if (expression.kind !== 'string') throw new Error(`an escaped text holds a ${expression.kind}`);
  return expression.value;
}

test('an escaped text reads as itself', () => {
  fc.assert(
    fc.property(trickyText, (text) => {
      expect(read(escapeText(text))).toBe(text);
    }),
    { numRuns: 5000 },
  );
});

describe('each way of escaping', () => {
  test.each([
    ['', ''],
    ['plain {text} and mail@example.com', 'plain {text} and mail@example.com'],
    ['@', '@@'],
    ['@JobId', '@@JobId'],
    ['@@twice', '@@@twice'],
    ['@{x}', '@@{x}'],
    ['a @{x} b @{y}', 'a @@{x} b @@{y}'],
    ['a @@{x}', "a @{'@@'}{x}"],
    ['@@{x}', "@{'@@'}{x}"],
    ['@a @{x}', "@{'@'}a @{'@'}{x}"],
    ['@{x}@{y}', "@{'@'}{x}@{'@'}{y}"],
  ])('%j is written %j', (text, escaped) => {
    expect(escapeText(text)).toBe(escaped);
  });
});

test('long runs of @ take linear time', () => {
  const text = `a${'@'.repeat(200_000)}`;
  expect(escapeText(text)).toBe(text);
});

test.each([
  ['@odata.type', '@@odata.type'],
  ['@@x', '@@@x'],
  ['a@b', 'a@b'],
  ['a@{b<c}', 'a@@{b<c}'],
])('the key %j is written %j', (key, escaped) => {
  expect(escapeText(key)).toBe(escaped);
});
