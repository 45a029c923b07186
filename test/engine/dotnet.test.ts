import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { evaluate } from '../../src/engine/evaluate.ts';
import { NotRun, Refusal } from '../../src/engine/refusal.ts';
import { toPlain } from '../../src/engine/values/json.ts';
import { parseTemplate } from '../../src/expression/template.ts';
import { worldOf } from './world.ts';

/** What .NET makes of each value; null where it throws. `source` says how the table was made. */
interface Table {
  readonly source: string;
  readonly numberFormats: readonly string[];
  /** By the number as it is written: a text for each format. */
  readonly wholes: Readonly<Record<string, readonly (string | null)[]>>;
  readonly floats: Readonly<Record<string, readonly (string | null)[]>>;
  readonly timeFormats: readonly string[];
  readonly times: Readonly<Record<string, readonly (string | null)[]>>;
  readonly reads: readonly (readonly [text: string, time: string | null])[];
  readonly exact: readonly (readonly [text: string, format: string, time: string | null])[];
  readonly spans: readonly (readonly [ticks: string, text: string])[];
  readonly sums: readonly (readonly [what: string, time: string, count: number, sum: string | null])[];
  readonly zones: readonly (readonly [zone: string, time: string, local: string | null, utc: string | null])[];
  readonly floatTexts: readonly (readonly [text: string, number: string | null])[];
  readonly wholeTexts: readonly (readonly [text: string, number: string | null])[];
}
const table: Table = JSON.parse(readFileSync('test/engine/dotnet.expected.json', 'utf8'));

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;

/** The text that a call gives; null where the engine says that the service refuses it, and what it does not run. */
function gives(call: string): string | null {
  const template = parseTemplate(`@${call}`);
  if (template.kind !== 'expression') throw new Error(`${call} is no expression`);
  try {
    return String(toPlain(evaluate(template.expression, worldOf())));
  } catch (error) {
    if (error instanceof NotRun) return `not run: ${error.what}`;
    if (error instanceof Refusal) return null;
    throw error;
  }
}

/** Every call whose result is another one than .NET's. */
function differing(cases: Iterable<readonly [call: string, expected: string | null]>): string[] {
  const found: string[] = [];
  for (const [call, expected] of cases) {
    const result = gives(call);
    if (result !== expected) found.push(`${call} gives ${JSON.stringify(result)}, not ${JSON.stringify(expected)}`);
  }
  return found;
}

function* eachFormat(
  rows: Table['wholes'],
  formats: readonly string[],
  call: (value: string, format: string) => string,
): Generator<[string, string | null]> {
  for (const [value, texts] of Object.entries(rows))
    for (const [index, format] of formats.entries()) yield [call(value, format), texts[index] ?? null];
}

test.each(['wholes', 'floats'] as const)('%s in every format', (kind) => {
  const cases = eachFormat(table[kind], table.numberFormats, (value, format) => `formatNumber(${value}, ${quoted(format)})`);
  expect(differing(cases)).toEqual([]);
});

test('times in every format', () => {
  const cases = eachFormat(table.times, table.timeFormats, (time, format) => `formatDateTime('${time}', ${quoted(format)})`);
  expect(differing(cases)).toEqual([]);
});

// What the clock of a server completes, and what certflow says that it does not read.
const withoutYear = 'not run: a timestamp without a year, which the clock of a server completes';
const rare = 'not run: timestamps with an era, with # or with signs of East Asia';
const notRead: Readonly<Record<string, string | null>> = {
  'Mar 18': withoutYear,
  'March 15': withoutYear,
  '15 March': withoutYear,
  '3/18': withoutYear,
  '3/5': withoutYear,
  '1.5': withoutYear,
  '1': withoutYear,
  '15': withoutYear,
  '3': withoutYear,
  '9': withoutYear,
  '12:30': 'not run: a timestamp without a date, which the clock of a server completes',
  '2018年3月15日': rare,
  '2018-03-15#': rare,
  '#2018-03-15#': rare,
  'A.D. 2018-03-15': rare,
  '2018-03-15 A.D.': rare,
  // .NET takes the first day for a time alone, and adds a day.
  '0001-01-01T00:00:00+01:00': null,
};
const ofRead = (text: string, time: string | null) => (Object.hasOwn(notRead, text) ? (notRead[text] ?? null) : time);

test('texts that are read as times', () => {
  expect(differing(table.reads.map(([text, time]) => [`formatDateTime(${quoted(text)})`, ofRead(text, time)]))).toEqual([]);
});

test('texts that are read by a format', () => {
  const era = 'not run: the era in a format that a time is read by';
  const cases = table.exact.map(([text, format, time]): [string, string | null] => [
    `parseDateTime(${quoted(text)}, 'en-US', ${quoted(format)})`,
    format.includes('g') && format.length > 1 ? era : ofRead(text, time),
  ]);
  expect(differing(cases)).toEqual([]);
});

test('sums of times', () => {
  const cases = table.sums.map(([what, time, count, sum]): [string, string | null] => [
    what.startsWith('add') ? `${what}('${time}', ${count})` : `addToTime('${time}', ${count}, '${what}')`,
    sum,
  ]);
  expect(differing(cases)).toEqual([]);
});

test('times in zones', () => {
  const cases = table.zones.flatMap(([zone, time, local, utc]): [string, string | null][] => [
    [`convertFromUtc('${time}', ${quoted(zone)}, 's')`, local],
    [`convertToUtc('${time}', ${quoted(zone)}, 's')`, utc],
  ]);
  expect(differing(cases)).toEqual([]);
});

test('texts that are read as numbers', () => {
  // JSON has no such numbers.
  const isInJson = (number: string | null) => !/Infinity|NaN/.test(number ?? '');
  const cases = [
    ...table.floatTexts.map(([text, number]): [string, string | null] => [
      `formatNumber(float(${quoted(text)}), 'R')`,
      isInJson(number) ? number : null,
    ]),
    ...table.wholeTexts.map(([text, number]): [string, string | null] => [`string(int(${quoted(text)}))`, number]),
  ];
  expect(differing(cases)).toEqual([]);
});

test('how far apart times are', () => {
  const start = 631_139_040_000_000_000n;
  const cases = table.spans
    // The last ones end after the year 9999.
    .filter(([ticks]) => start + BigInt(ticks) > 0n && start + BigInt(ticks) < 3_155_378_976_000_000_000n)
    .map(([ticks, text]): [string, string] => {
      const seconds = BigInt(ticks) / 10_000_000n;
      const end = `addSeconds('2001-01-01T00:00:00Z', ${seconds})`;
      const fraction = BigInt(ticks) - seconds * 10_000_000n;
      const exact = fraction === 0n ? end : `addSeconds(${end}, ${(Number(fraction) / 1e7).toFixed(7)})`;
      return [`dateDifference('2001-01-01T00:00:00Z', ${exact})`, text];
    });
  expect(cases.length).toBeGreaterThan(10);
  expect(differing(cases)).toEqual([]);
});
