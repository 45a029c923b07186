import { pointerStep } from '../diagnostics/pointer.ts';

/** One action of a definition, wherever it is nested. */
export interface ActionEntry {
  readonly name: string;
  readonly pointer: string;
  readonly action: Readonly<Record<string, unknown>>;
  /** As written; the service ignores its case. */
  readonly type: string;
  /** The action that this one stands in. */
  readonly parent?: ActionEntry;
  /** The actions beside it, itself included: the only ones that it can run after. */
  readonly siblings: Readonly<Record<string, unknown>>;
  /** 1 for an action at the top. */
  readonly depth: number;
}

/** Every action of a definition in document order. Whatever is no group of actions is passed over. */
export function listActions(definition: unknown): ActionEntry[] {
  const found: ActionEntry[] = [];
  const waiting = entriesOf(member(definition, 'actions'), '/actions', undefined).reverse();
  for (let entry = waiting.pop(); entry; entry = waiting.pop()) {
    found.push(entry);
    const nested = groupsIn(entry.action, entry.pointer).flatMap(([actions, pointer]) => entriesOf(actions, pointer, entry));
    for (const inner of nested.reverse()) waiting.push(inner);
  }
  return found;
}

function entriesOf(actions: unknown, pointer: string, parent: ActionEntry | undefined): ActionEntry[] {
  if (!isGroup(actions)) return [];
  return Object.entries(actions)
    .filter((entry): entry is [string, Record<string, unknown>] => isGroup(entry[1]))
    .map(([name, action]) => ({
      name,
      pointer: pointer + pointerStep(name),
      action,
      type: typeof action.type === 'string' ? action.type : '',
      ...(parent && { parent }),
      siblings: actions,
      depth: (parent?.depth ?? 0) + 1,
    }));
}

/** The groups of actions in an action: of Scope, Foreach, Until and If, the other branch of If, the cases of Switch, an agent's tools. */
function groupsIn(action: Readonly<Record<string, unknown>>, pointer: string): [unknown, string][] {
  const branches = (key: 'cases' | 'tools') =>
    Object.entries(isGroup(action[key]) ? action[key] : {}).map(([name, branch]): [unknown, string] => [
      member(branch, 'actions'),
      `${pointer}/${key}${pointerStep(name)}/actions`,
    ]);
  return [
    [action.actions, `${pointer}/actions`],
    [member(action.else, 'actions'), `${pointer}/else/actions`],
    ...branches('cases'),
    [member(action.default, 'actions'), `${pointer}/default/actions`],
    ...branches('tools'),
  ];
}

/** Calls `visit` for every string in a value, in document order, with its pointer. Keys that `skip` names are passed over. */
export function walkStrings(
  value: unknown,
  pointer: string,
  visit: (text: string, pointer: string) => void,
  skip: (key: string, pointer: string) => boolean = () => false,
) {
  const waiting: [unknown, string][] = [[value, pointer]];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [here, at] = next;
    if (typeof here === 'string') visit(here, at);
    else if (typeof here === 'object' && here !== null) {
      const members = Object.entries(here).filter(([key]) => Array.isArray(here) || !skip(key, at));
      for (const [key, inner] of members.reverse()) waiting.push([inner, at + pointerStep(key)]);
    }
  }
}

export function isGroup(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A member of a value that may be anything. */
export function member(value: unknown, ...path: string[]): unknown {
  return path.reduce((here, key) => (isGroup(here) && Object.hasOwn(here, key) ? here[key] : undefined), value);
}
