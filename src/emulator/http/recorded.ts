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

/** Characters of bodies that are remembered; older requests are forgotten, so that an emulator may run for weeks. */
const mostRemembered = 200_000_000;

export class Recorder {
  readonly #recorded: Recorded[] = [];
  #size = 0;

  add(recorded: Recorded) {
    this.#recorded.push(recorded);
    this.#size += sizeOf(recorded);
    while (this.#size > mostRemembered) {
      const oldest = this.#recorded.shift();
      if (oldest === undefined) break;
      this.#size -= sizeOf(oldest);
    }
  }

  all(): readonly Recorded[] {
    return [...this.#recorded];
  }
}

/** Addresses and headers count with a round number. */
function sizeOf({ body, answer }: Recorded): number {
  return body.length + (answer?.body.length ?? 0) + 2000;
}
