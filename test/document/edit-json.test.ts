import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Edit, Fix } from '../../src/diagnostics/fix.ts';
import { decodeText, encodeLike } from '../../src/document/decode.ts';
import { applyFixes } from '../../src/document/edit-json.ts';
import { pointerStep } from '../../src/json/pointer.ts';

const fix = (...edits: Edit[]): Fix => ({ description: 'mend', edits });
const applied = (text: string, ...fixes: Fix[]) => applyFixes(text, fixes).text;
const add = (pointer: string, value: unknown) => fix({ kind: 'add', pointer, value });
const move = (from: string, pointer: string) => fix({ kind: 'move', from, pointer });

describe('a new member', () => {
  it.each<[what: string, before: string, after: string]>([
    ['beside others', '{\n  "a": {\n    "b": 1\n  }\n}', '{\n  "a": {\n    "b": 1,\n    "x": {\n      "y": 1\n    }\n  }\n}'],
    ['with tabs', '{\n\t"a": {\n\t\t"b": 1\n\t}\n}', '{\n\t"a": {\n\t\t"b": 1,\n\t\t"x": {\n\t\t\t"y": 1\n\t\t}\n\t}\n}'],
    ['with CRLF', '{\r\n "a": {\r\n  "b": 1\r\n }\r\n}', '{\r\n "a": {\r\n  "b": 1,\r\n  "x": {\r\n   "y": 1\r\n  }\r\n }\r\n}'],
    ['in a small text', '{"a":{"b":1}}', '{"a":{"b":1,"x":{"y":1}}}'],
    ['on one line', '{ "a": { "b": 1 } }', '{ "a": { "b": 1, "x": { "y": 1 } } }'],
    ['in an empty group', '{\n  "a": {}\n}', '{\n  "a": {\n    "x": {\n      "y": 1\n    }\n  }\n}'],
    ['in an empty group of a small text', '{"a":{}}', '{"a":{"x":{"y":1}}}'],
    [
      'behind the comment of the last',
      '{\n  "a": {\n    "b": 1 // one\n    // more\n  }\n}',
      '{\n  "a": {\n    "b": 1, // one\n    "x": {\n      "y": 1\n    }\n    // more\n  }\n}',
    ],
    [
      'behind a trailing comma',
      '{\n  "a": {\n    "b": 1, // one\n  }\n}',
      '{\n  "a": {\n    "b": 1, // one\n    "x": {\n      "y": 1\n    }\n  }\n}',
    ],
  ])('%s', (_, before, after) => {
    expect(applied(before, add('/a/x', { y: 1 }))).toBe(after);
  });

  it('goes to the end of a list', () => {
    expect(applied('{"a": ["x"]}', add('/a/1', 'y'))).toBe('{"a": ["x", "y"]}');
    expect(applied('{"a": ["x"]}', add('/a/2', 'y'))).toBe('{"a": ["x"]}');
  });

  it('goes nowhere where there is one, or no group', () => {
    expect(applyFixes('{"a":{"x":0}}', [add('/a/x', 1), add('/b/x', 1), add('/a/x/y', 1)])).toEqual({
      text: '{"a":{"x":0}}',
      applied: [],
    });
  });
});

describe('a member that moves', () => {
  const nested = `{
  "inputs": {
    "uri": "u", // the uri
    // what follows is hidden
    "r": { // why
      "s": [1,   2] /* as it is */
    }
  },
  "runAfter": {}
}`;
  it('is taken as it is written, and comments around it stay', () => {
    expect(applied(nested, move('/inputs/r', '/r'))).toBe(`{
  "inputs": {
    "uri": "u" // the uri
    // what follows is hidden
  },
  "runAfter": {},
  "r": { // why
    "s": [1,   2] /* as it is */
  }
}`);
  });

  it.each([
    ['{"i":{"r":1},"a":2}', '{"i":{},"a":2,"r":1}'],
    ['{"i":{"r":1,"b":2},"a":2}', '{"i":{"b":2},"a":2,"r":1}'],
    ['{"a":2,"i":{"b":2,"r":1}}', '{"a":2,"i":{"b":2},"r":1}'],
    ['{ "i": { "b": 2, "r": 1, "c": 3 } }', '{ "i": { "b": 2, "c": 3 }, "r": 1 }'],
    ['{\n "i": {\n  "b": 2,\n  "r": 1,\n  "c": 3\n }\n}', '{\n "i": {\n  "b": 2,\n  "c": 3\n },\n "r": 1\n}'],
    ['{\n "i": {\n  "r": 1,\n  "c": 3\n }\n}', '{\n "i": {\n  "c": 3\n },\n "r": 1\n}'],
    ['{\n "i": {\n  "r": 1,\n }\n}', '{\n "i": {},\n "r": 1\n}'],
  ])('%j', (before, after) => {
    expect(applied(before, move('/i/r', '/r'))).toBe(after);
  });

  it('goes inward too', () => {
    expect(applied('{"i":{"b":2},"r":1}', move('/r', '/i/r'))).toBe('{"i":{"b":2,"r":1}}');
  });
});

