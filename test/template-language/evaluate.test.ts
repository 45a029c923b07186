import { expect, test } from 'vitest';
import { resolve, TemplateError } from '../../src/template-language/resolve.ts';
import { unknown } from '../../src/template-language/value.ts';

const names = {
  parameter: (name: string) => (name === 'secret' ? unknown : `value of ${name}`),
  variable: () => ({ Deep: [null, { x: 1 }] }),
};

test.each([
  ['[true()]', true],
  ["[if(false(), 'a', 'b')]", 'b'],
  ["[concat('true()', '[x]')]", 'true()[x]'],
  ["[if(equals(null(), null()), parameters('p'), parameters('secret'))]", 'value of p'],
  ["[variables('v').deep[1].X]", 1],
  ["[coalesce(variables('v').deep[0], 'd')]", 'd'],
  ['[[x]', '[x]'],
  ['[x', '[x'],
])('%s is %j', (text, value) => {
  expect(resolve(text, names)).toEqual(value);
});

test.each([
  "[concat(parameters('secret'), 'a')]",
  "[variables('v').none]",
  '[nothing()]',
  '[concat(]',
  '[substring(1, 2)]',
  '[div(1, 0)]',
])('%s has no value', (text) => {
  expect(() => resolve(text, names)).toThrow(TemplateError);
  expect(resolve({ a: [text] }, names, () => 'open')).toEqual({ a: ['open'] });
});

test('names of members are expressions too', () => {
  expect(resolve({ "[parameters('p')]": 1, '[[x]': 2 }, names)).toEqual({ 'value of p': 1, '[x]': 2 });
});
