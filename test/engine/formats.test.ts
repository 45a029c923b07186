import { expect, it } from 'vitest';
import { evaluate } from '../../src/engine/evaluate.ts';
import { Refusal } from '../../src/engine/refusal.ts';
import { toPlain } from '../../src/engine/values/json.ts';
import { parseTemplate } from '../../src/expression/template.ts';
import { worldOf } from './world.ts';

function gives(call: string): unknown {
  const template = parseTemplate(`@${call}`);
  if (template.kind !== 'expression') throw new Error(`${call} is no expression`);
  try {
    return toPlain(evaluate(template.expression, worldOf()));
  } catch (error) {
    if (error instanceof Refusal) return `refused: ${error.message}`;
    throw error;
  }
}

// Values and results of the tables of .NET's page on standard numeric format strings, for en-US.
it.each([
  ['123.456', 'C', '$123.46'],
  ['-123.456', 'C3', '($123.456)'],
  ['1234', 'D', '1234'],
  ['-1234', 'D6', '-001234'],
  ['1052.0329112756', 'E', '1.052033E+003'],
  ['-1052.0329112756', 'e2', '-1.05e+003'],
  ['1234.567', 'F', '1234.57'],
  ['1234', 'F1', '1234.0'],
  ['-1234.56', 'F4', '-1234.5600'],
  ['-123.456', 'G', '-123.456'],
  ['123.4546', 'G4', '123.5'],
  ['1234.567', 'N', '1,234.57'],
  ['1234', 'N1', '1,234.0'],
  ['-1234.56', 'N3', '-1,234.560'],
  ['1', 'P', '100.00 %'],
  ['-0.39678', 'P1', '-39.7 %'],
  ['255', 'X', 'FF'],
  ['255', 'x4', '00ff'],
])('formatNumber(%s, %s)', (number, format, text) => {
  expect(gives(`formatNumber(${number}, '${format}')`)).toBe(text);
});

// The same of its page on custom numeric format strings.
it.each([
  ['1234.5678', '00000', '01235'],
  ['0.45678', '0.00', '0.46'],
  ['1234.5678', '#####', '1235'],
  ['0.45678', '#.##', '.46'],
  ['2147483647', '##,#', '2,147,483,647'],
  ['2147483647', '#,#,,', '2,147'],
  ['0.3697', '%#0.00', '%36.97'],
  ['0.03697', '#0.00‰', '36.97‰'],
  ['12.345', '#0.0#;(#0.0#);-\\0-', '12.35'],
  ['0', '#0.0#;(#0.0#);-\\0-', '-0-'],
  ['-12.345', '#0.0#;(#0.0#);-\\0-', '(12.35)'],
  ['68', "# ''degrees''", '68 degrees'],
  ['987654', '\\###00\\#', '#987654#'],
])('formatNumber(%s, %s)', (number, format, text) => {
  expect(gives(`formatNumber(${number}, '${format}')`)).toBe(text);
});

// Those of .NET's pages on standard and custom date and time format strings, for en-US.
const time = '2009-06-15T13:45:30.6170000';
it.each([
  ['d', '6/15/2009'],
  ['D', 'Monday, June 15, 2009'],
  ['f', 'Monday, June 15, 2009 1:45 PM'],
  ['F', 'Monday, June 15, 2009 1:45:30 PM'],
  ['g', '6/15/2009 1:45 PM'],
  ['G', '6/15/2009 1:45:30 PM'],
  ['M', 'June 15'],
  ['o', '2009-06-15T13:45:30.6170000'],
  ['R', 'Mon, 15 Jun 2009 13:45:30 GMT'],
  ['s', '2009-06-15T13:45:30'],
  ['t', '1:45 PM'],
  ['u', '2009-06-15 13:45:30Z'],
  ['Y', 'June 2009'],
  ['ddd dddd', 'Mon Monday'],
  ['f ff fff', '6 61 617'],
  ['F FF FFFFFFF', '6 61 617'],
  ['%h', '1'],
  ['hh HH H', '01 13 13'],
  ['%m', '45'],
  ['M MM MMM MMMM', '6 06 Jun June'],
  ['t tt', 'P PM'],
  ['%y yy yyy yyyyy', '9 09 2009 02009'],
  ['h \\h m \\m', '1 h 45 m'],
  ["''at'' HH:mm", 'at 13:45'],
  ['yyyy/MM/dd', '2009/06/15'],
])('formatDateTime(…, %s)', (format, text) => {
  expect(gives(`formatDateTime('${time}', '${format}')`)).toBe(text);
});

