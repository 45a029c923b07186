import { asText } from '../diagnostics/words.ts';
import { isObject } from '../json/json.ts';
import { member } from '../json/member.ts';
import { pointerStep } from '../json/pointer.ts';

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

/** One action of a definition, wherever it is nested. */
export interface ActionEntry extends OperationEntry {
  /** The name in lower case. */
  readonly nameWord: string;
  /** The names in `runAfter`, as written. */
  readonly after: readonly string[];
  /** The action that this one stands in. */
  readonly parent: ActionEntry | undefined;
  /** What stands beside it, itself included: the only actions that it can run after. */
  readonly group: ActionGroup;
  /** Its place in the group, from 0. */
  readonly index: number;
  /** 1 for an action at the top. */
  readonly depth: number;
}

/** In a group of at most this many actions, a name is found faster without a table. */
const fewActions = 8;

/** The actions of one container: the workflow, a scope, a branch of a condition, a case, an agent's tool. */
export class ActionGroup {
  readonly entries: ActionEntry[] = [];
  /** Whether agents hand over to each other in it (`transitions`): then `runAfter` does not tell what runs before what. */
  hasTransitions = false;
  #byName: Map<string, ActionEntry> | undefined;

  /** The action of a name; case does not count. Of two equal names, the first. */
  find(name: string): ActionEntry | undefined {
    const word = name.toLowerCase();
    if (this.entries.length <= fewActions) return this.entries.find(({ nameWord }) => nameWord === word);
    if (!this.#byName) {
      this.#byName = new Map();
      for (const entry of this.entries) if (!this.#byName.has(entry.nameWord)) this.#byName.set(entry.nameWord, entry);
    }
    return this.#byName.get(word);
  }
}

/** Every action of a definition in document order. Whatever is no group of actions is passed over. */
export function listActions(definition: unknown): ActionEntry[] {
  const found: ActionEntry[] = [];
  const waiting: ActionEntry[] = [];
  pushGroup(waiting, member(definition, 'actions'), '/actions', undefined);
  for (let entry = waiting.pop(); entry; entry = waiting.pop()) {
    found.push(entry);
    const branches = branchesOf(entry.node, entry.pointer);
    for (let at = branches.length - 1; at >= 0; at--) {
      const branch = branches[at];
      if (branch) pushGroup(waiting, branch.actions, branch.pointer, entry);
    }
  }
  return found;
}

/** Puts the actions of a group on the stack, the first of them on top. */
function pushGroup(waiting: ActionEntry[], actions: unknown, pointer: string, parent: ActionEntry | undefined) {
  if (!isObject(actions)) return;
  const group = new ActionGroup();
  const { entries } = group;
  const depth = (parent?.depth ?? 0) + 1;
  for (const name of Object.keys(actions)) {
    const action = actions[name];
    if (!isObject(action)) continue;
    const type = typeof action.type === 'string' ? action.type : '';
    const entry: ActionEntry = {
      name,
      pointer: pointer + pointerStep(name),
      node: action,
      nameWord: name.toLowerCase(),
      after: isObject(action.runAfter) ? Object.keys(action.runAfter) : nothing,
      type,
      typeWord: type.toLowerCase(),
      parent,
      group,
      index: entries.length,
      depth,
    };
    entries.push(entry);
    if (action.transitions !== undefined) group.hasTransitions = true;
  }
  for (let at = entries.length - 1; at >= 0; at--) waiting.push(entries[at] as ActionEntry);
}

const nothing: readonly string[] = [];

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
    if (!isObject(value)) continue;
    if (key === 'else' || key === 'default') {
      found.push({ actions: member(value, 'actions'), pointer: `${pointer}/${key}/actions` });
      continue;
    }
    for (const [name, branch] of Object.entries(value))
      found.push({ actions: member(branch, 'actions'), pointer: `${pointer}/${key}${pointerStep(name)}/actions` });
    if (key === 'tools') found.push({ actions: mcpToolsIn(value), pointer: `${pointer}/tools` });
  }
  return found;
}

/** Of an agent's tools, those that are an operation themselves: what calls an MCP server. Source: docs/facts/sign-in.md#mcp-tools. */
function mcpToolsIn(tools: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> | undefined {
  const found = Object.entries(tools).filter(([, tool]) => asText(member(tool, 'type')).toLowerCase() === 'mcpclienttool');
  return found.length === 0 ? undefined : Object.fromEntries(found);
}

/** Whether an action stands in another one, at any depth. */
export function isInside(action: ActionEntry, container: ActionEntry): boolean {
  let here = action.parent;
  while (here && here !== container) here = here.parent;
  return here !== undefined;
}

/** Every trigger of a definition. */
export function listTriggers(definition: unknown): OperationEntry[] {
  const triggers = member(definition, 'triggers');
  return Object.entries(isObject(triggers) ? triggers : {}).flatMap(([name, trigger]): OperationEntry[] => {
    if (!isObject(trigger)) return [];
    const type = typeof trigger.type === 'string' ? trigger.type : '';
    return [{ name, pointer: `/triggers${pointerStep(name)}`, node: trigger, type, typeWord: type.toLowerCase() }];
  });
}

/** Groups nested deeper are not looked into: Azure reads none so deep, and a walk of them would exhaust the stack. */
export const deepest = 500;

/** What `walkStrings` calls for a text, with the keys that lead to it. */
type Visit = (text: string, path: readonly (string | number)[]) => void;

/**
 * Calls `visit` for every string in a value, in document order, with the keys that lead to it, of which `path` has the first; and
 * `visitKey`, where it is given, for every key of an object that has an `@`, before its value.
 * The path is one array that changes: most strings are passed over, and a pointer for each would cost more than the walk.
 */
export function walkStrings(value: unknown, path: (string | number)[], visit: Visit, visitKey?: Visit): void {
  if (typeof value === 'string') visit(value, path);
  else if (typeof value !== 'object' || value === null || path.length > deepest) return;
  else if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) walkMember(value[index], index, path, visit, visitKey);
  } else {
    for (const key of Object.keys(value)) walkMember((value as Record<string, unknown>)[key], key, path, visit, visitKey);
  }
}

function walkMember(value: unknown, key: string | number, path: (string | number)[], visit: Visit, visitKey: Visit | undefined) {
  const hasMark = visitKey !== undefined && typeof key === 'string' && key.includes('@');
  if (!hasMark && typeof value !== 'string' && (typeof value !== 'object' || value === null)) return;
  path.push(key);
  if (hasMark) visitKey(String(key), path);
  walkStrings(value, path, visit, visitKey);
  path.pop();
}
