import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Environment, inferTemplate } from '../../src/expression/infer.ts';
import { typeFromSchema } from '../../src/expression/shapes.ts';
import { parseTemplate } from '../../src/expression/template.ts';
import { describeKinds } from '../../src/expression/types.ts';
import { corpusLines } from '../shared.ts';
import { template } from './arbitrary.ts';
import { syntaxErrorOf } from './syntax-error-of.ts';

const nothingKnown: Environment = { typeOf: () => undefined };

const text = { type: 'string' };
const secret = typeFromSchema({
  type: 'object',
  properties: { value: text, name: text, contentType: text },
  additionalProperties: false,
});
const outputs = typeFromSchema({
  type: 'object',
  properties: { statusCode: { type: 'integer' }, headers: { type: 'object' }, body: {} },
  additionalProperties: false,
});
const request = typeFromSchema({
  type: 'object',
  properties: {
    id: text,
    user: { properties: { mail: text } },
    tags: { type: 'array', items: { type: 'object', properties: { key: text } } },
  },
});

const known: Environment = {
  typeOf({ function: name, name: target }) {
    if (name === 'body' && target === 'Get_secret') return secret;
    if (name === 'outputs' && target === 'HTTP') return outputs;
    if (name === 'outputs' && target === 'Compose') return { kinds: outputs.kinds, properties: new Map([['body', request]]) };
    return name === 'triggerBody' ? request : undefined;
  },
};

function typeOf(source: string): string {
  return describeKinds(inferTemplate(parseTemplate(source), known).type.kinds);
}

test.each([
  ['text', 'a string'],
  ['@@text', 'a string'],
  ['@{1}', 'a string'],
  ['@1', 'an integer'],
  ['@1.5', 'a float'],
  ['@1e5', 'a float'],
  ["@'1'", 'a string'],
  ['@true', 'a boolean'],
  ['@null', 'null'],
  ["@length('a')", 'an integer'],
  ['@add(1, 2)', 'a number'],
  ["@split('a', ',')", 'an array'],
  ["@if(equals(item(), 1), 'a', 2)", 'a string or an integer'],
  ["@coalesce(null, 'a')", 'a string or null'],
  ["@first(createArray('a', 'b'))", 'a string or null'],
  ["@createArray(1, 'b')[0]", 'a string, an integer or null'],
  ["@body('Other')", 'anything'],
  ["@json('[]')", 'anything'],
  ["@body('Get_secret')", 'an object'],
  ["@body('Get_secret')?['value']", 'a string or null'],
  ["@outputs('HTTP').statusCode", 'an integer or null'],
  ["@outputs('HTTP').headers['x']", 'anything'],
  ["@triggerBody()?['tags'][0].key", 'a string or null'],
  ["@triggerBody()['user/mail']", 'a string or null'],
  ["@outputs('Compose')?['body/user/mail']", 'a string or null'],
  ['@triggerBody()[item()]', 'anything'],
  ["@nosuch('x')", 'anything'],
])('%s is %s', (source, type) => {
  expect(typeOf(source)).toBe(type);
});

