import fc from 'fast-check';
import { expect, test } from 'vitest';
import { JsonLocator, type Part } from '../../src/document/locate.ts';
import { toPointer } from '../../src/json/pointer.ts';

/** The characters that a range covers. */
function found(text: string, pointer: string, part?: Part): string {
  const { start, end } = new JsonLocator(text).rangeOf(pointer, part);
  return text.slice(start.offset, end.offset);
}

const text = `{
  // a comment
  "a/b": [1, { "c": "x" }, ],
  "d": "one\\u0041\\n\\"two"
}`;

test.each([
  ['/d', undefined, '"one\\u0041\\n\\"two"'],
  ['/d', 'key', '"d"'],
  ['/a~1b/1/c', undefined, '"x"'],
  ['/a~1b/1/c', 'key', '"c"'],
  ['/a~1b/0', undefined, '1'],
  // In the decoded text these are "A", the quote, and "two".
  ['/d', { start: 3, end: 4 }, '\\u0041'],
  ['/d', { start: 5, end: 6 }, '\\"'],
  ['/d', { start: 6, end: 9 }, 'two'],
  // What is missing is shown at the group that lacks it.
  ['/a~1b/1/z', undefined, '{'],
  ['/a~1b/7', undefined, '"a/b"'],
  ['/z', undefined, '{'],
] as [string, Part | undefined, string][])('%s, %j', (pointer, part, expected) => {
  expect(found(text, pointer, part)).toBe(expected);
});

test('lines end in every way, and columns count from 1', () => {
  const { start, end } = new JsonLocator('{\r\n"a":\r1,\n"b": 2}').rangeOf('/b');
  expect([start, end]).toEqual([
    { offset: 16, line: 4, column: 6 },
    { offset: 17, line: 4, column: 7 },
  ]);
});

test('a text that is no JSON has a start', () => {
  expect(new JsonLocator('').rangeOf('/a/b').start).toEqual({ offset: 0, line: 1, column: 1 });
});

test('a part of any string is found behind any escapes', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: 'binary', minLength: 1 }),
      fc.string(),
      (before, middle, after) => {
        const json = JSON.stringify({ k: before + middle + after });
        const part = { start: before.length, end: before.length + middle.length };
        expect(JSON.parse(`"${found(json, toPointer(['k']), part)}"`)).toBe(middle);
      },
    ),
  );
});

test('keys with mistakes in them are passed over: the text of a finding may have some', () => {
  expect(found('{ "a\u0001": 1, "b\\q": 2, "c": { "d": 3 } }', '/c/d')).toBe('3');
  expect(found('{ "a": 1, "a": 2 }', '/a')).toBe('2');
});
