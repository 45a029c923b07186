import { randomBytes } from 'node:crypto';
import { isSecured } from '../../definition/get-secret.ts';
import { isObject } from '../../json/json.ts';
import { member, memberNamed } from '../../json/member.ts';
import { accessEndpoint } from '../arm/providers/workflows.ts';
import { refuse } from '../http/answer.ts';
import { type ActionRecord, type ArmResource, now, type Run } from '../state.ts';
import { Ended } from '../tasks.ts';
import type { World } from '../world.ts';
import { Engine, Terminated } from './engine.ts';
import { ActionError, RunScope } from './scope.ts';

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
  const { definition } = workflow.properties;
  const scope = new RunScope(parameters(workflow), started.trigger, about(world, workflow, started));
  const engine = new Engine(
    world,
    workflow,
    scope,
    (action) => {
      const others = (world.state.runs.get(key)?.actions ?? []).filter(({ name }) => name !== action.name);
      change({ actions: [...others, action] });
    },
    isCancelled,
  );
  let end: Partial<Run>;
  try {
    const status = await engine.runGroup(member(definition, 'actions'));
    end =
      status === 'Failed'
        ? {
            status,
            code: 'ActionFailed',
            error: { code: 'ActionFailed', message: 'An action failed. No dependent actions succeeded.' },
          }
        : { status };
  } catch (error) {
    if (error instanceof Terminated)
      end = { status: error.status, ...(error.error && { code: error.error.code, error: error.error }) };
    else if (error instanceof ActionError)
      end = { status: 'Failed', code: error.code, error: { code: error.code, message: error.message } };
    else if (error instanceof Ended)
      end = { status: 'Cancelled', code: 'Terminated', error: { code: 'Terminated', message: 'The emulator ended.' } };
    else
      end = {
        status: 'Failed',
        code: 'InternalServerError',
        error: { code: 'InternalServerError', message: (error as Error).message },
      };
  }
  change({ ...(isCancelled() ? {} : end), endTime: now(), ...(engine.response && { response: engine.response }) });
  return world.state.runs.get(key) ?? { ...started, ...end };
}

function parameters({ properties }: ArmResource): Map<string, unknown> {
  const declared = member(properties, 'definition', 'parameters');
  return new Map(
    Object.entries(isObject(declared) ? declared : {}).map(([name, declaration]) => [
      name.toLowerCase(),
      member(properties, 'parameters', name, 'value') ?? member(declaration, 'defaultValue'),
    ]),
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
