import { refuse } from '../refusal.ts';
import { formatInstant } from '../time/format.ts';
import {
  dayOfYear,
  fromMilliseconds,
  fromParts,
  type Instant,
  instant,
  shifted,
  shiftedByMonths,
  ticksPerDay,
  ticksPerSecond,
  toParts,
  weekday,
} from '../time/instant.ts';
import { readInstant } from '../time/read.ts';
import { readExactly } from '../time/read-exactly.ts';
import { formatSpan } from '../time/span.ts';
import { fromZone, inZone } from '../time/zones.ts';
import { cultureOf } from '../values/culture.ts';
import { toDouble, whole } from '../values/numbers.ts';
import type { Value } from '../values/value.ts';
import { count, numeric, optionalText, text } from './arguments.ts';
import type { Evaluations } from './function.ts';
import type { World } from './world.ts';

/** Points in time, as texts. Sources: docs/facts/engine.md#timestamps and #formats-of-times. */
export const times = {
  addDays: (values) => added(values, 86_400),
  addHours: (values) => added(values, 3600),
  addMinutes: (values) => added(values, 60),
  addSeconds: (values) => added(values, 1),
  addToTime: (values) => shown(moved(at(values), count(values, 1), text(values, 2)), values, 3),
  convertFromUtc: (values) => shown(inZone(at(values), text(values, 1)), values, 2),
  convertTimeZone: (values) => shown(inZone(fromZoneOrUtc(at(values), text(values, 1)), text(values, 2)), values, 3),
  convertToUtc: (values) => shown(fromZoneOrUtc(at(values), text(values, 1)), values, 2),
  dateDifference: (values) => formatSpan(at(values, 1).ticks - at(values).ticks),
  dayOfMonth: (values) => toParts(at(values)).day,
  dayOfWeek: (values) => weekday(at(values)),
  dayOfYear: (values) => dayOfYear(at(values)),
  formatDateTime: (values) => formatInstant(at(values), optionalText(values, 1), cultureOf(optionalText(values, 2))),
  getFutureTime: (values, world) => shown(moved(now(world), count(values, 0), text(values, 1)), values, 2),
  getPastTime: (values, world) => shown(moved(now(world), -count(values, 0), text(values, 1)), values, 2),
  parseDateTime: (values) => {
    const culture = cultureOf(optionalText(values, 1));
    const format = optionalText(values, 2);
    if (format === undefined) return formatInstant(readInstant(text(values, 0), culture));
    return formatInstant(readExactly(text(values, 0), format, culture));
  },
  startOfDay: (values) => shown(startOf(at(values), { hour: 0 }), values, 1),
  startOfHour: (values) => shown(startOf(at(values), {}), values, 1),
  startOfMonth: (values) => shown(startOf(at(values), { hour: 0, day: 1 }), values, 1),
  subtractFromTime: (values) => shown(moved(at(values), -count(values, 1), text(values, 2)), values, 3),
  ticks: (values) => whole(at(values).ticks),
  utcNow: (values, world) => shown(now(world), values, 0),
} satisfies Partial<Evaluations<string>>;

function now(world: World): Instant {
  return fromMilliseconds(world.now());
}

function at(values: readonly Value[], index = 0): Instant {
  return readInstant(text(values, index));
}

function shown(time: Instant, values: readonly Value[], format: number): string {
  return formatInstant(time, optionalText(values, format));
}

function added(values: readonly Value[], seconds: number): string {
  // What is less than 100 nanoseconds is cut off, as .NET does from 7.0 on.
  const count = toDouble(numeric(values, 1));
  const [whole, rest] = [Math.trunc(count), count - Math.trunc(count)];
  if (!Number.isSafeInteger(whole)) refuse('The timestamp is outside of the years 1 to 9999.');
  const unit = BigInt(seconds) * ticksPerSecond;
  return shown(shifted(at(values), BigInt(whole) * unit + BigInt(Math.trunc(rest * Number(unit)))), values, 2);
}

const units: Readonly<Record<string, bigint>> = {
  second: ticksPerSecond,
  minute: 60n * ticksPerSecond,
  hour: 3600n * ticksPerSecond,
  day: ticksPerDay,
  week: 7n * ticksPerDay,
};

/** Refuses a unit that is none. */
export function moved(time: Instant, interval: number, unit: string): Instant {
  const word = unit.toLowerCase();
  if (word === 'month') return shiftedByMonths(time, interval);
  if (word === 'year') return shiftedByMonths(time, interval * 12);
  const size = Object.hasOwn(units, word) ? units[word] : undefined;
  if (size === undefined)
    return refuse(`'${unit.slice(0, 40)}' is no unit of time: write Second, Minute, Hour, Day, Week, Month or Year.`);
  return instant(time.ticks + BigInt(interval) * size, time.isUtc);
}

/** A time that says that it is UTC is no time of another zone. */
function fromZoneOrUtc(time: Instant, zone: string): Instant {
  return time.isUtc ? time : fromZone(time, zone);
}

function startOf(time: Instant, parts: { readonly hour?: 0; readonly day?: 1 }): Instant {
  return fromParts({ ...toParts(time), minute: 0, second: 0, fraction: 0, ...parts }, time.isUtc);
}
