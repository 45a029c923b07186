import { notRun, refuse } from '../refusal.ts';
import type { Culture } from '../values/culture.ts';
import { formatParts, patternOf } from './format.ts';
import { fromParts, type Instant, shifted, ticksPerSecond, weekday } from './instant.ts';
import { fullYear } from './read-date.ts';

/** Reads a text in exactly one format of .NET: `ddMMyyyy`, `MM/dd/yyyy HH\h`. Refuses what does not fit. */
export function readExactly(text: string, format: string, culture: Culture): Instant {
  const fail = (): never => refuse(`The text '${text.slice(0, 60)}' is not written as '${format.slice(0, 60)}'.`);
  const found = new Map<string, number>();
  let at = 0;
  /** A part that is written twice must be the same both times. */
  const keep = (part: string, value: number) => {
    if ((found.get(part) ?? value) !== value) fail();
    found.set(part, value);
  };
  const digits = (least: number, most: number): string => {
    const read = new RegExp(`^\\d{${least},${most}}`).exec(text.slice(at))?.[0] ?? fail();
    at += read.length;
    return read;
  };
  const word = (names: readonly string[]): number => {
    const rest = text.slice(at).toLowerCase();
    const [index, name] =
      [...names.entries()]
        .filter(([, one]) => one !== '' && rest.startsWith(one.toLowerCase()))
        .sort((a, b) => b[1].length - a[1].length)[0] ?? fail();
    at += name.length;
    return index;
  };
  const literal = (expected: string) => {
    if (!text.startsWith(expected, at)) fail();
    at += expected.length;
  };
  const offset = (count: number) => {
    const form = count > 2 ? /^([+-])(\d{1,2}):?(\d{2})/ : /^([+-])(\d{1,2})/;
    const [whole, sign, hours, minutes = '0'] = form.exec(text.slice(at)) ?? fail();
    const size = Number(hours) * 60 + Number(minutes);
    if (Number(minutes) > 59 || size > 14 * 60) fail();
    at += whole.length;
    keep('offset', sign === '-' ? -size : size);
  };
  const zulu = () => {
    at += 1;
    keep('offset', 0);
  };
  const pattern = format.length === 1 ? (patternOf(format) ?? refuse(`The format '${format}' is not valid.`)) : format;
  for (const [whole, quoted, doubled, escaped, alone, letter] of pattern.matchAll(formatParts)) {
    const count = alone === undefined ? whole.length : 1;
    const [least, most] = count === 1 ? [1, 2] : [2, 2];
    const plain = quoted ?? doubled ?? escaped;
    if (plain !== undefined) {
      literal(plain);
      continue;
    }
    if (letter === undefined && alone === undefined && /['"%\\]/.test(whole))
      refuse(`The format '${format.slice(0, 60)}' is not valid.`);
    switch (alone ?? letter) {
      case 'd':
        if (count < 3) keep('day', Number(digits(least, most)));
        else keep('weekday', word(count === 3 ? culture.shortDays : culture.days));
        break;
      case 'M':
        keep('month', count < 3 ? Number(digits(least, most)) : word(count === 3 ? culture.shortMonths : culture.months) + 1);
        break;
      case 'y':
        keep('year', count < 3 ? fullYear(digits(least, most)) : Number(digits(count, count)));
        break;
      case 'H':
        keep('hour', Number(digits(least, most)));
        break;
      case 'h':
        keep('hourOfHalf', Number(digits(least, most)));
        break;
      case 'm':
        keep('minute', Number(digits(least, most)));
        break;
      case 's':
        keep('second', Number(digits(least, most)));
        break;
      case 'f':
        keep('fraction', Number(digits(count, count).padEnd(7, '0')));
        break;
      case 'F':
        keep('fraction', Number(digits(0, count).padEnd(7, '0')));
        break;
      case 't':
        keep('half', word(count === 1 ? ['A', 'P'] : ['AM', 'PM']));
        break;
      case 'K':
        if (text.charAt(at).toUpperCase() === 'Z') zulu();
        else if (/[+-]/.test(text.charAt(at))) offset(3);
        break;
      case 'z':
        offset(count);
        break;
      case 'g':
        notRun('the era in a format that a time is read by');
        break;
      default:
        // A point before fractions that may be left out goes with them.
        if (whole === 'Z' && text.charAt(at) === 'Z') zulu();
        else if (whole !== '.' || text.charAt(at) === '.' || !/^\.F/.test(pattern.slice(pattern.indexOf('.')))) literal(whole);
    }
  }
  if (at < text.length) fail();
  return instantOf(found, fail);
}

function instantOf(found: ReadonlyMap<string, number>, fail: () => never): Instant {
  if (!found.has('year')) notRun('a timestamp without a year, which the clock of a server completes');
  const [half, hourOfHalf, offset] = [found.get('half'), found.get('hourOfHalf'), found.get('offset')];
  if (hourOfHalf !== undefined && hourOfHalf > 12) fail();
  const inHalf = hourOfHalf === undefined ? undefined : half === undefined ? hourOfHalf : (hourOfHalf % 12) + half * 12;
  const hour = found.get('hour') ?? inHalf ?? 0;
  if ((inHalf !== undefined && inHalf !== hour) || (half !== undefined && half !== Math.floor(hour / 12))) fail();
  const part = (name: string, usual: number) => found.get(name) ?? usual;
  const local = fromParts(
    {
      year: part('year', 1),
      month: part('month', 1),
      day: part('day', 1),
      hour,
      minute: part('minute', 0),
      second: part('second', 0),
      fraction: part('fraction', 0),
    },
    offset !== undefined,
  );
  if (part('weekday', weekday(local)) !== weekday(local)) fail();
  return shifted(local, -BigInt(offset ?? 0) * 60n * ticksPerSecond);
}
