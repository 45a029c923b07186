import { expect, test } from 'vitest';
import { parseTemplate } from '../../src/expression/template.ts';
import { syntaxErrorOf } from './syntax-error-of.ts';

const doubled = "A quote that belongs to the text is written twice: `''`";
const mix = 'To mix text and expressions, write each expression as `@{…}`';

/** Wrong text, first wrong character, end of the wrong text, message, help. */
const table: [string, number, number, string, string?][] = [
  ['@concat("1", "2")', 8, 11, 'A string is in double quotes', 'Write it in single quotes'],
  [`@"x"('y')`, 1, 4, 'A string is in double quotes', 'Write it in single quotes'],
  ['@concat("a b")', 8, 10, 'A string is in double quotes', 'Write it in single quotes'],
  ["@concat('a', 'b'", 16, 16, 'Expected `,` or `)` in the call of `concat`, found the end of the string'],
  ["@{concat('a'}", 12, 13, 'Expected `,` or `)` in the call of `concat`, found `}`'],
  ["Hi @{concat('a' 'b')}!", 16, 19, "Expected `,` or `)` in the call of `concat`, found `'b'`"],
  [
    "@concat('a', @{body('x')})",
    13,
    15,
    'An `@{` stands inside an expression',
    'Inside an expression a call stands without `@{` and `}`',
  ],
  ["@concat('a', @body('x'))", 13, 14, 'An `@` stands inside an expression', 'Only the first call has an `@` before it'],
  ["@concat('it's', 'x')", 12, 13, 'Expected `,` or `)` in the call of `concat`, found `s`', doubled],
  ["@body('x')['it's']", 15, 16, 'Expected `]`, found `s`', doubled],
  ["@'it's'", 5, 7, 'The expression ends before this text', doubled],
  [
    "@parameters('Model",
    12,
    18,
    'The string that starts here has no closing quote',
    "Close it with `'`; a quote that belongs to the text is written twice: `''`",
  ],
  [
    '@JobId',
    1,
    6,
    'Expected `(` after `JobId`',
    'A string that starts with `@` is an expression; for the text itself write `@@JobId`',
  ],
  [
    '@here please',
    1,
    5,
    'Expected `(` after `here`',
    'A string that starts with `@` is an expression; for the text itself write `@@here please`',
  ],
  [
    '@equals(status, 1)',
    8,
    14,
    'Expected `(` after `status`',
    "Text is written in single quotes, `'status'`, and a function is called with parentheses, `status(…)`",
  ],
  ['@1 + 2', 3, 4, 'Expressions have no operator `+`', 'Write `add(a, b)` for numbers, `concat(a, b)` for text'],
  ['@add(1 + 2)', 7, 8, 'Expressions have no operator `+`', 'Write `add(a, b)` for numbers, `concat(a, b)` for text'],
  ['@add(1+2)', 6, 7, 'Expressions have no operator `+`', 'Write `add(a, b)` for numbers, `concat(a, b)` for text'],
  ["@variables('a') == 'b'", 16, 18, 'Expressions have no operator `==`', 'Write `equals(a, b)`'],
  ["@body('x') ?? 'y'", 11, 13, 'Expressions have no operator `??`', 'Write `coalesce(a, b)`'],
  ["@-variables('x')", 1, 2, 'Expressions have no operator `-`', 'Write `sub(a, b)`'],
  ["@variables('n') items", 16, 21, 'The expression ends before this text', mix],
  ["@body('x'))", 10, 11, 'The expression ends before this text', 'This `)` closes nothing; take it out'],
  ["@{body('x')]} and more", 11, 12, 'The expression ends before this text', 'This `]` closes nothing; take it out'],
  ["@'abc'['x']", 6, 11, 'The expression ends before this text', 'Only the result of a call has properties and elements'],
  ['a @{item()', 10, 10, 'Expected `}`, found the end of the string'],
  ['@{}', 2, 3, 'Expected an expression, found `}`'],
  ["@concat(, 'a')", 8, 9, 'Expected an expression, found `,`'],
  [
    '@createArray([1])',
    13,
    14,
    'Expected an expression, found `[`',
    'Expressions have no array literals; write `createArray(…)`',
  ],
  [
    "@base64({'a': 1})",
    8,
    9,
    'A `{` stands inside an expression',
    "Expressions have no object literals; write `json('{…}')` or `addProperty(…)`",
  ],
  [
    "@if(body('x') ? 1 : 2)",
    16,
    17,
    'Expected `[` or `.` after `?`, found `1`',
    'A choice between two values is written `if(condition, a, b)`',
  ],
  ["@body('x').", 11, 11, 'Expected the name of a property after `.`, found the end of the string'],
  ["@body('x')['a'", 14, 14, 'Expected `]`, found the end of the string'],
  [
    '@{encodeURIComponent(12ab34cd-0000)}',
    21,
    34,
    '`12ab34cd-0000` is neither a number nor a name',
    "Text is written in single quotes, `'12ab34cd-0000'`; a function name does not start with a digit",
  ],
  ['@ ', 2, 2, 'Expected an expression, found the end of the string'],
];

test.each(table)('%s', (text, offset, end, message, help) => {
  const error = syntaxErrorOf(text);
  expect(error?.name).toBe('ExpressionSyntaxError');
  expect([error?.offset, error?.end, error?.message, error?.help]).toEqual([offset, end, message, help]);
});

test('the message quotes no more than the start of a long name', () => {
  expect(syntaxErrorOf(`@${'x'.repeat(10_000)}`)?.message).toBe(`Expected \`(\` after \`${'x'.repeat(60)}…\``);
});

test.each(['f(', 'a()['])('nesting without end by %s is refused', (opening) => {
  expect(syntaxErrorOf(`@${opening.repeat(100_000)}`)?.message).toBe('Calls are nested more than 500 deep');
});

test('nesting of 500 calls is taken', () => {
  expect(parseTemplate(`@${'f('.repeat(500)}1${')'.repeat(500)}`).kind).toBe('expression');
  expect(syntaxErrorOf(`@${'f('.repeat(501)}1${')'.repeat(501)}`)).toMatchObject({ offset: 1001, end: 1002 });
});

test('calls beside each other are no nesting', () => {
  expect(parseTemplate(`@concat(${'f(),'.repeat(1000)}1)`).kind).toBe('expression');
});
