import { secondsIn } from '../../definition/duration.ts';
import { limits } from '../../definition/limits.ts';
import { asText } from '../../diagnostics/words.ts';
import { isObject } from '../../json/json.ts';
import { entryOf, member } from '../../json/member.ts';
import { pointerStep } from '../../json/pointer.ts';
import type { Action } from '../actions/action.ts';
import { ActionFailed, type Outcome } from '../actions/outcome.ts';
import { isConditionMet } from '../conditions.ts';
import { refuse } from '../refusal.ts';
import { groupOf, isSame } from '../values/json.ts';
import { isList } from '../values/value.ts';
import { Frame } from './frame.ts';
import type { OperationRecord } from './record.ts';
import type { Steps } from './steps.ts';
import { actionValue } from './views.ts';

/** Actions that hold others. Source: docs/facts/engine.md#control. */
const controls: Readonly<Record<string, (action: Action) => Steps<Outcome>>> = {
  foreach,
  if: choose,
  scope,
  switch: switchTo,
  until,
};

export function isControl(typeWord: string): boolean {
  return Object.hasOwn(controls, typeWord);
}

export function runControl(action: Action): Steps<Outcome> {
  const run = entryOf(controls, action.typeWord) ?? refuse(`'${action.typeWord.slice(0, 40)}' holds no actions.`);
  return run(action);
}

function keepResults({ name, state }: Action, records: readonly (readonly OperationRecord[])[]) {
  state.results.set(name.toLowerCase(), records);
}

function* scope(action: Action): Steps<Outcome> {
  const { node, scope: around } = action;
  const { status, records } = yield* action.groups.run(node.actions, around.frame);
  keepResults(
    action,
    records.map((record) => [record]),
  );
  return { status, isSecret: false };
}

function* choose(action: Action): Steps<Outcome> {
  const { node, scope: around } = action;
  const isMet = isConditionMet(around, node.expression);
  const [taken, other] = isMet
    ? [node.actions, member(node, 'else', 'actions')]
    : [member(node, 'else', 'actions'), node.actions];
  const { status, records } = yield* action.groups.run(taken, around.frame);
  const skipped = action.groups.skip(other, around.frame);
  keepResults(
    action,
    [...records, ...skipped].map((record) => [record]),
  );
  const branch = isMet ? '/actions' : '/else/actions';
  return { status, outputs: groupOf([['expressionResult', isMet]]), branch, isSecret: false };
}

function* switchTo(action: Action): Steps<Outcome> {
  const { node, scope: around } = action;
  const { value } = around.resolve(node.expression);
  const cases = Object.entries(isObject(node.cases) ? node.cases : {});
  const found = cases.find(([, one]) => isSame(around.resolve(member(one, 'case')).value, value));
  const groups = [...cases.map(([, one]) => member(one, 'actions')), member(node, 'default', 'actions')];
  const taken = found ? member(found[1], 'actions') : member(node, 'default', 'actions');
  const { status, records } = yield* action.groups.run(taken, around.frame);
  const skipped = groups.filter((group) => group !== taken).flatMap((group) => action.groups.skip(group, around.frame));
  keepResults(
    action,
    [...records, ...skipped].map((record) => [record]),
  );
  const branch = found ? `/cases${pointerStep(found[0])}/actions` : '/default/actions';
  return { status, outputs: groupOf([['expressionResult', value]]), branch, isSecret: false };
}

/** Rounds of a Foreach that run beside each other where nothing is said. Source: docs/facts/engine.md#control. */
const usualConcurrency = 20;

function* foreach(action: Action): Steps<Outcome> {
  const { name, node, state, scope: around } = action;
  const { value: items } = around.resolve(node.foreach);
  if (!isList(items))
    return refuse(`The result of the 'foreach' expression of '${name}' is no array.`, 'ExpressionEvaluationFailed');
  if (items.length > limits.items) return refuse(`A Foreach takes ${limits.items} items at most.`, 'ForeachItemsLimitExceeded');
  if (items.length === 0) {
    keepResults(
      action,
      action.groups.skip(node.actions, around.frame).map((record) => [record]),
    );
    return { isSecret: false };
  }
  const isSequential = /\bSequential\b/i.test(asText(node.operationOptions));
  const repetitions = Number(member(node, 'runtimeConfiguration', 'concurrency', 'repetitions') ?? usualConcurrency);
  const width = isSequential ? 1 : Math.max(1, Number.isInteger(repetitions) ? repetitions : usualConcurrency);
  // When each of the places beside each other is free again.
  const free = new Array<number>(Math.min(width, items.length)).fill(state.now);
  const byAction = new Map<string, OperationRecord[]>();
  const rounds: Frame[] = [];
  let hasFailed = false;
  for (const [index, item] of items.entries()) {
    const place = free.indexOf(Math.min(...free));
    state.now = free[place] ?? state.now;
    const frame = new Frame(around.frame, { name, index, item });
    const { status, records } = yield* action.groups.run(node.actions, frame);
    free[place] = state.now;
    rounds.push(frame);
    for (const record of records) keepUnder(byAction, record);
    hasFailed ||= status !== 'Succeeded';
  }
  state.now = Math.max(...free);
  around.frame.keepRounds(rounds);
  keepResults(action, [...byAction.values()]);
  return { status: hasFailed ? 'Failed' : 'Succeeded', isSecret: false };
}

function keepUnder(byAction: Map<string, OperationRecord[]>, record: OperationRecord) {
  const kept = byAction.get(record.name);
  if (kept) kept.push(record);
  else byAction.set(record.name, [record]);
}

/** Source: docs/facts/definitions.md#limits. */
const usualUntil = { count: 60, timeout: 'PT1H' } as const;

function* until(action: Action): Steps<Outcome> {
  const { name, node, state, scope: around } = action;
  const resolved = around.resolve(node.limit ?? {}).value;
  const count = Number(asNumber(member(resolved, 'count')) ?? usualUntil.count);
  const seconds = secondsIn(asText(member(resolved, 'timeout') ?? usualUntil.timeout)) ?? 3600;
  const end = state.now + seconds * 1000;
  const byAction = new Map<string, OperationRecord[]>();
  let status: Outcome['status'] = 'Succeeded';
  for (let index = 0; ; index++) {
    const frame = new Frame(around.frame, { name, index });
    const done = yield* action.groups.run(node.actions, frame);
    status = done.status;
    around.frame.keepLast(frame);
    for (const record of done.records) keepUnder(byAction, record);
    keepResults(action, [...byAction.values()]);
    const self = { ...soFar(action, index), status: status ?? 'Succeeded' };
    if (around.withCurrent(actionValue(self), () => isConditionMet(around, node.expression))) break;
    if (index + 1 < count && state.now < end) continue;
    if (/\bFailWhenLimitsReached\b/i.test(asText(node.operationOptions)))
      throw new ActionFailed('ActionLimitsReached', `The loop '${name}' has reached its limit before its condition held.`);
    break;
  }
  return { status, isSecret: false };
}

function asNumber(value: unknown): number | undefined {
  const number = Number(value);
  return Number.isInteger(number) && number > 0 ? number : undefined;
}

/** An Until as its own condition sees it. */
function soFar({ name, type, state, scope: around }: Action, index: number): OperationRecord {
  return {
    name,
    type,
    status: 'Succeeded',
    code: 'OK',
    start: state.now,
    end: state.now,
    outputs: groupOf([['iterationCount', index + 1]]),
    isInputHidden: false,
    isOutputHidden: false,
    isSecretHandedOn: false,
    iterations: around.frame.iterations,
    sent: 0,
  };
}
