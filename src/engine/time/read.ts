import { refuse } from '../refusal.ts';
import { type Culture, cultureOf } from '../values/culture.ts';
import { fromParts, type Instant, shifted, ticksPerSecond } from './instant.ts';

/** Longer text is no timestamp. */
const longest = 100;

const zone = /\s*(?:(z|gmt|utc)|([+-])(\d{1,2}):?(\d{2})?)$/i;
const time = /(?:^|[\sT])(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,7})\d*)?)?\s*([ap]m?)?$/i;
const hourAlone = /(?:^|\s)(\d{1,2})\s*([ap]m)$/i;

/**
 * The point in time that a text names, read as leniently as .NET reads one. What has an offset is turned to UTC; what has none is
 * of no zone. Refuses a text that names no time. Source: docs/facts/engine.md#timestamps.
 */
export function readInstant(text: string, culture: Culture = cultureOf()): Instant {
  const fail = (): never => refuse(`The text '${text.slice(0, 60)}' is no timestamp.`);
  if (text.length > longest) fail();
  let rest = text.trim();
  // An offset stands after a time; after a date alone, "-07" is a part of the date.
  const offset = rest.includes(':') || /z$/i.test(rest) ? zone.exec(rest) : null;
  if (offset) rest = rest.slice(0, offset.index);
  const clock = time.exec(rest) ?? hourAlone.exec(rest);
  if (clock) rest = rest.slice(0, clock.index);
  const date = readDate(rest.trim(), culture) ?? fail();
  const [hour, minute, second, fraction] = clock ? timeOf(clock) : [0, 0, 0, 0];
  const parts = { ...date, hour, minute, second, fraction };
  if (!offset) return fromParts(parts, false);
  const [, isZulu, sign, hours, minutes] = offset;
  if (isZulu) return fromParts(parts, true);
  const seconds = BigInt(Number(hours) * 3600 + Number(minutes ?? 0) * 60) * ticksPerSecond;
  return shifted(fromParts(parts, true), sign === '-' ? seconds : -seconds);
}

function timeOf(found: RegExpExecArray): [hour: number, minute: number, second: number, fraction: number] {
  const isShort = found.length === 3;
  const [, hour, minute, second, fraction] = found;
  const half = (isShort ? found[2] : found[5])?.toLowerCase();
  const written = Number(hour);
  if (half && (written < 1 || written > 12)) refuse(`The hour ${written} has no half of a day.`);
  const inDay = half ? (written % 12) + (half.startsWith('p') ? 12 : 0) : written;
  return isShort ? [inDay, 0, 0, 0] : [inDay, Number(minute), Number(second ?? 0), Number((fraction ?? '').padEnd(7, '0'))];
}

function readDate(text: string, culture: Culture): { year: number; month: number; day: number } | undefined {
  const iso = /^(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?$/.exec(text);
  if (iso) return { year: Number(iso[1]), month: Number(iso[2]), day: Number(iso[3] ?? 1) };
  const numbers = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{2}|\d{4})$/.exec(text);
  if (numbers) {
    const [first, second, year] = [Number(numbers[1]), Number(numbers[2]), fullYear(Number(numbers[3]))];
    return culture.order.indexOf('d') < culture.order.indexOf('m')
      ? { year, month: second, day: first }
      : { year, month: first, day: second };
  }
  return readWords(text, culture);
}

/** Such as `Thu, 15 Mar 2018`, `March 15, 2018`, `martes 20 octubre 2020`. */
function readWords(text: string, culture: Culture): { year: number; month: number; day: number } | undefined {
  const words = text
    .toLowerCase()
    .split(/[\s,.-]+/)
    .filter((word) => word !== '');
  const isDay = (word: string) => [culture.days, culture.shortDays].some((names) => indexOfName(names, word) >= 0);
  const rest = words.filter((word, index) => !(index === 0 && isDay(word)) && word !== 'de');
  const months = rest.map((word) => Math.max(indexOfName(culture.months, word), indexOfName(culture.shortMonths, word)));
  const at = months.findIndex((month) => month >= 0);
  const numbers = rest.filter((_, index) => index !== at).map(Number);
  if (at < 0 || numbers.some((number) => !Number.isInteger(number)) || numbers.length > 2) return undefined;
  const [year = Number.NaN, day = 1] = [...numbers].sort((left, right) => right - left);
  const isYear = year > 31;
  return isYear ? { year, month: (months[at] ?? 0) + 1, day: numbers.length === 2 ? day : 1 } : undefined;
}

function indexOfName(names: readonly string[], word: string): number {
  return names.findIndex((name) => name.toLowerCase().replaceAll('.', '') === word);
}

/** Of two digits: .NET counts to 2049. */
function fullYear(year: number): number {
  return year >= 100 ? year : year < 50 ? 2000 + year : 1900 + year;
}
