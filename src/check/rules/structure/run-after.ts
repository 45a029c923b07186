import type { ActionEntry } from '../../../definition/walk.ts';
import { isGroup } from '../../../definition/walk.ts';
import { pointerStep } from '../../../diagnostics/pointer.ts';
import type { Rule } from '../../rule.ts';
import type { Subject } from '../../subject.ts';
import { suggestName } from '../../words.ts';

/** Of a long circle, this many actions are named. */
const mostNamed = 6;

export const runAfter: Rule = {
  name: 'run-after',
  severity: 'error',
  category: 'correctness',
  summary: 'An action runs after actions beside it, and never after itself',
  check: (subject, report) => {
    for (const entry of subject.actions) {
      for (const name of namesIn(entry)) {
        if (entry.group.byName.has(name.toLowerCase()) || isAgentTrigger(name, subject)) continue;
        const elsewhere = subject.actionNamed(name);
        const message = elsewhere
          ? `"${entry.name}" runs after "${name}", which stands in another group of actions`
          : `"${entry.name}" runs after "${name}", but there is no such action`;
        const others = () => entry.group.entries.filter((other) => other !== entry).map((other) => other.name);
        const help = elsewhere ? 'runAfter names actions of the same group only' : suggestName(name, others(), 'actions here');
        report({ pointer: `${entry.pointer}/runAfter${pointerStep(name)}`, part: 'key', message, help });
      }
    }
    for (const { actions, length } of circles(subject.actions)) {
      const [first, next] = actions;
      if (!first) continue;
      const shown = [...actions.map(({ name }) => `"${name}"`), ...(length > mostNamed ? ['…'] : []), `"${first.name}"`].join(
        ' after ',
      );
      const name = namesIn(first).find((each) => each.toLowerCase() === (next ?? first).name.toLowerCase()) ?? '';
      report({
        pointer: `${first.pointer}/runAfter${pointerStep(name)}`,
        part: 'key',
        message: `actions wait for each other in a circle: ${shown}`,
        help: 'take one of them out of runAfter',
      });
    }
  },
};

/** In conversational agents the first action runs after the trigger, by name: the designer writes it so. */
function isAgentTrigger(name: string, { triggers }: Subject): boolean {
  return triggers.some((trigger) => trigger.name === name && String(trigger.trigger.kind).toLowerCase() === 'agent');
}

function namesIn({ action }: ActionEntry): string[] {
  return isGroup(action.runAfter) ? Object.keys(action.runAfter) : [];
}

interface Circle {
  /** Those on it, the first in the text first, at most `mostNamed`. */
  readonly actions: readonly ActionEntry[];
  /** How many are on it. */
  readonly length: number;
}

/** Each circle that a walk in depth finds. It has its own stack: a definition may be hostile. */
function circles(actions: readonly ActionEntry[]): Circle[] {
  const before = (entry: ActionEntry) => namesIn(entry).flatMap((name) => entry.group.byName.get(name.toLowerCase()) ?? []);
  const found: Circle[] = [];
  const done = new Set<ActionEntry>();
  const placeOnPath = new Map<ActionEntry, number>();
  for (const start of actions) {
    if (done.has(start)) continue;
    const path: { entry: ActionEntry; next: ActionEntry[] }[] = [{ entry: start, next: before(start) }];
    placeOnPath.set(start, 0);
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const next = top.next.pop();
      const place = next && placeOnPath.get(next);
      if (!next) {
        path.pop();
        placeOnPath.delete(top.entry);
        done.add(top.entry);
      } else if (place !== undefined) {
        const shown = path.slice(place, place + mostNamed).map(({ entry }) => entry);
        found.push({ actions: shown, length: path.length - place });
      } else if (!done.has(next)) {
        placeOnPath.set(next, path.length);
        path.push({ entry: next, next: before(next) });
      }
    }
  }
  return found;
}
