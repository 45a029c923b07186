import type { World } from '../../src/engine/functions/world.ts';
import { refuse } from '../../src/engine/refusal.ts';
import { toValue } from '../../src/engine/values/json.ts';
import { isGroup, type Value } from '../../src/engine/values/value.ts';
import { member } from '../../src/json/member.ts';

/** What an expression that stands alone sees. */
export interface Given {
  readonly now?: string;
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly actions?: Readonly<Record<string, unknown>>;
  readonly trigger?: unknown;
  readonly item?: unknown;
  readonly items?: Readonly<Record<string, unknown>>;
  readonly workflow?: unknown;
}

export function worldOf(given: Given = {}): World {
  const named =
    (values: Readonly<Record<string, unknown>> = {}) =>
    (name: string): Value =>
      name in values ? toValue(values[name]) : refuse(`there is no ${name}`);
  return {
    now: () => Date.parse(given.now ?? '2026-01-05T06:00:00Z'),
    random: () => 0.5,
    parameter: named(given.parameters),
    variable: named(given.variables),
    appSetting: named(),
    action: named(given.actions),
    outputs: (name) => outputsOf(given, name),
    body: (name) => bodyIn(outputsOf(given, name)),
    currentAction: () => null,
    result: () => null,
    trigger: () => toValue(given.trigger),
    item: () => toValue(given.item),
    items: named(given.items),
    iterationIndex: () => 0,
    workflow: () => toValue(given.workflow),
    callbackUrl: () => null,
  };
}

function outputsOf({ actions = {} }: Given, name: string): Value {
  return toValue(member(actions[name], 'outputs'));
}

function bodyIn(outputs: Value): Value {
  return isGroup(outputs) ? (outputs.body ?? null) : null;
}
