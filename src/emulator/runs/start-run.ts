import { randomBytes, randomUUID } from 'node:crypto';
import { isSecured } from '../../definition/get-secret.ts';
import type { MockAnswer } from '../../engine/mocks/mock.ts';
import { MockBook } from '../../engine/mocks/mock-book.ts';
import { followRun, type RunEnd } from '../../engine/run/follow.ts';
import { RunState } from '../../engine/run/state.ts';
import { toValue } from '../../engine/values/json.ts';
import type { Value } from '../../engine/values/value.ts';
import { isObject } from '../../json/json.ts';
import { member, memberNamed } from '../../json/member.ts';
import { accessEndpoint } from '../arm/providers/workflows.ts';
import { refuse } from '../http/answer.ts';
import { type ActionRecord, type ArmResource, now, type Run } from '../state.ts';
import { Ended } from '../tasks.ts';
import type { World } from '../world.ts';
import { answered } from './answered.ts';
import { actionRecord, beginning, responseOf, triggerRecord } from './records.ts';

export function runKey(workflow: ArmResource, run: string): string {
  return `${workflow.id}/runs/${run}`.toLowerCase();
}

export function runsOf({ state }: World, workflow: ArmResource): Run[] {
  const within = `${workflow.id}/runs/`.toLowerCase();
  // The newest first, as Azure lists them.
  return [...state.runs]
    .filter(([key]) => key.startsWith(within))
    .map(([, run]) => run)
    .reverse();
}

/** The trigger of a name, as the definition has it. Throws WorkflowTriggerNotFound. */
export function triggerOf(
  workflow: ArmResource,
  name: string,
): { readonly name: string; readonly trigger: Readonly<Record<string, unknown>> } {
  const triggers = member(workflow.properties, 'definition', 'triggers');
  const trigger = memberNamed(triggers, name);
  if (!isObject(trigger))
    refuse(404, 'WorkflowTriggerNotFound', `The workflow '${workflow.name}' trigger '${name}' could not be found.`);
  const written = Object.keys(triggers as object).find((one) => one.toLowerCase() === name.toLowerCase());
  return { name: written ?? name, trigger };
}

/** Begins a run, and gives it with what ends when the run has ended. Throws where the workflow is disabled. */
export function startRun(
  world: World,
  workflow: ArmResource,
  triggerName: string,
  outputs: unknown,
): { readonly run: Run; readonly ended: Promise<Run> } {
  const { name, trigger } = triggerOf(workflow, triggerName);
  if (workflow.properties.state !== 'Enabled')
    refuse(
      400,
      'WorkflowTriggerIsNotEnabled',
      `Could not execute workflow '${workflow.name}' trigger '${name}' with state '${workflow.properties.state}': trigger is not enabled.`,
    );
  const startTime = now();
  const runName = `0858${String(Number.MAX_SAFE_INTEGER - Date.now()).padStart(16, '0')}${randomBytes(7).toString('hex').toUpperCase()}CU00`;
  const fired: ActionRecord = {
    name,
    status: 'Succeeded',
    code: 'OK',
    startTime,
    endTime: startTime,
    trackingId: runName,
    outputs,
    isInputSecured: isSecured(trigger, 'inputs'),
    isOutputSecured: isSecured(trigger, 'outputs'),
    isSecretHandedOn: isSecured(trigger, 'outputs'),
  };
  const run: Run = {
    name: runName,
    workflowId: workflow.id,
    status: 'Running',
    startTime,
    correlationId: runName,
    trigger: fired,
    actions: [],
    triggerOutputs: outputs,
  };
  world.state.runs.set(runKey(workflow, runName), run);
  const ended = follow(world, workflow, run);
  world.goOn(async () => {
    await ended;
  });
  return { run, ended };
}

async function follow(world: World, workflow: ArmResource, started: Run): Promise<Run> {
  const key = runKey(workflow, started.name);
  const change = (part: Partial<Run>) => {
    const current = world.state.runs.get(key);
    // It went away with its workflow.
    if (current) world.state.runs.set(key, { ...current, ...part });
  };
  const isCancelled = () => world.state.runs.get(key)?.status === 'Cancelled';
  const tell = (action: ActionRecord) => {
    const others = (world.state.runs.get(key)?.actions ?? []).filter(({ name }) => name !== action.name);
    change({ actions: [...others, action] });
  };
  const state = new RunState({
    now: Date.now(),
    clock: Date.now,
    trigger: triggerRecord(started.trigger),
    parameters: parameters(workflow),
    appSettings: new Map(),
    workflow: toValue(about(world, workflow, started)),
    staticResults: member(workflow.properties, 'definition', 'staticResults'),
    mocks: new MockBook([]),
    random: Math.random,
    mostSteps,
    isCancelled,
  });
  let end: Partial<Run>;
  try {
    const { status, error } = await drive(world, workflow, state, tell);
    end = { status, ...(error && { code: error.code, error }) };
  } catch (error) {
    const [status, code, message] =
      error instanceof Ended
        ? ['Cancelled', 'Terminated', 'The emulator ended.']
        : ['Failed', 'InternalServerError', (error as Error).message];
    end = { status, code, error: { code, message } };
  }
  change({ ...(isCancelled() ? {} : end), endTime: now(), ...(state.response && { response: responseOf(state.response) }) });
  return world.state.runs.get(key) ?? { ...started, ...end };
}

/** A loop without end would fill the memory of whoever tests with it. */
const mostSteps = 100_000;

/** Runs the actions to their end: each begins after a pause, and the services of the emulator answer. Throws Ended. */
async function drive(
  world: World,
  workflow: ArmResource,
  state: RunState,
  tell: (action: ActionRecord) => void,
): Promise<RunEnd> {
  const steps = followRun(state, member(workflow.properties, 'definition'));
  const tracked = new Map<string, string>();
  let step = steps.next();
  while (!step.done) {
    const { value } = step;
    let answer: MockAnswer | undefined;
    if (value.kind === 'begins') {
      tracked.set(value.operation.name, randomUUID());
      tell(beginning(value.operation, tracked.get(value.operation.name) ?? ''));
      await world.pause(world.pace.step);
    } else if (value.kind === 'ends') tell(actionRecord(value.record, tracked.get(value.record.name) ?? randomUUID()));
    else answer = await answered(world, workflow, value.asked);
    step = steps.next(answer);
  }
  return step.value;
}

function parameters({ properties }: ArmResource): Map<string, Value> {
  const declared = member(properties, 'definition', 'parameters');
  return new Map(
    Object.entries(isObject(declared) ? declared : {}).flatMap(([name, declaration]): [string, Value][] => {
      const value = member(properties, 'parameters', name, 'value') ?? member(declaration, 'defaultValue');
      return value === undefined ? [] : [[name.toLowerCase(), toValue(value)]];
    }),
  );
}

/** What `workflow()` gives. */
function about(world: World, workflow: ArmResource, run: Run) {
  const { id, name, type, location, tags } = workflow;
  return {
    id,
    name,
    type,
    location,
    tags,
    run: { id: `${id}/runs/${run.name}`, name: run.name },
    endpoint: accessEndpoint(world, workflow),
  };
}
