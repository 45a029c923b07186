import { limits } from '../../../definition/limits.ts';
import type { ActionEntry } from '../../../definition/walk.ts';
import { aboutWord, asText } from '../../../diagnostics/words.ts';
import { pointerStep } from '../../../json/pointer.ts';
import { hasOpenActions } from '../../open-actions.ts';
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
    const mayBeOpen = hasOpenActions(subject);
    for (const entry of subject.actions) {
      for (const name of entry.after) {
        if (entry.group.find(name) || isAgentTrigger(name, subject)) continue;
        const elsewhere = subject.actionNamed(name);
        if (mayBeOpen && !elsewhere) continue;
        const message = elsewhere
          ? `"${entry.name}" runs after "${name}", which is in another group of actions`
          : `"${entry.name}" runs after "${name}", but there is no such action`;
        report({
          pointer: `${entry.pointer}/runAfter${pointerStep(name)}`,
          part: 'key',
          message,
          ...(elsewhere
            ? { help: 'runAfter names actions of the same group only', about: aboutWord(name, namesBeside(entry)) }
            : suggestName(name, namesBeside(entry), 'actions here')),
        });
      }
    }
    for (const { actions, length } of circles(subject.actions)) {
      const [first, next] = actions;
      if (!first) continue;
      const shown = [...actions.map(({ name }) => `"${name}"`), ...(length > mostNamed ? ['…'] : []), `"${first.name}"`].join(
        ' after ',
      );
      const name = first.after.find((each) => each.toLowerCase() === (next ?? first).name.toLowerCase()) ?? '';
      report({
        pointer: `${first.pointer}/runAfter${pointerStep(name)}`,
        part: 'key',
        message: `actions wait for each other in a circle: ${shown}`,
        about: { found: name, others: actions.map((action) => action.name) },
        help: 'take one of them out of runAfter',
      });
    }
  },
};

/** Names of what stands beside an action, as far as a help looks at them. */
function namesBeside({ group, index }: ActionEntry): string[] {
  return group.entries
    .slice(0, limits.actions)
    .filter((other) => other.index !== index)
    .map(({ name }) => name);
}

/** In conversational agents the first action runs after the trigger, by name: the designer writes it so. */
function isAgentTrigger(name: string, { triggers }: Subject): boolean {
  return triggers.some((trigger) => trigger.name === name && asText(trigger.node.kind).toLowerCase() === 'agent');
}

interface Circle {
  /** Those on it, the first in the text first, at most `mostNamed`. */
  readonly actions: readonly ActionEntry[];
  /** How many are on it. */
  readonly length: number;
}

/** Each circle that a walk in depth finds. It has its own stack: a definition may be hostile. */
function circles(actions: readonly ActionEntry[]): Circle[] {
  const found: Circle[] = [];
  const done = new Set<ActionEntry>();
  const path: ActionEntry[] = [];
  /** For each on the path, how many of those before it have been looked at. */
  const looked: number[] = [];
  const placeOnPath = new Map<ActionEntry, number>();
  const enter = (entry: ActionEntry) => {
    placeOnPath.set(entry, path.length);
    path.push(entry);
    looked.push(0);
  };
  for (const start of actions) {
    if (start.after.length === 0 || done.has(start)) continue;
    enter(start);
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const at = looked[path.length - 1] ?? 0;
      looked[path.length - 1] = at + 1;
      const name = top.after[at];
      if (name === undefined) {
        path.pop();
        looked.pop();
        placeOnPath.delete(top);
        done.add(top);
        continue;
      }
      const next = top.group.find(name);
      if (!next || next.after.length === 0 || done.has(next)) continue;
      const place = placeOnPath.get(next);
      if (place === undefined) enter(next);
      else found.push({ actions: path.slice(place, place + mostNamed), length: path.length - place });
    }
  }
  return found;
}
