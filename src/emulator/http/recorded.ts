import type { FaultKind } from './faults.ts';

export const serviceNames = ['entra', 'arm', 'vault', 'graph', 'logic'] as const;
export type ServiceName = (typeof serviceNames)[number];

/** A request that came in, and what was answered. Bodies are texts as they were sent: they may hold secrets. */
export interface Recorded {
  readonly service: ServiceName;
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Absent where no answer went out. */
  readonly answer?: { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: string };
  readonly fault?: FaultKind;
}

/** Older ones are forgotten, so that an emulator may run for weeks. */
const mostRecorded = 10_000;

export class Recorder {
  #recorded: Recorded[] = [];

  add(recorded: Recorded) {
    this.#recorded.push(recorded);
    if (this.#recorded.length > mostRecorded) this.#recorded = this.#recorded.slice(mostRecorded / 10);
  }

  all(): readonly Recorded[] {
    return this.#recorded;
  }
}
