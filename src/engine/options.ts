import type { Mock } from './mocks/mock.ts';

/** What a run is given besides the definition; what is left out is empty, or has the default that is named. */
export interface RunOptions {
  /** What fires: without `name`, the only trigger. */
  readonly trigger?: TriggerInput;
  /** Values of the definition's parameters; a parameter without one has its default. */
  readonly parameters?: Readonly<Record<string, unknown>>;
  /** What `appsetting()` gives. */
  readonly appSettings?: Readonly<Record<string, string>>;
  /** Who answers what the workflow asks of others. Without a mock that fits, the action fails: nothing is ever sent. */
  readonly mocks?: readonly Mock[];
  /** When the run starts, as an ISO 8601 time; default `2026-01-01T00:00:00Z`. Waiting moves the clock and takes no time. */
  readonly now?: string;
  /** From which rand() and guid() are made; default 1. The same seed gives the same run. */
  readonly seed?: number;
  /** What `workflow()` gives: its name, tags and so on. */
  readonly workflow?: Readonly<Record<string, unknown>>;
  /** Actions that may run at most, those of each round of a loop counted; default 1,000,000. */
  readonly mostSteps?: number;
}

/** `outputs` as a whole, or the parts of a request. */
export interface TriggerInput {
  readonly name?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly queries?: Readonly<Record<string, string>>;
  readonly outputs?: unknown;
}
