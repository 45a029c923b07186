import { type ActionEntry, listActions } from '../definition/walk.ts';
import type { OperationRun, Run } from '../engine/run/result.ts';
import { isObject } from '../json/json.ts';
import { pointerStep } from '../json/pointer.ts';

export type CoveredKind = 'action' | 'branch' | 'state';

/** Something of a workflow that a case can reach: an action, a branch, or a state of `runAfter` after which an action runs. */
export interface CoveredPart {
  readonly kind: CoveredKind;
  /** In the definition: of the action, of the branch's group of actions (which need not be there), of the state in `runAfter`. */
  readonly pointer: string;
  /** What it is, for a sentence that begins with "no case": `runs "Get lists"`. */
  readonly words: string;
  readonly isReached: boolean;
}

/** What the runs of one workflow reached, in the order of the definition. A run that did not start reaches nothing. */
export function coverageOf(definition: unknown, runs: readonly Run[]): CoveredPart[] {
  const reached = new Set<string>();
  const actions = listActions(definition);
  const byName = new Map(actions.map((action) => [action.nameWord, action]));
  for (const run of runs.flatMap((one) => [one, ...one.others]))
    for (const pointer of reachedBy(run, byName)) reached.add(pointer);
  return actions.flatMap(partsOf).map((part) => ({ ...part, isReached: reached.has(part.pointer) }));
}

/** The same parts, reached where one of several has reached them. */
export function merged(all: readonly (readonly CoveredPart[])[]): CoveredPart[] {
  const [first = [], ...others] = all;
  return first.map((part, index) => ({ ...part, isReached: part.isReached || others.some((one) => one[index]?.isReached) }));
}

/** What is to be told: of an action that nobody reaches, that alone. */
export function unreached(parts: readonly CoveredPart[]): CoveredPart[] {
  const missing = new Set(parts.filter(({ kind, isReached }) => kind === 'action' && !isReached).map(({ pointer }) => pointer));
  return parts.filter(({ kind, pointer, isReached }) => !isReached && (kind === 'action' || !isIn(pointer, missing)));
}

/** Whether a branch or a state belongs to one of these actions. */
function isIn(pointer: string, actions: ReadonlySet<string>): boolean {
  for (let end = pointer.lastIndexOf('/'); end > 0; end = pointer.lastIndexOf('/', end - 1))
    if (actions.has(pointer.slice(0, end))) return true;
  return false;
}

type Part = Omit<CoveredPart, 'isReached'>;

function partsOf(action: ActionEntry): Part[] {
  const { name, pointer } = action;
  return [{ kind: 'action', pointer, words: `runs "${name}"` }, ...branchesOf(action), ...statesOf(action)];
}

function branchesOf({ name, pointer, typeWord, node }: ActionEntry): Part[] {
  const branch = (path: string, words: string): Part => ({ kind: 'branch', pointer: pointer + path, words });
  if (typeWord === 'if')
    return [
      branch('/actions', `finds the condition "${name}" true`),
      branch('/else/actions', `finds the condition "${name}" false`),
    ];
  if (typeWord !== 'switch') return [];
  const cases = Object.keys(isObject(node.cases) ? node.cases : {});
  return [
    ...cases.map((one) => branch(`/cases${pointerStep(one)}/actions`, `takes the case "${one}" of "${name}"`)),
    branch('/default/actions', `takes no case of "${name}"`),
  ];
}

function statesOf({ name, pointer, after, node }: ActionEntry): Part[] {
  return after.flatMap((before) =>
    statesAfter(node, before).map(
      ([state, path]): Part => ({
        kind: 'state',
        pointer: pointer + path,
        words: `runs "${name}" after "${before}" is ${state}`,
      }),
    ),
  );
}

/** The states of an action that another one waits for, with their pointers from the latter. Without any, it is that it succeeds. */
function statesAfter({ runAfter }: ActionEntry['node'], before: string): [state: string, path: string][] {
  const written = isObject(runAfter) ? runAfter[before] : undefined;
  const path = `/runAfter${pointerStep(before)}`;
  if (!Array.isArray(written) || written.length === 0) return [['Succeeded', path]];
  return written.map((state, index) => [String(state), `${path}/${index}`]);
}

function* reachedBy({ actions }: Run, byName: ReadonlyMap<string, ActionEntry>): Generator<string> {
  const statuses = new Map(actions.map((action) => [roundOf(action.name, action), action.status.toLowerCase()]));
  for (const action of actions) {
    const entry = byName.get(action.name.toLowerCase());
    if (!entry || action.status === 'Skipped') continue;
    yield entry.pointer;
    if (action.branch !== undefined) yield entry.pointer + action.branch;
    for (const before of entry.after) {
      const status = statuses.get(roundOf(before, action));
      for (const [state, path] of statesAfter(entry.node, before)) if (state.toLowerCase() === status) yield entry.pointer + path;
    }
  }
}

/** An action in the rounds of loops that another one ran in: what it runs after stands beside it. */
function roundOf(name: string, { iterations }: OperationRun): string {
  return JSON.stringify([name.toLowerCase(), iterations.map(({ loop, index }) => [loop.toLowerCase(), index])]);
}
