/** One who answers. All that is said of a request must fit; of several mocks that fit, the first one answers. */
export interface Mock {
  /** The name of the action that asks. */
  readonly action?: string;
  /** The host of the address, such as `graph.microsoft.com`. */
  readonly host?: string;
  readonly method?: string;
  /** The path of the address or of the connector's operation; `*` stands for anything but a slash, `**` for anything. */
  readonly path?: string;
  /** The connector, such as `keyvault` or `sharepointonline`: the last part of its id. */
  readonly connector?: string;
  /** The connector's operation, such as `GetSecret`. */
  readonly operation?: string;
  /** What is answered, each time the same. */
  readonly answer?: MockAnswer;
  /** What is answered the first time, the second time and so on; the last one from then on. */
  readonly answers?: readonly MockAnswer[];
}

/** An answer of HTTP, or what happens in its place. Without anything: 200 and no body. */
export interface MockAnswer {
  /** Default 200. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** The outputs of the action as a whole, in the place of status, headers and body. */
  readonly outputs?: unknown;
  /** The action fails with this code and message; with `outputs` where they stand beside it. */
  readonly error?: { readonly code: string; readonly message?: string };
  /** How long the answer takes, as an ISO 8601 duration: `PT5S`. */
  readonly delay?: string;
  /** It never comes: the action times out. */
  readonly never?: boolean;
}