it.each([
  // The clocks of Europe go forward on 2026-03-29 at 01:00 UTC and back on 2026-10-25 at 01:00 UTC.
  ["convertFromUtc('2026-03-29T00:59:59Z', 'W. Europe Standard Time', 's')", '2026-03-29T01:59:59'],
  ["convertFromUtc('2026-03-29T01:00:00Z', 'W. Europe Standard Time', 's')", '2026-03-29T03:00:00'],
  ["convertToUtc('2026-07-01T12:00:00', 'W. Europe Standard Time')", '2026-07-01T10:00:00.0000000Z'],
  ["convertToUtc('2026-10-25T02:30:00', 'W. Europe Standard Time')", '2026-10-25T01:30:00.0000000Z'],
  ["convertTimeZone('2026-01-01T00:00:00', 'India Standard Time', 'UTC')", '2025-12-31T18:30:00.0000000Z'],
  ["convertTimeZone('2026-01-01T12:00:00', 'Nepal Standard Time', 'Tokyo Standard Time', 'HH:mm')", '15:15'],
  ["addToTime('2024-02-29T00:00:00Z', 1, 'Year', 'yyyy-MM-dd')", '2025-02-28'],
  ["addDays('2026-01-31', 1, 'yyyy-MM-dd')", '2026-02-01'],
  ["addHours('2026-01-01T00:00:00Z', 1.5)", '2026-01-01T01:30:00.0000000Z'],
  ["dateDifference('2026-01-02T00:00:00Z', '2026-01-01T12:30:00Z')", '-11:30:00'],
  ["formatDateTime('2026-01-05T06:00:00+02:00')", '2026-01-05T04:00:00.0000000Z'],
  ["formatDateTime('Mon, 05 Jan 2026 06:00:00 GMT', 's')", '2026-01-05T06:00:00'],
  ["formatDateTime('January 5, 2026 6:07 PM', 's')", '2026-01-05T18:07:00'],
  ["formatDateTime('12:15 AM 1/5/2026', 's')", '2026-01-05T00:15:00'],
  ["formatDateTime('2026-02-30')", 'refused: The timestamp names a time that is in no calendar.'],
  [
    "convertToUtc('2026-03-29T02:30:00', 'W. Europe Standard Time')",
    "refused: The time is left out by the clocks of 'W. Europe Standard Time' when they go forward.",
  ],
  ["convertFromUtc('2026-01-01', 'Europe/Berlin')", "refused: The time zone 'Europe/Berlin' is not valid."],
  [
    "convertFromUtc('2026-01-01', 'Kamchatka Standard Time')",
    'refused: certflow does not run the time zone Kamchatka Standard Time, which no place has',
  ],
  [
    "formatDateTime('2026-01-05', 'D', 'de-DE')",
    'refused: certflow does not run the format D of times in the culture de-DE; write it out, such as dd.MM.yyyy',
  ],
  ["formatDateTime('2026-01-05', 'dddd, d. MMMM yyyy', 'de-DE')", 'Montag, 5. Januar 2026'],
  ["formatDateTime('2026-01-05', 'x', 'xx-XX-nobody')", "refused: The locale 'xx-XX-nobody' is not valid or has no culture."],
  // 621355968000000000 at 1970-01-01, as .NET's page on DateTime counts.
  ["ticks('1970-01-01T00:00:00Z')", 621_355_968_000_000_000],
])('%s', (call, expected) => {
  expect(gives(call)).toBe(expected);
});

