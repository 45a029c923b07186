import { isSecured } from '../../definition/get-secret.ts';
import { asText } from '../../diagnostics/words.ts';
import { isObject } from '../../json/json.ts';
import { entryOf, member } from '../../json/member.ts';
import { type Action, actionsIn, type GroupEnd, type GroupRunner } from '../actions/action.ts';
import { call, callByName } from '../actions/call.ts';
import { askingTypes, groupTypes, simpleActions } from '../actions/index.ts';
import { ActionFailed, type Outcome } from '../actions/outcome.ts';
import { staticResult } from '../actions/static-result.ts';
import { Terminated } from '../actions/waiting.ts';
import { NotRun, OutOfSteps, Refusal } from '../refusal.ts';
import { isControl, runControl } from './control.ts';
import type { Frame } from './frame.ts';
import type { OperationRecord } from './record.ts';
import { inOrder, predecessors, statusOfGroup } from './run-after.ts';
import { Scope } from './scope.ts';
import { skipped } from './skipped.ts';
import type { RunState } from './state.ts';
import type { Steps } from './steps.ts';

type Node = Readonly<Record<string, unknown>>;

/** Runs the groups of one run. */
export function runnerOf(state: RunState): GroupRunner {
  return { run: (group, frame) => runGroup(state, group, frame), skip: (group, frame) => skipGroup(state, group, frame) };
}

/**
 * Runs a group of actions by their `runAfter`. Branches run beside each other: each starts on the clock when what it waits for has
 * ended, and here one after another in the order of the definition.
 */
function* runGroup(state: RunState, group: unknown, frame: Frame): Steps<GroupEnd> {
  const actions = actionsIn(group);
  const start = state.now;
  const records: OperationRecord[] = [];
  let end = start;
  for (const [name, node] of inOrder(actions)) {
    state.now = predecessors(node).reduce((latest, [before]) => Math.max(latest, endOf(frame, before)), start);
    const record = yield* runOne(state, name, node, frame);
    records.push(record);
    end = Math.max(end, record.end);
  }
  state.now = end;
  return { status: statusOfGroup(actions, frame), records };
}

function endOf(frame: Frame, name: string): number {
  const found = frame.find(name);
  return found && 'end' in found ? found.end : 0;
}

/** Runs an action, or skips it, and keeps what became of it. */
function* runOne(state: RunState, name: string, node: Node, frame: Frame): Steps<OperationRecord> {
  const type = asText(node.type);
  const unmet = predecessors(node).find(([before, statuses]) => !statuses.includes(frame.statusOf(before) ?? 'Skipped'));
  const base = {
    name,
    type,
    start: state.now,
    isInputHidden: isSecured(node, 'inputs'),
    isOutputHidden: isSecured(node, 'outputs'),
    isSecretHandedOn: isSecured(node, 'outputs'),
    iterations: frame.iterations,
  };
  if (unmet) {
    const message = `The action '${name}' is skipped: '${unmet[0]}' is ${frame.statusOf(unmet[0]) ?? 'Skipped'}, and it runs after ${unmet[1].join(', ')}.`;
    return yield* told(skip(state, name, node, frame, { code: 'ActionConditionFailed', message }));
  }
  if (state.isCancelled())
    return yield* told(
      keep(state, frame, { ...base, status: 'Cancelled', code: 'Cancelled', end: state.now, sent: 0, error: cancelled }),
    );
  state.step();
  yield { kind: 'begins', operation: base };
  const scope = new Scope(state, frame);
  const action: Action = { name, type, typeWord: type.toLowerCase(), node, scope, state, groups: runnerOf(state) };
  const sentBefore = state.requests.length;
  try {
    const done = yield* perform(action);
    return yield* told(
      keep(state, frame, {
        ...base,
        ...ended(done, base, action.typeWord),
        end: state.now,
        sent: state.requests.length - sentBefore,
      }),
    );
  } catch (error) {
    if (error instanceof Terminated) {
      // The groups that it stands in have no inputs of their own.
      const inputs = isControl(action.typeWord) ? {} : { inputs: error.inputs };
      yield* told(keep(state, frame, { ...base, status: 'Succeeded', code: 'OK', ...inputs, end: state.now, sent: 0 }));
      throw error;
    }
    if (!(error instanceof Refusal) || error instanceof OutOfSteps) throw error;
    if (error instanceof NotRun) state.notRun.add(error.what);
    const failed = error instanceof ActionFailed ? error : undefined;
    return yield* told(
      keep(state, frame, {
        ...base,
        isInputHidden: base.isInputHidden || (failed?.isSecret ?? false),
        status: failed?.status ?? 'Failed',
        code: error.code,
        error: { code: error.code, message: error.message },
        ...(failed?.inputs !== undefined && { inputs: failed.inputs }),
        ...(failed?.outputs !== undefined && { outputs: failed.outputs }),
        end: state.now,
        sent: state.requests.length - sentBefore,
      }),
    );
  }
}

