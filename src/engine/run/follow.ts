import { listActions } from '../../definition/walk.ts';
import { objectOf } from '../../json/json.ts';
import { member } from '../../json/member.ts';
import { Terminated } from '../actions/waiting.ts';
import { NotRun, Refusal } from '../refusal.ts';
import { toPlain } from '../values/json.ts';
import { Frame } from './frame.ts';
import type { RunError, Status } from './record.ts';
import { runnerOf } from './runner.ts';
import { Scope } from './scope.ts';
import { skipped } from './skipped.ts';
import type { RunState } from './state.ts';
import type { Steps } from './steps.ts';

/** How a run has ended. */
export interface RunEnd {
  readonly status: Status;
  readonly error?: RunError;
  /** What the definition declares, plain. */
  readonly outputs: Readonly<Record<string, unknown>>;
}

/** Runs the actions of a definition whose trigger has fired, step by step. */
export function* followRun(state: RunState, definition: unknown): Steps<RunEnd> {
  const frame = new Frame();
  try {
    const { status } = yield* runnerOf(state).run(member(definition, 'actions'), frame);
    if (state.isCancelled()) return { status: 'Cancelled', outputs: {} };
    return status === 'Succeeded' ? withOutputs(definition, new Scope(state, frame)) : { status, error: failed, outputs: {} };
  } catch (error) {
    if (error instanceof Terminated) {
      yield* skipLeft(state, definition, frame);
      const end = { status: error.status, ...(error.runError && { error: error.runError }), outputs: {} };
      return end.status === 'Succeeded' ? withOutputs(definition, new Scope(state, frame)) : end;
    }
    if (!(error instanceof Refusal)) throw error;
    if (error instanceof NotRun) state.notRun.add(error.what);
    return { status: 'Failed', error: { code: error.code, message: error.message }, outputs: {} };
  }
}

/** What has not come to its turn when a run is terminated is skipped. Source: docs/facts/engine.md#status. */
function* skipLeft(state: RunState, definition: unknown, frame: Frame): Steps<void> {
  const known = new Set(state.records.map(({ name }) => name.toLowerCase()));
  for (const { name, nameWord, node } of listActions(definition)) {
    if (known.has(nameWord)) continue;
    const message = `The action '${name}' is skipped: the run was terminated before.`;
    const record = skipped(state, name, node, frame, { code: 'ActionSkipped', message });
    state.records.push(record);
    yield { kind: 'ends', record };
  }
}

const failed: RunError = { code: 'ActionFailed', message: 'An action failed. No dependent actions succeeded.' };

/** A run that succeeds with the outputs that the definition declares, or fails by them. */
function withOutputs(definition: unknown, scope: Scope): RunEnd {
  const declared = member(definition, 'outputs');
  const outputs = new Map<string, unknown>();
  try {
    for (const [name, output] of Object.entries(objectOf(declared)))
      outputs.set(name, toPlain(scope.resolve(member(output, 'value')).value));
    return { status: 'Succeeded', outputs: Object.fromEntries(outputs) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { status: 'Failed', error: { code: error.code, message: error.message }, outputs: Object.fromEntries(outputs) };
  }
}
