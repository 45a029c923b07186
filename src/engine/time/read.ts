import { notRun, refuse } from '../refusal.ts';
import { type Culture, cultureOf } from '../values/culture.ts';
import { fromParts, type Instant, shifted, ticksPerSecond, weekday } from './instant.ts';
import { readDate } from './read-date.ts';

/** Longer text is no timestamp. */
const longest = 100;

const zulu = String.raw`\s*(?<zulu>z|gmt)`;
const clock = String.raw`(?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:[.,](?<fraction>\d+))?)?`;
const half = String.raw`\s*(?<half>[ap]m)`;
const offset = String.raw`(?:${zulu}|\s*(?<sign>[+-])(?<hours>\d{1,2}):?(?<minutes>\d{2})?)`;
/** Where a time stands: after the date and a T, after the date, before it, or as an hour alone. */
const times = [
  new RegExp(String.raw`(?<=[\d\s])t\s*${clock}${offset}?$`, 'i'),
  new RegExp(String.raw`(?:^|[\s,])${clock}(?:${half})?${offset}?$`, 'i'),
  new RegExp(String.raw`^${clock}(?:${half})?${offset}?(?=[\s,])`, 'i'),
  new RegExp(String.raw`(?:^|[\s,])(?<hour>\d{1,2})${half}$`, 'i'),
];
/** Behind a date alone, "-07" is a part of it. */
const zone = new RegExp(String.raw`(?:${zulu}|\s*(?<sign>[+-])(?<hours>\d{1,2}):(?<minutes>\d{2}))$`, 'i');

/**
 * The point in time that a text names, read as leniently as .NET reads one. What has an offset is turned to UTC; what has none is
 * of no zone. Refuses a text that names no time. Source: docs/facts/engine.md#timestamps.
 */
export function readInstant(text: string, culture: Culture = cultureOf()): Instant {
  const fail = (): never => refuse(`The text '${text.slice(0, 60)}' is no timestamp.`);
  if (text.length > longest) fail();
  if (/[#年月日]|\b[ab]\.?[dc]\./i.test(text)) notRun('timestamps with an era, with # or with signs of East Asia');
  let rest = text.trim();
  const found: Partial<Record<string, string>> = {};
  for (const form of [times.find((one) => one.test(rest)), zone]) {
    const part = found.zulu || found.sign ? null : form?.exec(rest);
    if (!part) continue;
    Object.assign(found, part.groups);
    rest = rest.slice(0, part.index) + rest.slice(part.index + part[0].length);
  }
  const time = timeOf(found, fail);
  if (rest.trim() === '' && found.hour) notRun('a timestamp without a date, which the clock of a server completes');
  const { weekday: named, ...date } = readDate(rest, culture) ?? fail();
  const { sign, hours, minutes = '0' } = found;
  const local = shifted(fromParts({ ...date, ...time, fraction: 0 }, Boolean(found.zulu ?? sign)), time.fraction);
  if (named !== undefined && named !== weekday(local)) fail();
  if (!sign) return local;
  const size = Number(hours) * 60 + Number(minutes);
  if (Number(minutes) > 59 || size > 14 * 60) fail();
  const ticks = BigInt(size * 60) * ticksPerSecond;
  return shifted(local, sign === '-' ? ticks : -ticks);
}

/** Of the parts of a time; without any, midnight. The fraction in 100 nanoseconds, more digits rounded. */
function timeOf(
  { hour = '0', minute = '0', second = '0', fraction = '0', half }: Partial<Record<string, string>>,
  fail: () => never,
) {
  const written = Number(hour);
  const isAfternoon = half?.toLowerCase() === 'pm';
  if (half && !isAfternoon && written > 12) fail();
  return {
    hour: half ? inDay(written, isAfternoon) : written,
    minute: Number(minute),
    second: Number(second),
    fraction: BigInt(Math.round(Number(`0.${fraction}`) * Number(ticksPerSecond))),
  };
}

/** An hour of a half of a day, from 0 to 23; .NET leaves an hour of the afternoon that is written with 24 as it is. */
function inDay(hour: number, isAfternoon: boolean): number {
  if (isAfternoon) return hour < 12 ? hour + 12 : hour;
  return hour % 12;
}
