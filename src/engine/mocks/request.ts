/** What an action asks of another service. Nothing is sent: a mock answers. */
export interface SentRequest {
  /** The action that asks. */
  readonly action: string;
  /** Its type, as the definition writes it: `Http`, `ApiConnection`. */
  readonly type: string;
  readonly method?: string;
  /** The whole address, where there is one. */
  readonly url?: string;
  readonly host?: string;
  readonly path?: string;
  readonly connector?: string;
  readonly operation?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly queries?: Readonly<Record<string, unknown>>;
  /** Of an operation that has no path, by name. */
  readonly parameters?: unknown;
  readonly body?: unknown;
  /** How it signs in; never with what. */
  readonly authentication?: string;
  /** 1 for the first try, 2 for the first one after a failure. */
  readonly attempt: number;
  /** When, as an ISO 8601 time. */
  readonly at: string;
}

/** A request before it is made. */
export type WantedRequest = Omit<SentRequest, 'attempt' | 'at'>;
