import type { ActionEntry } from '../../../definition/walk.ts';
import { isGroup } from '../../../definition/walk.ts';
import { pointerStep } from '../../../diagnostics/pointer.ts';
import { suggest } from '../../../diagnostics/words.ts';
import type { Rule } from '../../rule.ts';

export const runAfter: Rule = {
  name: 'run-after',
  severity: 'error',
  category: 'correctness',
  summary: 'An action runs after actions beside it, and never after itself',
  check: ({ actions }, report) => {
    for (const entry of actions) {
      for (const name of namesIn(entry)) {
        if (sibling(entry, name) !== undefined) continue;
        const elsewhere = actions.find((other) => other.name.toLowerCase() === name.toLowerCase());
        const message = elsewhere
          ? `"${entry.name}" runs after "${name}", which stands in another group of actions`
          : `"${entry.name}" runs after "${name}", but there is no such action`;
        const help = elsewhere
          ? 'runAfter names actions of the same group only'
          : suggest(
              name,
              Object.keys(entry.siblings).filter((other) => other !== entry.name),
              'actions here',
            );
        report({ pointer: `${entry.pointer}/runAfter${pointerStep(name)}`, part: 'key', message, help });
      }
    }
    for (const cycle of cycles(actions)) {
      const [first] = cycle;
      if (!first) continue;
      const names = [...cycle, first].map(({ name }) => `"${name}"`).join(' after ');
      report({
        pointer: `${first.pointer}/runAfter`,
        message: `actions wait for each other in a circle: ${names}`,
        help: 'take one of them out of runAfter',
      });
    }
  },
};

function namesIn({ action }: ActionEntry): string[] {
  return isGroup(action.runAfter) ? Object.keys(action.runAfter) : [];
}

/** The name of the action beside this one that is meant; case does not count. */
function sibling({ siblings }: ActionEntry, name: string): string | undefined {
  if (Object.hasOwn(siblings, name)) return name;
  return Object.keys(siblings).find((other) => other.toLowerCase() === name.toLowerCase());
}

/** Each circle once, as the actions on it. A walk in depth with its own stack: a definition may be hostile. */
function cycles(actions: readonly ActionEntry[]): ActionEntry[][] {
  const byPlace = new Map(actions.map((entry) => [entry.pointer, entry]));
  const before = (entry: ActionEntry) =>
    namesIn(entry).flatMap((name) => {
      const found = sibling(entry, name);
      const group = entry.pointer.slice(0, entry.pointer.lastIndexOf('/'));
      return found === undefined ? [] : (byPlace.get(group + pointerStep(found)) ?? []);
    });

  const found: ActionEntry[][] = [];
  const done = new Set<ActionEntry>();
  for (const start of actions) {
    const path: { entry: ActionEntry; next: ActionEntry[] }[] = done.has(start) ? [] : [{ entry: start, next: before(start) }];
    const onPath = new Set([start]);
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const next = top.next.pop();
      if (!next) {
        path.pop();
        onPath.delete(top.entry);
        done.add(top.entry);
      } else if (onPath.has(next)) {
        found.push(path.slice(path.findIndex(({ entry }) => entry === next)).map(({ entry }) => entry));
      } else if (!done.has(next)) {
        onPath.add(next);
        path.push({ entry: next, next: before(next) });
      }
    }
  }
  return found;
}