/** Wrong text, code, the text under the problem, message, help. */
const problems: [string, string, string, string, string?][] = [
  ["@toUperCase('x')", 'unknown-function', 'toUperCase', 'There is no function `toUperCase`'],
  ["@{conact('x')}", 'unknown-function', 'conact', 'There is no function `conact`', 'Did you mean `concat`?'],
  ["@createObject('a', 1)", 'unknown-function', 'createObject', 'There is no function `createObject`'],
  [
    '@equals(item())',
    'argument-count',
    'equals(item())',
    '`equals` takes 2 arguments, not 1',
    'Its form is `equals(object1, object2)`',
  ],
  ['@item(1)', 'argument-count', 'item(1)', '`item` takes no arguments, not 1', 'Its form is `item()`'],
  ['@length()', 'argument-count', 'length()', '`length` takes 1 argument, not 0', 'Its form is `length(collection)`'],
  [
    "@substring('a')",
    'argument-count',
    "substring('a')",
    '`substring` takes 2 or 3 arguments, not 1',
    'Its form is `substring(text, startIndex, length?)`',
  ],
  [
    '@formatDateTime()',
    'argument-count',
    'formatDateTime()',
    '`formatDateTime` takes 1 to 3 arguments, not 0',
    'Its form is `formatDateTime(timestamp, format?, locale?)`',
  ],
  ['@concat()', 'argument-count', 'concat()', '`concat` takes 1 or more arguments, not 0', 'Its form is `concat(text_1, …)`'],
  [
    '@length(5)',
    'argument-type',
    '5',
    'Argument 1 of `length` must be a string or an array, not an integer',
    'Its form is `length(collection)`',
  ],
  [
    "@toLower(split('a', ','))",
    'argument-type',
    "split('a', ',')",
    'Argument 1 of `toLower` must be a string, not an array',
    'Its form is `toLower(text)`',
  ],
  [
    "@and(equals(item(), 1), true, 'true')",
    'argument-type',
    "'true'",
    'Argument 3 of `and` must be a boolean, not a string',
    'Its form is `and(expression1, expression2, …)`',
  ],
  [
    "@replace(outputs('HTTP')['statusCode'], 'a', 'b')",
    'argument-type',
    "outputs('HTTP')['statusCode']",
    'Argument 1 of `replace` must be a string, not an integer or null',
    'Its form is `replace(text, oldText, newText)`',
  ],
  ["@body('Get_secret')?['valeu']", 'unknown-property', "'valeu'", 'The value has no property `valeu`', 'Did you mean `value`?'],
  [
    "@outputs('HTTP')?['statuscode']",
    'unknown-property',
    "'statuscode'",
    'The value has no property `statuscode`',
    'Did you mean `statusCode`?',
  ],
  ['@triggerBody().usr', 'unknown-property', 'usr', 'The value has no property `usr`', 'Did you mean `user`?'],
  [
    "@body('Get_secret')?['id']",
    'unknown-property',
    "'id'",
    'The value has no property `id`',
    'It has `value`, `name`, `contentType`',
  ],
  ["@triggerBody()?['user/mial']", 'unknown-property', "'user/mial'", 'The value has no property `mial`', 'Did you mean `mail`?'],
  ["@triggerBody()?['tags']?[0]?['kye']", 'unknown-property', "'kye'", 'The value has no property `kye`', 'Did you mean `key`?'],
  [
    "@triggerBody()?['tags']?['key']",
    'wrong-access',
    "'key'",
    'The value is an array: its elements have numbers, not names',
    'Pick one element first, such as `[0]` or `first(…)`',
  ],
  ['@triggerBody()[0]', 'wrong-access', '0', 'The value is an object: its properties have names, not numbers'],
  ["@utcNow()?['date']", 'wrong-access', "'date'", 'The value is a string: nothing can be picked from it'],
  [
    "@equals('a', 'a')",
    'constant-condition',
    "equals('a', 'a')",
    'This condition never changes: nothing in it comes from the run',
    'Compare with a value such as `body(…)` or `variables(…)`',
  ],
  [
    "@equals(1, 'a')",
    'constant-condition',
    "equals(1, 'a')",
    'This condition never changes: nothing in it comes from the run',
    'Compare with a value such as `body(…)` or `variables(…)`',
  ],
  [
    '@and(equals(1, 2), equals(item(), 3))',
    'constant-condition',
    'equals(1, 2)',
    'This condition never changes: nothing in it comes from the run',
    'Compare with a value such as `body(…)` or `variables(…)`',
  ],
  [
    "@not(empty(concat('a', 'b')))",
    'constant-condition',
    "not(empty(concat('a', 'b')))",
    'This condition never changes: nothing in it comes from the run',
    'Compare with a value such as `body(…)` or `variables(…)`',
  ],
  [
    "@equals(variables('a'), variables( 'a' ))",
    'constant-condition',
    "equals(variables('a'), variables( 'a' ))",
    'This compares a value with itself',
  ],
  [
    "@equals(outputs('HTTP')?['statusCode'], '200')",
    'constant-condition',
    "equals(outputs('HTTP')?['statusCode'], '200')",
    'This condition never holds: one side is an integer or null, the other a string',
    'Convert one side with `int(…)`, `string(…)` or `bool(…)`',
  ],
  [
    "@equals(length(item()), '0')",
    'constant-condition',
    "equals(length(item()), '0')",
    'This condition never holds: one side is an integer, the other a string',
    'Convert one side with `int(…)`, `string(…)` or `bool(…)`',
  ],
];

