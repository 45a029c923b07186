import { notRun, refuse } from '../refusal.ts';
import { type Culture, cultureOf } from '../values/culture.ts';
import { type Instant, type Parts, toParts, weekday } from './instant.ts';

/** Standard formats as custom ones: those that look the same everywhere, and those of English in the United States. */
const everywhere: Readonly<Record<string, string>> = {
  o: "yyyy'-'MM'-'dd'T'HH':'mm':'ss'.'fffffffK",
  O: "yyyy'-'MM'-'dd'T'HH':'mm':'ss'.'fffffffK",
  s: "yyyy'-'MM'-'dd'T'HH':'mm':'ss",
  u: "yyyy'-'MM'-'dd HH':'mm':'ss'Z'",
};
const english: Readonly<Record<string, string>> = {
  r: "ddd, dd MMM yyyy HH':'mm':'ss 'GMT'",
  R: "ddd, dd MMM yyyy HH':'mm':'ss 'GMT'",
  d: 'M/d/yyyy',
  D: 'dddd, MMMM d, yyyy',
  f: 'dddd, MMMM d, yyyy h:mm tt',
  F: 'dddd, MMMM d, yyyy h:mm:ss tt',
  U: 'dddd, MMMM d, yyyy h:mm:ss tt',
  g: 'M/d/yyyy h:mm tt',
  G: 'M/d/yyyy h:mm:ss tt',
  m: 'MMMM d',
  M: 'MMMM d',
  t: 'h:mm tt',
  T: 'h:mm:ss tt',
  y: 'MMMM yyyy',
  Y: 'MMMM yyyy',
};

/**
 * A time as text, in a standard or a custom format of .NET. Refuses what is no format. Source: docs/facts/engine.md#formats-of-times.
 */
export function formatInstant(at: Instant, format = 'o', culture: Culture = cultureOf()): string {
  const wanted = format === '' ? 'o' : format;
  if (wanted.length > 1) return custom(at, wanted, culture);
  const pattern = everywhere[wanted];
  if (pattern) return custom(at, pattern, culture);
  const own = english[wanted] ?? refuse(`The format '${wanted}' is not valid.`);
  if (/[rR]/.test(wanted)) return custom(at, own, cultureOf());
  if (!culture.isDefault)
    notRun(`the format ${wanted} of times in the culture ${culture.name}`, 'write it out, such as dd.MM.yyyy');
  return custom(at, own, culture);
}

/** The parts of a format: quoted text, an escaped character, one letter alone, a run of one letter, any other character. */
export const formatParts =
  /'((?:\\[\s\S]|[^'\\])*)'|"((?:\\[\s\S]|[^"\\])*)"|\\([\s\S])|%([^%'"\\])|([dfFghHKmMstyz:/])\5*|[\s\S]/gu;

function custom(at: Instant, format: string, culture: Culture): string {
  const time = toParts(at);
  let text = '';
  for (const [found, quoted, doubled, escaped, alone, letter] of format.matchAll(formatParts)) {
    const plain = (quoted ?? doubled)?.replaceAll(/\\([\s\S])/g, '$1') ?? escaped;
    const [sign, count] = alone === undefined ? [letter, found.length] : [alone, 1];
    if (plain !== undefined) text += plain;
    else if (sign === undefined)
      text += /['"\\%]/.test(found) ? refuse(`The format '${format.slice(0, 60)}' is not valid.`) : found;
    else {
      const written = specifier(sign, count, at, time, culture);
      // Without a fraction there is no point before it either.
      if (sign === 'F' && written === '') text = text.replace(/\.$/, '');
      text += written;
    }
  }
  return text;
}

function specifier(letter: string, count: number, at: Instant, time: Parts, culture: Culture): string {
  const digits = (value: number, most = 2) => String(value).padStart(Math.min(count, most), '0');
  switch (letter) {
    case 'd':
      if (count < 3) return digits(time.day);
      return (count === 3 ? culture.shortDays : culture.days)[weekday(at)] ?? '';
    case 'M':
      if (count < 3) return digits(time.month);
      return (count === 3 ? culture.shortMonths : culture.months)[time.month - 1] ?? '';
    case 'y':
      return count < 3 ? digits(time.year % 100) : String(time.year).padStart(count, '0');
    case 'h':
      return digits(time.hour % 12 || 12);
    case 'H':
      return digits(time.hour);
    case 'm':
      return digits(time.minute);
    case 's':
      return digits(time.second);
    case 't':
      return (time.hour < 12 ? 'AM' : 'PM').slice(0, count);
    case 'f':
    case 'F': {
      if (count > 7) refuse('A format has at most 7 digits of a second.');
      const text = String(time.fraction).padStart(7, '0').slice(0, count);
      return letter === 'f' ? text : text.replace(/0+$/, '');
    }
    case 'g':
      return culture.isDefault ? 'A.D.' : notRun(`the era of a time in the culture ${culture.name}`);
    case 'K':
      return at.isUtc ? 'Z'.repeat(count) : '';
    // Servers stand in UTC.
    case 'z':
      return count === 1 ? '+0' : count === 2 ? '+00' : '+00:00';
    case ':':
      return letter.repeat(count);
    case '/':
      return dateSeparator(culture).repeat(count);
    default:
      return letter.repeat(count);
  }
}

/** A standard format as a custom one. */
export function patternOf(standard: string): string | undefined {
  return everywhere[standard] ?? english[standard];
}

function dateSeparator(culture: Culture): string {
  if (culture.isDefault) return '/';
  const literal = new Intl.DateTimeFormat(culture.name, { timeZone: 'UTC' })
    .formatToParts(0)
    .find(({ type }) => type === 'literal');
  return literal?.value.trim() ?? '/';
}
