import type { ActionEntry, ActionGroup } from '../definition/walk.ts';
import type { Edit } from '../diagnostics/fix.ts';
import { isObject } from '../json/json.ts';
import { keyNamed, member } from '../json/member.ts';
import { pointerStep } from '../json/pointer.ts';

/** What an action waits for: the states of others, by their names as written. */
type Waits = ReadonlyMap<string, readonly string[]>;

const allStates = ['Succeeded', 'Failed', 'Skipped', 'TimedOut'];

/** Whether a list of states has one; their case does not count. */
function has(states: readonly string[], state: string): boolean {
  return states.some((each) => each.toLowerCase() === state.toLowerCase());
}

/** What the actions of a workflow run after, once some of them are gone and others wait for more. */
export class RunAfter {
  readonly #gone: Set<ActionEntry>;
  readonly #more = new Map<ActionEntry, string>();

  constructor(gone: Iterable<ActionEntry> = []) {
    this.#gone = new Set(gone);
  }

  isGone(action: ActionEntry): boolean {
    for (let here: ActionEntry | undefined = action; here; here = here.parent) if (this.#gone.has(here)) return true;
    return false;
  }

  /** Those that go, without what stands in them. */
  get gone(): ReadonlySet<ActionEntry> {
    return this.#gone;
  }

  /** The same with more actions gone; or why they cannot go: an action runs when one of them fails. */
  without(actions: Iterable<ActionEntry>): RunAfter | { readonly reason: string } {
    const next = new RunAfter([...this.#gone, ...actions]);
    const groups = new Set([...next.#gone].map(({ group }) => group));
    for (const group of groups) {
      const reason = next.#problemIn(group);
      if (reason !== undefined) return { reason };
    }
    return next;
  }

  /** Lets an action wait for another one to succeed, too. */
  waitFor(action: ActionEntry, name: string) {
    this.#more.set(action, name);
  }

  /** What an action waits for now. */
  of(action: ActionEntry): Waits {
    const waits = this.#joined(action) ?? new Map<string, readonly string[]>();
    const more = this.#more.get(action);
    return more === undefined ? waits : new Map([...waits, [more, ['Succeeded']]]);
  }

  /** The changes of the definition that it comes to, for the actions that stay. */
  edits(actions: readonly ActionEntry[]): Edit[] {
    const removed = [...this.#gone].filter(({ parent }) => !parent || !this.isGone(parent));
    const changed = actions.filter(
      (action) =>
        !this.isGone(action) &&
        (this.#more.has(action) || action.after.some((name) => this.#isGoneIn(action.group, name) !== undefined)),
    );
    return [
      ...changed.flatMap((action) => editsOf(action, this.of(action))),
      ...removed.map(({ pointer }): Edit => ({ kind: 'remove', pointer })),
    ];
  }

  #isGoneIn(group: ActionGroup, name: string): ActionEntry | undefined {
    const other = group.find(name);
    return other && this.#gone.has(other) ? other : undefined;
  }

  #problemIn(group: ActionGroup): string | undefined {
    for (const action of group.entries) {
      if (this.isGone(action)) continue;
      for (const [name, states] of waitsOf(action)) {
        const gone = this.#isGoneIn(group, name);
        if (gone && !has(states, 'Succeeded')) return `"${action.name}" runs when "${gone.name}" fails`;
      }
      if (!this.#joined(action)) return `what "${action.name}" runs after cannot be joined up`;
    }
    return undefined;
  }

  /** In the place of each action that is gone, what it ran after; undefined where no state of one of them would do. */
  #joined(action: ActionEntry, seen: ReadonlySet<ActionEntry> = new Set()): Waits | undefined {
    if (seen.has(action)) return undefined;
    const around = new Set([...seen, action]);
    const joined = new Map<string, readonly string[]>();
    const add = (name: string, states: readonly string[]) => {
      const key = keyNamed(Object.fromEntries(joined), name) ?? name;
      const before = joined.get(key);
      joined.set(key, before ? before.filter((state) => has(states, state)) : states);
    };
    for (const [name, states] of waitsOf(action)) {
      const gone = this.#isGoneIn(action.group, name);
      if (!gone) {
        add(name, states);
        continue;
      }
      const before = this.#joined(gone, around);
      if (!before) return undefined;
      // Whoever also ran when it was skipped ran in any case.
      for (const [earlier, its] of before) add(earlier, has(states, 'Skipped') ? allStates : its);
    }
    return [...joined.values()].some(({ length }) => length === 0) ? undefined : joined;
  }
}

function waitsOf({ node }: ActionEntry): [string, readonly string[]][] {
  const { runAfter } = node;
  return Object.entries(isObject(runAfter) ? runAfter : {}).map(([name, states]) => [
    name,
    Array.isArray(states) ? states.filter((state) => typeof state === 'string') : [],
  ]);
}

function editsOf({ node, pointer }: ActionEntry, waits: Waits): Edit[] {
  const at = `${pointer}/runAfter`;
  const written = member(node, 'runAfter');
  const value = Object.fromEntries(waits);
  if (!isObject(written)) return [{ kind: written === undefined ? 'add' : 'put', pointer: at, value }];
  const edits: Edit[] = [];
  for (const name of Object.keys(written)) if (!waits.has(name)) edits.push({ kind: 'remove', pointer: at + pointerStep(name) });
  for (const [name, states] of waits) {
    const before = member(written, name);
    if (before === undefined) edits.push({ kind: 'add', pointer: at + pointerStep(name), value: states });
    else if (JSON.stringify(before) !== JSON.stringify(states))
      edits.push({ kind: 'put', pointer: at + pointerStep(name), value: states });
  }
  return edits;
}