const cancelled = { code: 'Cancelled', message: 'The run was cancelled.' };

/** Tells what became of an action. */
function* told(record: OperationRecord): Steps<OperationRecord> {
  yield { kind: 'ends', record };
  return record;
}

function* perform(action: Action): Steps<Outcome> {
  const fixed = staticResult(action);
  if (fixed) return fixed;
  if (isControl(action.typeWord)) return yield* runControl(action);
  if (askingTypes.includes(action.typeWord)) return yield* call(action);
  const run = entryOf(simpleActions, action.typeWord);
  return run ? run(action) : yield* callByName(action);
}

/** How an action ended, and what of it history hides. Source: docs/facts/run-history.md#hiding-inputs-and-outputs. */
function ended(done: Outcome, base: Pick<OperationRecord, 'isInputHidden' | 'isOutputHidden'>, typeWord: string) {
  const { status = 'Succeeded', inputs, outputs, branch, isSecret } = done;
  const code = done.code ?? (status === 'Succeeded' ? 'OK' : status === 'Skipped' ? 'ActionSkipped' : 'ActionFailed');
  const isFailure = status !== 'Succeeded' && status !== 'Skipped';
  return {
    status,
    code,
    ...(isFailure && { error: { code, message: 'An action failed. No dependent actions succeeded.' } }),
    ...(inputs !== undefined && { inputs }),
    ...(outputs !== undefined && { outputs }),
    ...(branch !== undefined && { branch }),
    isInputHidden: base.isInputHidden || isSecret,
    isOutputHidden: base.isOutputHidden || (isSecret && handsOn.has(typeWord)),
  };
}

/** What these give is what they were given. */
const handsOn = new Set(['compose', 'parsejson', 'response', 'query', 'select', 'join', 'table', 'expression']);

function keep(state: RunState, frame: Frame, record: OperationRecord): OperationRecord {
  frame.keep(record);
  state.records.push(record);
  return record;
}

/** An action that does not run; those in it do not either. */
function skip(state: RunState, name: string, node: Node, frame: Frame, error: OperationRecord['error']): OperationRecord {
  skipWithin(state, node, frame);
  return keep(state, frame, skipped(state, name, node, frame, error));
}

/** Skips all actions of a group, such as a branch that is not taken. */
function skipGroup(state: RunState, group: unknown, frame: Frame): OperationRecord[] {
  const error = { code: 'ActionBranchingConditionNotSatisfied', message: 'The branch that the action stands in is not taken.' };
  return actionsIn(group).map(([name, node]) => skip(state, name, node, frame, error));
}

function skipWithin(state: RunState, node: Node, frame: Frame) {
  if (!groupTypes.some((type) => type === asText(node.type).toLowerCase())) return;
  skipGroup(state, node.actions, frame);
  skipGroup(state, member(node, 'else', 'actions'), frame);
  for (const one of Object.values(isObject(node.cases) ? node.cases : {})) skipGroup(state, member(one, 'actions'), frame);
  skipGroup(state, member(node, 'default', 'actions'), frame);
}
