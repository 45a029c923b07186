import { type ActionEntry, type ActionGroup, listActions, listTriggers, type OperationEntry } from '../definition/walk.ts';
import { isObject } from '../json/json.ts';
import { member } from '../json/member.ts';
import { pointerStep } from '../json/pointer.ts';

/** What a card is marked as; the gravest where it is several. */
export type Mark = 'leak' | 'secret' | 'sign-in';

/** A trigger or an action. */
export interface Card {
  readonly name: string;
  /** What it does, in a few words: its type, and whom it calls. */
  readonly kind: string;
  readonly pointer: string;
  readonly mark?: Mark;
  /** Whether no test reaches it. */
  readonly isMissed?: true;
  /** The groups of actions in it, in order; none where it holds none. */
  readonly branches: readonly Branch[];
}

export interface Branch {
  /** Such as `true`, `false`, the name of a case; empty where there is one branch only. */
  readonly title: string;
  readonly cards: readonly Card[];
  readonly lines: readonly Line[];
}

/** One card runs after another; names of places in the list of cards. */
export interface Line {
  readonly from: number;
  readonly to: number;
  /** How the other must have ended, where that is not simply well; such as `Failed, TimedOut`. */
  readonly states: string;
  /** Whether no test goes this way. */
  readonly isMissed?: true;
}

/** What a definition draws: its triggers, and its actions as one branch. */
export interface Outline {
  readonly triggers: readonly Card[];
  readonly actions: Branch;
}

/**
 * `markOf` tells what a place is marked as, `isMissed` of a pointer to an action, a branch or a state of `runAfter` whether no test reaches
 * it. Draws any JSON: what is no trigger and no action is left out.
 */
export function outlineOf(
  definition: unknown,
  markOf: (operation: OperationEntry) => Mark | undefined,
  isMissed: (pointer: string) => boolean = () => false,
): Outline {
  const inGroup = new Map<ActionGroup, ActionEntry[]>();
  const groupsIn = new Map<ActionEntry, ActionGroup[]>();
  let top: ActionGroup | undefined;
  for (const action of listActions(definition)) {
    const before = inGroup.get(action.group);
    if (before) before.push(action);
    else {
      inGroup.set(action.group, [action]);
      if (action.parent) groupsIn.set(action.parent, [...(groupsIn.get(action.parent) ?? []), action.group]);
      else top = action.group;
    }
  }
  const cardOf = (operation: OperationEntry, branches: readonly Branch[]): Card => {
    const mark = markOf(operation);
    const missed = isMissed(operation.pointer);
    const kind = missed ? `${kindOf(operation)} (no test)` : kindOf(operation) + undrawnOf(operation, branches, isMissed);
    return {
      name: operation.name,
      kind,
      pointer: operation.pointer,
      ...(mark && { mark }),
      ...(missed && { isMissed: true }),
      branches,
    };
  };
  const branchOf = (group: ActionGroup, title: string): Branch => {
    const { entries } = group;
    const cards = entries.map((entry) => {
      const inside = groupsIn.get(entry) ?? [];
      return cardOf(
        entry,
        inside.map((one) => branchOf(one, inside.length > 1 || !isPlain(one, entry) ? titleOf(one, entry, isMissed) : '')),
      );
    });
    return { title, cards, lines: linesOf(group, isMissed) };
  };
  return {
    triggers: listTriggers(definition).map((trigger) => cardOf(trigger, [])),
    actions: top ? branchOf(top, '') : { title: '', cards: [], lines: [] },
  };
}

function linesOf(group: ActionGroup, isMissed: (pointer: string) => boolean): Line[] {
  return group.entries.flatMap((entry, to) =>
    entry.after.flatMap((name): Line[] => {
      const before = group.find(name);
      if (!before || before === entry) return [];
      const states = member(entry.node, 'runAfter', name);
      const place = `${entry.pointer}/runAfter${pointerStep(name)}`;
      const all = Array.isArray(states) ? states.map((state, index) => ({ state, isMissed: isMissed(`${place}/${index}`) })) : [];
      const told = all.filter(({ state }) => typeof state === 'string');
      const isWell = told.length === 0 || (told.length === 1 && /^succeeded$/i.test(String(told[0]?.state)));
      const missed = isMissed(place) || (told.length > 0 && told.every((one) => one.isMissed));
      const words = told.map(({ state, isMissed }) => `${state}${isMissed && !missed ? ' (no test)' : ''}`);
      return [{ from: before.index, to, states: isWell ? '' : words.join(', '), ...(missed && { isMissed: true as const }) }];
    }),
  );
}

/** Whether a group is all that its action holds: the actions of a scope or a loop. */
function isPlain(group: ActionGroup, { pointer, typeWord }: ActionEntry): boolean {
  return (group.entries[0]?.pointer ?? '').startsWith(`${pointer}/actions/`) && typeWord !== 'if';
}

function titleOf(group: ActionGroup, action: ActionEntry, isMissed: (pointer: string) => boolean): string {
  const first = group.entries[0]?.pointer ?? '';
  return branchTitle(group, action) + (isMissed(first.slice(0, first.lastIndexOf('/'))) ? ' (no test)' : '');
}

/** The ways of a condition or a switch that no test takes, and that have no actions to draw. */
function undrawnOf(
  { pointer, typeWord }: OperationEntry,
  branches: readonly Branch[],
  isMissed: (pointer: string) => boolean,
): string {
  const isDrawn = (path: string) => branches.some(({ cards }) => cards[0]?.pointer.startsWith(`${pointer}${path}/`));
  const ways =
    typeWord === 'if' ? { '/actions': 'never true', '/else/actions': 'never false' } : { '/default/actions': 'always a case' };
  const missed = Object.entries(ways).filter(([path]) => isMissed(pointer + path) && !isDrawn(path));
  return missed.map(([, word]) => ` (${word})`).join('');
}

function branchTitle(group: ActionGroup, { pointer, typeWord }: ActionEntry): string {
  const [first = '', second = ''] = (group.entries[0]?.pointer ?? '').slice(pointer.length + 1).split('/');
  if (first === 'actions') return typeWord === 'if' ? 'true' : 'first';
  if (first === 'else') return 'false';
  return first === 'cases' || first === 'tools' ? second.replaceAll('~1', '/').replaceAll('~0', '~') : first;
}

/** Its type, and the host or the operation that it calls, where that is written out. */
function kindOf({ node, type }: OperationEntry): string {
  const inputs = isObject(node.inputs) ? node.inputs : {};
  const host = /^https?:\/\/([^/@?#\s]+)/i.exec(textIn(inputs, 'uri'))?.[1];
  const method = /^[A-Z]{3,7}$/i.exec(textIn(inputs, 'method'))?.[0];
  return [type, method, host ?? textIn(inputs, 'host', 'operationId')].filter(Boolean).join(' ');
}

function textIn(value: unknown, ...path: readonly string[]): string {
  const found = member(value, ...path);
  return typeof found === 'string' ? found : '';
}
