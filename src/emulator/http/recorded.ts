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
