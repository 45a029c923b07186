import { describe, expect, test } from 'vitest';
import type { Template } from '../../src/expression/syntax.ts';
import { isTemplate, parseTemplate } from '../../src/expression/template.ts';

test('a call, its arguments and its accesses, with their offsets', () => {
  expect(parseTemplate("@ Body('a''b', -1.50)?['c'].d[0]")).toEqual({
    kind: 'expression',
    start: 0,
    end: 32,
    expression: {
      kind: 'call',
      name: 'Body',
      start: 2,
      end: 32,
      arguments: [
        { kind: 'string', value: "a'b", start: 7, end: 13 },
        { kind: 'number', text: '-1.50', start: 15, end: 20 },
      ],
      accesses: [
        { safe: true, notation: 'bracket', key: { kind: 'string', value: 'c', start: 23, end: 26 }, start: 21, end: 27 },
        { safe: false, notation: 'dot', key: { kind: 'string', value: 'd', start: 28, end: 29 }, start: 27, end: 29 },
        { safe: false, notation: 'bracket', key: { kind: 'number', text: '0', start: 30, end: 31 }, start: 29, end: 32 },
      ],
    },
  } satisfies Template);
});

test('text and expressions, with offsets in the whole string', () => {
  expect(parseTemplate("é@@{x}@{ null }@{item()}'")).toEqual({
    kind: 'interpolation',
    start: 0,
    end: 25,
    segments: [
      { kind: 'text', text: 'é@{x}', start: 0, end: 6 },
      { kind: 'expression', expression: { kind: 'null', start: 9, end: 13 }, start: 6, end: 15 },
      {
        kind: 'expression',
        expression: { kind: 'call', name: 'item', arguments: [], accesses: [], start: 17, end: 23 },
        start: 15,
        end: 24,
      },
      { kind: 'text', text: "'", start: 24, end: 25 },
    ],
  } satisfies Template);
});

test('a brace inside a string literal does not end the interpolation', () => {
  expect(parseTemplate("@{concat('}', '''}')}").kind).toBe('interpolation');
});

describe('strings without an expression', () => {
  test.each([
    ['', ''],
    ['@', '@'],
    ['@@', '@'],
    ['@@JobId', '@JobId'],
    ["@@body('x') @{item()}", "@body('x') @{item()}"],
    ['mail@example.com', 'mail@example.com'],
    ['a @@{x} @@@{y}', 'a @{x} @@{y}'],
    ["b@body('x')", "b@body('x')"],
  ])('%j reads %j', (text, value) => {
    expect(isTemplate(text)).toBe(false);
    expect(parseTemplate(text)).toEqual({ kind: 'literal', text: value, start: 0, end: text.length });
  });
});

describe('strings with one, whether it parses or not', () => {
  test.each(['@JobId', '@null', '@{', 'a @{item()}', 'a @@{x} @{item()}', '@ '])('%j', (text) => {
    expect(isTemplate(text)).toBe(true);
  });
});

test.each([
  ['@TRUE', { kind: 'boolean', value: true, start: 1, end: 5 }],
  ['@False', { kind: 'boolean', value: false, start: 1, end: 6 }],
  ['@Null', { kind: 'null', start: 1, end: 5 }],
  ['@12345678901234567890', { kind: 'number', text: '12345678901234567890', start: 1, end: 21 }],
  ['@+1e5', { kind: 'number', text: '+1e5', start: 1, end: 5 }],
  ['@1.5E-3', { kind: 'number', text: '1.5E-3', start: 1, end: 7 }],
  ["@\u00a0\u2003'a'\u3000", { kind: 'string', value: 'a', start: 3, end: 6 }],
])('%j', (text, expression) => {
  expect(parseTemplate(text)).toEqual({ kind: 'expression', expression, start: 0, end: text.length });
});

test('a name may hold everything but the delimiters', () => {
  const template = parseTemplate("@a-b/c$é\"+1('x').odata-d");
  expect(template).toMatchObject({ expression: { name: 'a-b/c$é"+1', accesses: [{ key: { value: 'odata-d' } }] } });
});

describe('hostile strings take linear time', () => {
  const many = 200_000;
  test.each([
    ['@', "('".repeat(many)],
    ['@@', '@{'.repeat(many)],
    ['text', ' @@{'.repeat(many)],
    ['access', `@a()${'?[0].b'.repeat(many)}`],
    ['quotes', `@'${"''".repeat(many)}'`],
    ['arguments', `@a(${'1,'.repeat(many)}1)`],
    ['interpolations', '@{1}'.repeat(many)],
  ])('%s', (_, text) => {
    // Quadratic reading of these takes minutes, and the test runs out of its time.
    try {
      parseTemplate(text);
    } catch (error) {
      expect(error).toHaveProperty('name', 'ExpressionSyntaxError');
    }
  });
});

test('accesses of 100,000 steps are no nesting', () => {
  expect(parseTemplate(`@a()${'?[0]'.repeat(100_000)}`).kind).toBe('expression');
});