describe('a text', () => {
  it('is replaced, or parts of it are cut out over escapes', () => {
    expect(applied('{"a": "x"}', fix({ kind: 'replace', pointer: '/a', value: 'ü"' }))).toBe('{"a": "ü\\""}');
    const cut = fix({
      kind: 'cut',
      pointer: '/a',
      parts: [
        { start: 1, end: 3 },
        { start: 4, end: 5 },
      ],
    });
    expect(applied('{"a": "1\\u00e9\\n45"}', cut)).toBe('{"a": "14"}');
  });

  it('is not cut a second time by offsets that are no longer true', () => {
    const cut = fix({ kind: 'cut', pointer: '/a', parts: [{ start: 0, end: 1 }] });
    expect(applyFixes('{"a": "123"}', [cut, { ...cut }])).toEqual({ text: '{"a": "23"}', applied: [cut] });
  });
});

it('fixes at one place follow each other', () => {
  expect(applied('{"a":{}}', add('/a/x', 1), add('/a/y', 2), add('/b', 3))).toBe('{"a":{"x":1,"y":2},"b":3}');
});

describe('whatever stands in the document', () => {
  const group = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }), { minKeys: 1, noNullPrototype: true });
  const layout = fc.constantFrom(undefined, 1, 2, '\t');
  // JSON.parse makes no member of that name.
  const ordinary = (keys: string[]) => !keys.includes('__proto__');

  it('adding changes only that', () => {
    fc.assert(
      fc.property(group, fc.string(), fc.jsonValue({ maxDepth: 2 }), layout, (value, key, added, space) => {
        fc.pre(ordinary([...Object.keys(value), key]) && !Object.hasOwn(value, key));
        const text = JSON.stringify(value, null, space);
        const parsed = JSON.parse(applied(text, add(pointerStep(key), added)));
        expect(parsed).toEqual(JSON.parse(JSON.stringify({ ...value, [key]: added })));
      }),
    );
  });

  it('moving changes only that', () => {
    fc.assert(
      fc.property(group, group, fc.nat(), layout, (inner, outer, at, space) => {
        const key = Object.keys(inner)[at % Object.keys(inner).length] as string;
        fc.pre(ordinary([...Object.keys(inner), ...Object.keys(outer)]) && !Object.hasOwn(outer, key) && key !== 'inner');
        const { [key]: moved, ...rest } = inner;
        const text = JSON.stringify({ ...outer, inner }, null, space);
        const parsed = JSON.parse(applied(text, move(`/inner${pointerStep(key)}`, pointerStep(key))));
        expect(parsed).toEqual(JSON.parse(JSON.stringify({ ...outer, inner: rest, [key]: moved })));
      }),
    );
  });
});

it.each<[string, Uint8Array]>([
  ['UTF-8', Buffer.from('{"ü": 1}')],
  ['UTF-8 with a mark', Buffer.from('\ufeff{"ü": 1}')],
  ['UTF-16', Buffer.from('{"ü": 1}', 'utf16le')],
  ['UTF-16 with a mark', Buffer.from('\ufeff{"ü": 1}', 'utf16le')],
  ['UTF-16, the big end first', Buffer.from('{"ü": 1}', 'utf16le').swap16()],
  ['UTF-16 with a mark, the big end first', Buffer.from('\ufeff{"ü": 1}', 'utf16le').swap16()],
])('a text goes back into %s as it came', (_, bytes) => {
  expect(Buffer.from(encodeLike(bytes, decodeText(bytes))).equals(bytes)).toBe(true);
  expect(decodeText(encodeLike(bytes, '[1, "é"]'))).toBe('[1, "é"]');
});
