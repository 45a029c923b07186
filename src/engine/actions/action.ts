import { isObject } from '../../json/json.ts';
import type { Frame } from '../run/frame.ts';
import type { OperationRecord, Status } from '../run/record.ts';
import type { Scope } from '../run/scope.ts';
import type { RunState } from '../run/state.ts';
import type { Steps } from '../run/steps.ts';

/** An action of the definition that is about to run. */
export interface Action {
  readonly name: string;
  /** As written. */
  readonly type: string;
  /** In lower case. */
  readonly typeWord: string;
  readonly node: Readonly<Record<string, unknown>>;
  readonly scope: Scope;
  readonly state: RunState;
  readonly groups: GroupRunner;
}

/** Runs or skips the actions that an action holds. */
export interface GroupRunner {
  run(group: unknown, frame: Frame): Steps<GroupEnd>;
  /** All of them, such as those of a branch that is not taken. */
  skip(group: unknown, frame: Frame): OperationRecord[];
}

/** What became of a group of actions. */
export interface GroupEnd {
  readonly status: Status;
  /** Of the actions directly in it. */
  readonly records: readonly OperationRecord[];
}

/** The actions of a group by name; what is no action is passed over. */
export function actionsIn(group: unknown): [string, Readonly<Record<string, unknown>>][] {
  return Object.entries(isObject(group) ? group : {}).filter((pair): pair is [string, Record<string, unknown>] =>
    isObject(pair[1]),
  );
}
