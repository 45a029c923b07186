import { refuse } from '../refusal.ts';

/** A point in time as .NET holds it: 100 nanoseconds since the year 1, and whether it is known to be UTC. */
export interface Instant {
  readonly ticks: bigint;
  /** Written with a `Z` at its end. Without it nobody knows which zone is meant. */
  readonly isUtc: boolean;
}

export const ticksPerSecond = 10_000_000n;
export const ticksPerDay = 86_400n * ticksPerSecond;
const ticksPerMillisecond = 10_000n;
/** Of 1970-01-01. */
const epoch = 621_355_968_000_000_000n;
/** After 9999-12-31. */
const end = 3_155_378_976_000_000_000n;

export interface Parts {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** 100 nanoseconds. */
  readonly fraction: number;
}

/** Refuses what lies outside of the years 1 to 9999. */
export function instant(ticks: bigint, isUtc: boolean): Instant {
  if (ticks < 0n || ticks >= end) refuse('The timestamp is outside of the years 1 to 9999.');
  return { ticks, isUtc };
}

export function fromMilliseconds(milliseconds: number): Instant {
  return instant(epoch + BigInt(Math.trunc(milliseconds)) * ticksPerMillisecond, true);
}

/** Milliseconds since 1970, the fraction of the last one cut off. */
export function toMilliseconds({ ticks }: Instant): number {
  return Number((ticks - epoch) / ticksPerMillisecond) - ((ticks - epoch) % ticksPerMillisecond < 0n ? 1 : 0);
}

/** Refuses a date that is in no calendar. */
export function fromParts({ year, month, day, hour, minute, second, fraction }: Parts, isUtc: boolean): Instant {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const isThere = year >= 1 && year <= 9999 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  if (!isThere || hour > 23 || minute > 59 || second > 59) refuse('The timestamp names a time that is in no calendar.');
  date.setUTCHours(hour, minute, second);
  return instant(epoch + BigInt(date.getTime()) * ticksPerMillisecond + BigInt(fraction), isUtc);
}

export function toParts(at: Instant): Parts {
  const date = dateOf(at);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    fraction: Number(at.ticks % ticksPerSecond),
  };
}

/** 0 is Sunday. */
export function weekday(at: Instant): number {
  return dateOf(at).getUTCDay();
}

/** 1 is the first of January. */
export function dayOfYear(at: Instant): number {
  const first = fromParts({ year: toParts(at).year, month: 1, day: 1, hour: 0, minute: 0, second: 0, fraction: 0 }, true);
  return Number((at.ticks - first.ticks) / ticksPerDay) + 1;
}

function dateOf(at: Instant): Date {
  return new Date(toMilliseconds(at));
}

/** Later or earlier by some ticks. */
export function shifted(at: Instant, ticks: bigint): Instant {
  return instant(at.ticks + ticks, at.isUtc);
}

/** Later or earlier by months: the last day of a month where the day is not in it. */
export function shiftedByMonths(at: Instant, months: number): Instant {
  const { year, month, day, ...time } = toParts(at);
  const count = year * 12 + month - 1 + months;
  const [newYear, newMonth] = [Math.floor(count / 12), (((count % 12) + 12) % 12) + 1];
  if (newYear < 1 || newYear > 9999) refuse('The timestamp is outside of the years 1 to 9999.');
  const last = new Date(0);
  last.setUTCFullYear(newYear, newMonth, 0);
  return fromParts({ year: newYear, month: newMonth, day: Math.min(day, last.getUTCDate()), ...time }, at.isUtc);
}
