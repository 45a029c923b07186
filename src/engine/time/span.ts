import { ticksPerSecond } from './instant.ts';

/** A difference of times as .NET writes one: `1268.00:00:00`. */
export function formatSpan(ticks: bigint): string {
  const size = ticks < 0n ? -ticks : ticks;
  const seconds = size / ticksPerSecond;
  const two = (value: bigint) => value.toString().padStart(2, '0');
  const days = seconds / 86_400n;
  const clock = [(seconds / 3600n) % 24n, (seconds / 60n) % 60n, seconds % 60n].map(two).join(':');
  const fraction = size % ticksPerSecond;
  return `${ticks < 0n ? '-' : ''}${days > 0n ? `${days}.` : ''}${clock}${fraction > 0n ? `.${fraction.toString().padStart(7, '0')}` : ''}`;
}
