import { pointerStep } from '../diagnostics/pointer.ts';

/** A trigger or an action. */
export interface OperationEntry {
  readonly name: string;
  readonly pointer: string;
  /** The operation itself: `{ "type": …, "inputs": … }`. */
  readonly node: Readonly<Record<string, unknown>>;
  /** As written; empty where there is none. */
  readonly type: string;
  /** The type in lower case: the service ignores its case. */
  readonly typeWord: string;
}

export interface TriggerEntry extends OperationEntry {
  readonly trigger: Readonly<Record<string, unknown>>;
}

/** One action of a definition, wherever it is nested. */
export interface ActionEntry extends OperationEntry {
  readonly action: Readonly<Record<string, unknown>>;
  /** The action that this one stands in. */
  readonly parent: ActionEntry | undefined;
  /** What stands beside it, itself included: the only actions that it can run after. */
  readonly group: ActionGroup;
  /** Its place in the group, from 0. */
  readonly index: number;
  /** 1 for an action at the top. */
  readonly depth: number;
}

/** The actions of one container: the workflow, a scope, a branch of a condition, a case, an agent's tool. */
export interface ActionGroup {
  readonly pointer: string;
  readonly entries: readonly ActionEntry[];
  /** By name in lower case; the service ignores its case. Of two equal names, the first. */
  readonly byName: ReadonlyMap<string, ActionEntry>;
}

/** Every action of a definition in document order. Whatever is no group of actions is passed over. */
export function listActions(definition: unknown): ActionEntry[] {
  const found: ActionEntry[] = [];
  const waiting: ActionEntry[] = [];
  pushGroup(waiting, member(definition, 'actions'), '/actions', undefined);
  for (let entry = waiting.pop(); entry; entry = waiting.pop()) {
    found.push(entry);
    const branches = branchesOf(entry.action, entry.pointer);
    for (let at = branches.length - 1; at >= 0; at--) {
      const branch = branches[at];
      if (branch) pushGroup(waiting, branch.actions, branch.pointer, entry);
    }
  }
  return found;
}

/** Puts the actions of a group on the stack, the first of them on top. */
function pushGroup(waiting: ActionEntry[], actions: unknown, pointer: string, parent: ActionEntry | undefined) {
  if (!isGroup(actions)) return;
  const entries: ActionEntry[] = [];
  const byName = new Map<string, ActionEntry>();
  const group: ActionGroup = { pointer, entries, byName };
  const depth = (parent?.depth ?? 0) + 1;
  for (const name of Object.keys(actions)) {
    const action = actions[name];
    if (!isGroup(action)) continue;
    const type = typeof action.type === 'string' ? action.type : '';
    const entry: ActionEntry = {
      name,
      pointer: pointer + pointerStep(name),
      node: action,
      action,
      type,
      typeWord: type.toLowerCase(),
      parent,
      group,
      index: entries.length,
      depth,
    };
    entries.push(entry);
    const word = name.toLowerCase();
    if (!byName.has(word)) byName.set(word, entry);
  }
  for (let at = entries.length - 1; at >= 0; at--) waiting.push(entries[at] as ActionEntry);
}

interface Branch {
  readonly actions: unknown;
  /** Of the group of actions. */
  readonly pointer: string;
}

/** The groups of actions in an action: of Scope, Foreach, Until and If, the other branch of If, the cases of Switch, an agent's tools. */
function branchesOf(action: Readonly<Record<string, unknown>>, pointer: string): Branch[] {
  const found: Branch[] = [];
  if (action.actions !== undefined) found.push({ actions: action.actions, pointer: `${pointer}/actions` });
  for (const key of ['else', 'cases', 'default', 'tools'] as const) {
    const value = action[key];
    if (!isGroup(value)) continue;
    if (key === 'else' || key === 'default') {
      found.push({ actions: member(value, 'actions'), pointer: `${pointer}/${key}/actions` });
      continue;
    }
    for (const [name, branch] of Object.entries(value))
      found.push({ actions: member(branch, 'actions'), pointer: `${pointer}/${key}${pointerStep(name)}/actions` });
  }
  return found;
}

/** Every trigger of a definition. */
export function listTriggers(definition: unknown): TriggerEntry[] {
  const triggers = member(definition, 'triggers');
  return Object.entries(isGroup(triggers) ? triggers : {}).flatMap(([name, trigger]): TriggerEntry[] => {
    if (!isGroup(trigger)) return [];
    const type = typeof trigger.type === 'string' ? trigger.type : '';
    return [{ name, pointer: `/triggers${pointerStep(name)}`, node: trigger, trigger, type, typeWord: type.toLowerCase() }];
  });
}

/** Groups nested deeper are not looked into: Azure reads none so deep, and a walk of them would exhaust the stack. */
const deepest = 500;

/** Calls `visit` for every string in a value, in document order, with its pointer. Keys that `skip` names are passed over. */
export function walkStrings(
  value: unknown,
  pointer: string,
  visit: (text: string, pointer: string) => void,
  skip: (key: string, depth: number) => boolean = () => false,
  depth = 0,
): void {
  if (typeof value === 'string') visit(value, pointer);
  else if (typeof value !== 'object' || value === null || depth > deepest) return;
  else if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) {
      const inner: unknown = value[index];
      if (isWorthVisiting(inner)) walkStrings(inner, `${pointer}/${index}`, visit, skip, depth + 1);
    }
  } else {
    for (const key of Object.keys(value)) {
      const inner = (value as Record<string, unknown>)[key];
      if (isWorthVisiting(inner) && !skip(key, depth)) walkStrings(inner, pointer + pointerStep(key), visit, skip, depth + 1);
    }
  }
}

/** Whether strings can be in it. Spares a pointer for every number. */
function isWorthVisiting(value: unknown): boolean {
  return typeof value === 'string' || (typeof value === 'object' && value !== null);
}

export function isGroup(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A member of a value that may be anything. */
export function member(value: unknown, ...path: string[]): unknown {
  let here = value;
  for (const key of path) {
    if (!isGroup(here) || !Object.hasOwn(here, key)) return undefined;
    here = here[key];
  }
  return here;
}

/** The member of a group whose name differs at most in case. */
export function memberNamed(group: unknown, name: string): unknown {
  if (!isGroup(group)) return undefined;
  if (Object.hasOwn(group, name)) return group[name];
  const word = name.toLowerCase();
  const key = Object.keys(group).find((key) => key.toLowerCase() === word);
  return key === undefined ? undefined : group[key];
}
