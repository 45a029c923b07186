import { asText } from '../../diagnostics/words.ts';
import { isObject } from '../../json/json.ts';
import { refuse } from '../refusal.ts';
import type { Frame } from './frame.ts';
import type { Status } from './record.ts';

type Node = Readonly<Record<string, unknown>>;

/** The actions that one runs after, with the statuses that it waits for. */
export function predecessors({ runAfter }: Node): [name: string, statuses: string[]][] {
  return Object.entries(isObject(runAfter) ? runAfter : {}).map(([name, statuses]) => {
    const written = Array.isArray(statuses) && statuses.length > 0 ? statuses : ['Succeeded'];
    return [name, written.map((status) => spelt(asText(status)))];
  });
}

function spelt(status: string): string {
  const word = status.toLowerCase();
  return (
    (['Succeeded', 'Failed', 'Skipped', 'TimedOut', 'Cancelled'] as const).find((one) => one.toLowerCase() === word) ?? status
  );
}

/** The actions of a group so that each comes after those that it waits for, else in the order of the definition. Refuses circles. */
export function* inOrder(actions: readonly [string, Node][]): Generator<[string, Node]> {
  const places = new Map(actions.map(([name], index) => [name.toLowerCase(), index]));
  const next: number[][] = actions.map(() => []);
  // What waits for an action that is not there is skipped by it, and waits for nothing.
  const waits = actions.map(([, node], index) => {
    const before = predecessors(node).flatMap(([name]) => places.get(name.toLowerCase()) ?? []);
    for (const one of before) next[one]?.push(index);
    return before.length;
  });
  let ready = [...waits.keys()].filter((index) => waits[index] === 0);
  let count = 0;
  while (ready.length > 0) {
    const later: number[] = [];
    for (const index of ready) {
      const action = actions[index];
      if (action) yield action;
      count += 1;
      for (const one of next[index] ?? []) {
        waits[one] = (waits[one] ?? 0) - 1;
        if (waits[one] === 0) later.push(one);
      }
    }
    ready = later.sort((left, right) => left - right);
  }
  if (count < actions.length) refuse('The actions wait for each other in a circle.');
}

/** Of the actions that no other runs after: what was skipped counts as what it waited for. Source: docs/facts/engine.md#status. */
export function statusOfGroup(actions: readonly [string, Node][], frame: Frame): Status {
  const nodes = new Map(actions.map(([name, node]) => [name.toLowerCase(), node]));
  const waitedFor = new Set(actions.flatMap(([, node]) => predecessors(node).map(([name]) => name.toLowerCase())));
  const waiting = [...nodes.keys()].filter((name) => !waitedFor.has(name));
  const seen = new Set(waiting);
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const status = frame.statusOf(name);
    if (status === 'Failed' || status === 'TimedOut' || status === 'Cancelled') return 'Failed';
    if (status !== 'Skipped') continue;
    for (const [before] of predecessors(nodes.get(name) ?? {})) {
      const word = before.toLowerCase();
      if (!seen.has(word)) waiting.push(word);
      seen.add(word);
    }
  }
  return 'Succeeded';
}
