import type { ServiceName } from './recorded.ts';

export const faultKinds = [
  'throttled',
  'unavailable',
  'forbidden',
  'tokenExpired',
  'reset',
  'lost',
  'timeout',
  'malformed',
  'failedLate',
  'unavailableLate',
] as const;

/**
 * `throttled`: 429 with Retry-After. `unavailable`: 503. `forbidden`: 403. `tokenExpired`: 401, of services that want a token. `reset`: the connection breaks
 * before anything is done. `lost`: it is done, and the connection breaks before the answer. `timeout`: no answer ever.
 * `malformed`: half a JSON document. `failedLate`: taken, and the operation fails in the end; what is no operation fails with 500.
 * `unavailableLate`: it is done, and the answer is 503.
 */
export type FaultKind = (typeof faultKinds)[number];

/** What goes wrong, and when. Without a condition: at the next request. */
export interface Fault {
  readonly kind: FaultKind;
  readonly service?: ServiceName;
  readonly method?: string;
  /** Found in the path and query of the request. */
  readonly path?: RegExp;
  /** Which of the matching requests, counted from 0 since the faults were set. Default: the first. */
  readonly at?: number;
  /** How many from there on. Default: 1. */
  readonly times?: number;
  /** Seconds, of `throttled`, `unavailable` and `unavailableLate`. Default: 0. */
  readonly retryAfter?: number;
}

/** Counts requests, and tells which of them fail. */
export class Faults {
  #waiting: { readonly fault: Fault; seen: number }[] = [];

  set(faults: readonly Fault[]) {
    this.#waiting = faults.map((fault) => ({ fault, seen: 0 }));
  }

  /** The fault that befalls this request. */
  next(service: ServiceName, method: string, pathAndQuery: string): Fault | undefined {
    let found: Fault | undefined;
    for (const waiting of this.#waiting) {
      const { fault } = waiting;
      if (fault.service !== undefined && fault.service !== service) continue;
      if (fault.method !== undefined && fault.method !== method) continue;
      if (fault.path !== undefined && !fault.path.test(pathAndQuery)) continue;
      const index = waiting.seen++;
      const first = fault.at ?? 0;
      if (index >= first && index < first + (fault.times ?? 1)) found ??= fault;
    }
    return found;
  }
}
