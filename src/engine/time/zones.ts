import { ianaZone } from '../../cloud/time-zones.ts';
import { notRun, refuse } from '../refusal.ts';
import { fromParts, type Instant, shifted, ticksPerSecond, toMilliseconds } from './instant.ts';

const formats = new Map<string, Intl.DateTimeFormat>();

/** The time that clocks in a zone of Windows show at a point in UTC. Refuses a zone that is none. */
export function inZone(at: Instant, windowsName: string): Instant {
  const local = { ...shifted(at, offsetAt(at, zoneOf(windowsName))), isUtc: false };
  return zoneOf(windowsName) === 'Etc/UTC' ? { ...local, isUtc: true } : local;
}

/** The point in UTC at which clocks in a zone show a time; of a time that they show twice, the one of standard time. */
export function fromZone(local: Instant, windowsName: string): Instant {
  const zone = zoneOf(windowsName);
  const asUtc = { ...local, isUtc: true };
  // Around a change of the clocks one of the two offsets is right; where both are, the one after it is standard time.
  const day = 86_400n * ticksPerSecond;
  const offsets = [offsetAt(shifted(asUtc, day), zone), offsetAt(shifted(asUtc, -day), zone)];
  const fitting = offsets.map((offset) => shifted(asUtc, -offset)).filter((at) => offsetAt(at, zone) === asUtc.ticks - at.ticks);
  const [found] = fitting;
  return found ?? refuse(`The time is left out by the clocks of '${windowsName}' when they go forward.`);
}

function zoneOf(windowsName: string): string {
  const found = ianaZone(windowsName);
  if (found === undefined) refuse(`The time zone '${windowsName.slice(0, 60)}' is not valid.`);
  return found === '' ? notRun(`the time zone ${windowsName}, which no place has`) : found;
}

function offsetAt(at: Instant, zone: string): bigint {
  let format = formats.get(zone);
  if (!format) {
    const numeric = 'numeric';
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      calendar: 'gregory',
      hourCycle: 'h23',
      era: 'short',
      year: numeric,
      month: numeric,
      day: numeric,
      hour: numeric,
      minute: numeric,
      second: numeric,
    });
    formats.set(zone, format);
  }
  const seconds = Math.floor(toMilliseconds(at) / 1000);
  const parts = new Map(format.formatToParts(seconds * 1000).map(({ type, value }) => [type, Number(value)]));
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
  const shown = fromParts(
    {
      year: part('year'),
      month: part('month'),
      day: part('day'),
      hour: part('hour'),
      minute: part('minute'),
      second: part('second'),
      fraction: 0,
    },
    true,
  );
  return BigInt(Math.round(toMilliseconds(shown) / 1000) - seconds) * ticksPerSecond;
}
