import { notRun } from '../refusal.ts';
import type { Culture } from '../values/culture.ts';

interface ReadDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  /** The day of the week that is named, 0 for Sunday. */
  readonly weekday?: number;
}

/**
 * A date of numbers and words in any of the orders that .NET takes: `2018-03-15`, `3/15/2018`, `Thu, 15 Mar 2018`, `martes 20 octubre 2020`.
 * Undefined where it is none. Source: docs/facts/engine.md#timestamps.
 */
export function readDate(text: string, culture: Culture): ReadDate | undefined {
  const words = text
    .toLowerCase()
    .split(/[\s,./-]+|(?<=\d)(?=\p{L})|(?<=\p{L})(?=\d)/u)
    .filter((word) => word !== '' && word !== 'de');
  const weekdays = words.map((word) => Math.max(indexOfName(culture.days, word), indexOfName(culture.shortDays, word)));
  const weekday = weekdays.findIndex((day) => day >= 0);
  const rest = words.filter((_, index) => index !== weekday);
  const months = rest.map((word) => Math.max(indexOfName(culture.months, word), indexOfName(culture.shortMonths, word)));
  const named = months.findIndex((month) => month >= 0);
  const numbers = rest.filter((_, index) => index !== named);
  if (numbers.length === 0 || numbers.length > 3 || numbers.some((word) => !/^\d{1,4}$/.test(word))) return undefined;
  const date = named < 0 ? ofNumbers(numbers, culture) : withMonth(numbers, (months[named] ?? 0) + 1);
  return date && { ...date, ...(weekday >= 0 && { weekday: weekdays[weekday] ?? 0 }) };
}

function withMonth([first = '', second, third]: readonly string[], month: number): ReadDate | undefined {
  if (third !== undefined) return undefined;
  if (second === undefined) return isYear(first) ? { year: Number(first), month, day: 1 } : withoutYear();
  const [year, day] = isYear(first) ? [first, second] : [second, first];
  return isYear(day) ? undefined : { year: fullYear(year), month, day: Number(day) };
}

function ofNumbers([first = '', second = '', third]: readonly string[], { order }: Culture): ReadDate | undefined {
  if (second === '') return undefined;
  const isFirst = isYear(first);
  if (third === undefined) {
    const [year, month] = isFirst ? [first, second] : [second, first];
    if (isYear(month)) return undefined;
    return isYear(year) ? { year: Number(year), month: Number(month), day: 1 } : withoutYear();
  }
  if (isYear(second) || (isFirst && isYear(third))) return undefined;
  if (isFirst) return { year: Number(first), month: Number(second), day: Number(third) };
  const [month, day] = order.indexOf('d') < order.indexOf('m') ? [second, first] : [first, second];
  return { year: fullYear(third), month: Number(month), day: Number(day) };
}

function withoutYear(): never {
  return notRun('a timestamp without a year, which the clock of a server completes');
}

/** A number of more than two digits is no month and no day. */
function isYear(word: string): boolean {
  return word.length > 2;
}

function indexOfName(names: readonly string[], word: string): number {
  return names.findIndex((name) => name.toLowerCase().replaceAll('.', '') === word);
}

/** Of one or two digits: .NET counts to 2049. */
export function fullYear(written: string): number {
  const year = Number(written);
  return isYear(written) ? year : year < 50 ? 2000 + year : 1900 + year;
}
