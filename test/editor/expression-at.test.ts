import { expect, test } from 'vitest';
import { expressionAt } from '../../src/editor/expression-at.ts';

const function_ = (start: number) => ({ kind: 'function', start });
const argument = (callee: string, start: number) => ({ kind: 'argument', callee, start });
const access = (value: string, text: string, start: number, notation: 'dot' | 'bracket') => {
  const valueStart = text.indexOf(value);
  return { kind: 'access', start, valueStart, valueEnd: valueStart + value.length, notation };
};

test.for<[text: string, expected: (text: string) => unknown]>([
  ['@', () => function_(1)],
  ['@bod', () => function_(1)],
  ['@{', () => function_(2)],
  ['text @{con', () => function_(7)],
  ['@concat(', () => function_(8)],
  ["@concat('a', bo", () => function_(13)],
  ["@body('", () => argument('body', 7)],
  ["@body('Get se", () => argument('body', 7)],
  ["@body('it''s", () => argument('body', 7)],
  ["@if(equals(body('A'), 1), outputs('", () => argument('outputs', 35)],
  ["@{body('A')} and @{variables('", () => argument('variables', 30)],
  ["@body('A')?['", (text) => access("body('A')", text, 13, 'bracket')],
  ["@body('A')['x", (text) => access("body('A')", text, 12, 'bracket')],
  ["@body('A')?['x']?['", (text) => access("body('A')?['x']", text, 19, 'bracket')],
  ["@first(body('A')?['x'])?['", (text) => access("first(body('A')?['x'])", text, 26, 'bracket')],
  ["@concat('a', outputs('B')?.bo", (text) => access("outputs('B')", text, 27, 'dot')],
  ['@triggerBody().', (text) => access('triggerBody()', text, 15, 'dot')],
  ['@item()?.a.', (text) => access('item()?.a', text, 11, 'dot')],
  ['plain', () => undefined],
  ['@@body', () => undefined],
  ['mail@contoso.com', () => undefined],
  ['a @@{body', () => undefined],
  ["@{body('A')} tail", () => undefined],
  ["@concat(body('A'), '", () => undefined],
  ["@body('A')", () => undefined],
])('%s', ([text, expected]) => {
  expect(expressionAt(text)).toEqual(expected(text));
});
