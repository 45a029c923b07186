import type { ActionEntry } from '../../../definition/walk.ts';
import { isGroup } from '../../../definition/walk.ts';
import type { Rule } from '../../rule.ts';
import type { Subject } from '../../subject.ts';

export const actionNotBefore: Rule = {
  name: 'action-not-before',
  severity: 'error',
  category: 'correctness',
  summary: 'An expression refers only to actions that run before the one it stands in',
  check: (subject, report) => {
    const ancestors = new Map<ActionEntry, ReadonlySet<string>>();
    for (const { references, pointer, action } of subject.templates) {
      for (const { kind, name, function: called, start, end } of references) {
        const target = kind === 'action' && name !== undefined ? subject.actionNamed(name) : undefined;
        if (!target || !action || runsBefore(target, action, subject, ancestors)) continue;
        const message =
          target === action
            ? `${called}() refers to the action that it stands in`
            : `${called}() refers to "${target.name}", which need not have run before "${action.name}"`;
        report({
          pointer,
          part: { start, end },
          message,
          help: `let "${action.name}", or what it stands in, run after "${target.name}"`,
        });
      }
    }
  },
};

/** Whether the target is among what runs before the action or before one of the groups around it, or is such a group's part of that. */
function runsBefore(
  target: ActionEntry,
  action: ActionEntry,
  subject: Subject,
  known: Map<ActionEntry, ReadonlySet<string>>,
): boolean {
  const around = chain(target);
  for (const here of chain(action)) {
    // The groups around an action have begun before it; Until and Foreach may be asked about from inside.
    if (here === target && here !== action) return true;
    const before = known.get(here) ?? allBefore(here, subject);
    known.set(here, before);
    // What runs after an action that does not exist, or after itself, has a finding of its own, and nothing follows from it.
    if (before.has(unknown) || before.has(here.pointer)) return true;
    if (around.some(({ pointer }) => before.has(pointer))) return true;
  }
  // The condition of a group is worked out after what stands in it: until('done', …).
  return around.includes(action) && target !== action;
}

function chain(entry: ActionEntry): ActionEntry[] {
  const found: ActionEntry[] = [];
  for (let here: ActionEntry | undefined = entry; here; here = here.parent) found.push(here);
  return found;
}

/** Stands among pointers for an action that is not there. */
const unknown = '?';

/** Pointers of all actions of the same group that have ended when this one starts. */
function allBefore(entry: ActionEntry, subject: Subject): ReadonlySet<string> {
  const found = new Set<string>();
  const waiting = [entry];
  for (let here = waiting.pop(); here; here = waiting.pop()) {
    for (const name of isGroup(here.action.runAfter) ? Object.keys(here.action.runAfter) : []) {
      const before = subject.actionNamed(name);
      if (!before) found.add(unknown);
      if (!before || found.has(before.pointer)) continue;
      found.add(before.pointer);
      waiting.push(before);
    }
  }
  return found;
}