test.each(problems)('%s: %s', (source, code, under, message, help) => {
  const found = inferTemplate(parseTemplate(source), known).problems;
  expect(found.map(({ start, end, about, ...problem }) => ({ ...problem, text: source.slice(start, end) }))).toEqual([
    { code, message, ...(help && { help }), text: under },
  ]);
  // The same as data: the function or property that the message names, and the one that the help offers.
  const names = /^(unknown-|argument-)/.test(code) ? /`([^`]*)`/.exec(message)?.[1] : undefined;
  expect(found.map(({ about }) => [about?.found, about?.meant])).toEqual([
    [names, /^Did you mean `(.*)`\?$/.exec(help ?? '')?.[1]],
  ]);
});

describe('what may be right is no problem', () => {
  test.each([
    "@encodeURIComponent(item(), 'a', 'b')",
    '@createArray()',
    "@contains(body('Other'), 5)",
    "@concat(1, null, true, createArray('a'))",
    "@addDays(utcNow(), -7, 'yyyy-MM-dd')",
    '@equals(utcNow(), utcNow())',
    '@equals(guid(), guid())',
    '@equals(add(item(), 1), 1.0)',
    "@equals(triggerBody()?['id'], null)",
    "@equals(concat('a', item()), null)",
    "@if(true, 'a', 'b')",
    "@bool('true')",
    "@createArray('a', 'b')",
    "@split(item(), ',')?[0]",
    "@outputs('HTTP')?['body/anything/at/all']",
    "@outputs('HTTP')['headers']?['content-type']",
    // The schema of a trigger is a sample: other properties may come, and case is not known to matter there.
    "@triggerBody()?['entity']?['itemUrl']",
    "@triggerBody()?['ID']",
    '@max(createArray(1, 2))',
    '@empty(if(equals(item(), 1), null, null))',
    "@formatDateTime(body('Other')?['date'])",
    "@json('{\"a\":1}')['a']",
  ])('%s', (source) => {
    expect(inferTemplate(parseTemplate(source), known).problems).toEqual([]);
  });
});

/** Real expressions with a problem: what is wrong with each. */
const wrongInCorpus: Readonly<Record<string, string>> = {
  "@coalesce(outputs('Compose:_Sunset'),outputs('Compose:_Sunrise'),string())":
    'string() has no argument: a demonstration of run time errors',
  '@concat(concat(concat(concat())))': 'concat() has no argument: a mock of the designer',
  "@dataType(variables('myVariable'))": 'no such function: a sample of a book',
  "@equals('hey', 'hey')": 'always true: a mock of the designer',
  "@items('For_each_2')[resourceGroup().location]": 'resourceGroup() is a function of ARM templates',
  "@not(contains(length(split(item(), '|')?[0]),length(split(item(), '|')?[0])))":
    'a number contains nothing: a mock of the designer',
  '@string()': 'string() has no argument: a demonstration of run time errors',
  "I am going nowhere  / Let's error on that\n@{string()}": 'string() has no argument: a demonstration of run time errors',
};

test('real expressions have no problem, but for the wrong ones', (context) => {
  const wrong = corpusLines<string>(context, 'expressions-dev.txt.gz')
    .filter((source) => !syntaxErrorOf(source))
    .filter((source) => inferTemplate(parseTemplate(source), nothingKnown).problems.length > 0);
  expect(wrong.sort()).toEqual(Object.keys(wrongInCorpus).sort());
});

test('inference takes any tree', () => {
  fc.assert(
    fc.property(template, (tree) => {
      inferTemplate(tree, known);
    }),
    { numRuns: 500 },
  );
});

test('a call of very many wrong arguments is reported argument by argument', () => {
  const source = `@and(${"'a', ".repeat(200_000)}item())`;
  expect(inferTemplate(parseTemplate(source), nothingKnown).problems).toHaveLength(200_000);
});
