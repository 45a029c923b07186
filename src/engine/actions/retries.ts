import { secondsIn } from '../../definition/duration.ts';
import { ranges } from '../../definition/limits.ts';
import { asText } from '../../diagnostics/words.ts';
import { member } from '../../json/member.ts';

/** Whether a status may be another one the next time. Source: docs/facts/engine.md#retries. */
export function isWorthARetry(status: number): boolean {
  return status === 408 || status === 429 || status >= 500;
}

/**
 * Seconds to wait before each further try. Without a policy four times, at intervals that double from 7.5 seconds and end at 45. The
 * service draws a growing interval by lot; here it is its upper end. Source: docs/facts/engine.md#retries.
 */
export function retriesOf(policy: unknown): number[] {
  const type = asText(member(policy, 'type')).toLowerCase();
  if (type === 'none') return [];
  const isUsual = type !== 'fixed' && type !== 'exponential';
  const count = Number(member(policy, 'count') ?? 4);
  const length = Number.isInteger(count) && count > 0 ? Math.min(count, ranges.retryCount[1]) : 4;
  const interval = secondsIn(asText(member(policy, 'interval')));
  const least = secondsIn(asText(member(policy, 'minimumInterval'))) ?? 5;
  const most = secondsIn(asText(member(policy, 'maximumInterval'))) ?? (isUsual ? 45 : 86_400);
  return Array.from({ length: isUsual ? 4 : length }, (_, index) => {
    if (type === 'fixed') return interval ?? 0;
    return Math.min(Math.max((interval ?? 7.5) * 2 ** index, least), most);
  });
}
