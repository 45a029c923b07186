import type { Value } from '../values/value.ts';

/** What an expression sees besides its arguments: the run. Each member refuses what is not there. */
export interface World {
  /** Milliseconds since 1970. */
  now(): number;
  /** From 0 to below 1. */
  random(): number;
  parameter(name: string): Value;
  variable(name: string): Value;
  appSetting(name: string): Value;
  /** An action that has ended, or been skipped: name, status, inputs, outputs and so on. */
  action(name: string): Value;
  /** The outputs of such an action; of one in a loop that has ended, a list of those of each round. */
  outputs(name: string): Value;
  /** The bodies in these outputs. */
  body(name: string): Value;
  /** The action that asks. */
  currentAction(): Value;
  /** What the actions directly in a group have become. */
  result(name: string): Value;
  trigger(): Value;
  item(): Value;
  items(loop: string): Value;
  iterationIndex(loop: string): Value;
  workflow(): Value;
  callbackUrl(): Value;
}