// What the issue of numbers is: how they were written stays.
it.each([
  ['div(7.0, 2)', '3.5'],
  ['div(7, 2)', '3'],
  ['div(-7, 2)', '-3'],
  ['add(1, 2.5)', '3.5'],
  ['add(1.0, 2)', '3.0'],
  ['mul(4611686018427387904, 1)', '4611686018427387904'],
  ['add(9223372036854775806, 1)', '9223372036854775807'],
  ['json(\'{"a": 1.0, "b": 1}\')', '{"a":1.0,"b":1}'],
  ['float(3)', '3.0'],
  ['mul(0.1, 3)', '0.30000000000000004'],
])('string(%s) is %s', (call, text) => {
  expect(gives(`string(${call})`)).toBe(text);
});

it.each([
  ['add(9223372036854775807, 1)', 'too large or too small for an integer of 64 bits'],
  ['div(1, 0)', 'divide by zero'],
  ["int('1.5')", 'cannot be converted to an integer'],
  ["substring('abc', 2, 2)", 'is not in a text of 3 characters'],
  ['toUpper(null)', 'expects its parameter 1 (text) to be a string. The provided value is null'],
  ["json('{')", 'is no JSON'],
  ["xml('<a>')", 'is no XML'],
  ["xml('<!DOCTYPE a><a/>')", 'XML with a document type'],
  ['json(\'{"a": 1}\').b', "The property 'b' does not exist; there are a"],
  ['createArray(1)[1]', 'The array has no element 1; it has 1'],
  ["createArray(1)['a']", 'the elements of an array have numbers'],
  ['unknownFunction(1)', "function 'unknownFunction' is not defined"],
  ['add(1)', "'add' does not take 1 arguments"],
  ["base64ToString('%')", 'no base64'],
  ['strongEquals(1, 1)', 'certflow does not run the function strongEquals()'],
])('%s is refused', (call, message) => {
  expect(gives(call)).toContain(`refused: `);
  expect(gives(call)).toContain(message);
});

it.each([
  ["json('{\"a\": {\"b\": 1}}')?['A']?['b']", 1],
  ['json(\'{"a": {"b": 1}}\')?[\'a/b\']', 1],
  ['json(\'{"a/b": 2, "a": {"b": 1}}\')?[\'a/b\']', 2],
  ["json('{}')?['a']?['b']", null],
  ['createArray(1, 2)?[5]', null],
  ["coalesce(json('{}')?['a'], 'x')", 'x'],
  ["if(true, 'a', div(1, 0))", 'a'],
  ['and(false, div(1, 0))', false],
  ["ToUpper('a')", 'A'],
  ["concat('a', null, true, 1.0, createArray(1))", 'aTrue1.0[1]'],
  ["encodeUriComponent('a b!*''()')", 'a%20b%21%2A%27%28%29'],
  ["nthIndexOf('aXbXc', 'x', -1)", 3],
  ["nthIndexOf('aXbXc', 'x', -3)", -1],
  ["uriPort('https://a.b/')", 443],
  ['union(json(\'{"a": {"b": 1}}\'), json(\'{"a": {"c": 2}, "d": 3}\'))', { a: { b: 1, c: 2 }, d: 3 }],
  ['json(xml(\'<a x="1"><b/><c>t</c><c>u</c></a>\'))', { a: { '@x': '1', b: null, c: ['t', 'u'] } }],
  ["encodeXmlName('a b_x0020_')", 'a_x0020_b_x005F_x0020_'],
  ["decodeXmlName('a_x0020_b')", 'a b'],
  ["utf8Length('é')", 2],
  ["sort(createArray('b', 'a', null))", [null, 'a', 'b']],
])('%s', (call, value) => {
  expect(gives(call)).toEqual(value);
});
