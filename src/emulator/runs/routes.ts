import { member } from '../../json/member.ts';
import { accessEndpoint, checkWorkflow, workflowType } from '../arm/providers/workflows.ts';
import { resourceGroupOf, subscriptionOf } from '../arm/resource-groups.ts';
import { foundResource } from '../arm/resources.ts';
import { authorize } from '../arm/role-assignments.ts';
import { ok, refuse } from '../http/answer.ts';
import type { Call, Routes } from '../http/router.ts';
import { type ArmResource, now, type Run } from '../state.ts';
import type { World } from '../world.ts';
import { actionView, links, runView, signature } from './history.ts';
import { runKey, runsOf, startRun, triggerOf } from './start-run.ts';

const group = '/subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.Logic';
const path = `${group}/workflows/{workflow}`;

/**
 * What Microsoft.Logic has in Resource Manager besides the workflow itself. Requests and answers:
 * docs/facts/resource-manager.md#requests-and-answers.
 */
export function workflowRoutes(world: World): Routes {
  const at = (call: Call, action: string): ArmResource => {
    const { group, workflow } = call.params;
    const id = `${subscriptionOf(world, call.params)}/resourceGroups/${group}/providers/${workflowType}/${workflow}`;
    authorize(world, call.caller, `${workflowType}/${action}`, id);
    return foundResource(world, call.caller, id);
  };
  const switched = (state: 'Enabled' | 'Disabled', action: string) => (call: Call) => {
    const workflow = at(call, action);
    const properties = { ...workflow.properties, state, changedTime: now() };
    world.state.resources.set(workflow.id.toLowerCase(), { ...workflow, properties });
    return { status: 200 };
  };
  const validate = (call: Call) => {
    authorize(world, call.caller, `${workflowType}/validate/action`, resourceGroupOf(world, call.params).id);
    checkWorkflow(world, call.json());
    return { status: 200 };
  };
  return {
    [`POST ${path}/enable`]: switched('Enabled', 'enable/action'),
    [`POST ${path}/disable`]: switched('Disabled', 'disable/action'),
    [`POST ${path}/validate`]: validate,
    [`POST ${group}/locations/{location}/workflows/{workflow}/validate`]: validate,
    ...runRoutes(world, path, at),
  };
}

/** Triggers and runs of the workflows at an address; `at` finds one, for whoever may do something there. */
export function runRoutes(world: World, path: string, at: (call: Call, action: string) => ArmResource): Routes {
  const { state } = world;
  const runOf = (workflow: ArmResource, { params }: Call): Run => {
    const run = state.runs.get(runKey(workflow, params.run ?? ''));
    if (run === undefined)
      refuse(404, 'WorkflowRunNotFound', `The workflow '${workflow.name}' run '${params.run}' could not be found.`);
    return run;
  };
  return {
    [`GET ${path}/triggers`]: (call) => {
      const workflow = at(call, 'triggers/read');
      const triggers = Object.keys((member(workflow.properties, 'definition', 'triggers') ?? {}) as object);
      return ok({ value: triggers.map((name) => triggerView(workflow, name)) });
    },
    [`GET ${path}/triggers/{trigger}`]: (call) => {
      const workflow = at(call, 'triggers/read');
      return ok(triggerView(workflow, triggerOf(workflow, call.params.trigger ?? '').name));
    },
    [`POST ${path}/triggers/{trigger}/run`]: (call) => {
      const workflow = at(call, 'triggers/run/action');
      const body = call.text === '' ? {} : { body: call.json() };
      return started(startRun(world, workflow, call.params.trigger ?? '', body).run);
    },
    [`POST ${path}/triggers/{trigger}/listCallbackUrl`]: (call) => {
      const workflow = at(call, 'triggers/listCallbackUrl/action');
      return ok(callbackUrl(world, workflow, call.params.trigger ?? ''));
    },
    [`GET ${path}/triggers/{trigger}/histories`]: (call) => {
      const workflow = at(call, 'triggers/histories/read');
      const { name } = triggerOf(workflow, call.params.trigger ?? '');
      const fired = runsOf(world, workflow).filter(({ trigger }) => trigger.name === name);
      return ok({ value: fired.map((run) => historyView(world, workflow, run)) });
    },
    [`POST ${path}/triggers/{trigger}/histories/{run}/resubmit`]: (call) => {
      const workflow = at(call, 'triggers/histories/resubmit/action');
      const before = runOf(workflow, call);
      return started(startRun(world, workflow, before.trigger.name, before.triggerOutputs).run);
    },
    [`GET ${path}/runs`]: (call) => {
      const workflow = at(call, 'runs/read');
      return ok(
        page(
          call,
          runsOf(world, workflow)
            .filter(filterOf(call))
            .map((run) => runView(world, workflow, run)),
        ),
      );
    },
    [`GET ${path}/runs/{run}`]: (call) => {
      const workflow = at(call, 'runs/read');
      return ok(runView(world, workflow, runOf(workflow, call)));
    },
    [`POST ${path}/runs/{run}/cancel`]: (call) => {
      const workflow = at(call, 'runs/cancel/action');
      const run = runOf(workflow, call);
      if (run.status !== 'Running')
        refuse(
          400,
          'WorkflowRunNotCancellable',
          `The workflow run '${run.name}' cannot be cancelled: it has ended as ${run.status}.`,
        );
      state.runs.set(runKey(workflow, run.name), { ...run, status: 'Cancelled', code: 'Terminated', endTime: now() });
      return { status: 200 };
    },
    [`GET ${path}/runs/{run}/actions`]: (call) => {
      const workflow = at(call, 'runs/actions/read');
      const run = runOf(workflow, call);
      return ok(
        page(
          call,
          run.actions.map((action) => actionView(world, workflow, run, action)),
        ),
      );
    },
    [`GET ${path}/runs/{run}/actions/{action}`]: (call) => {
      const workflow = at(call, 'runs/actions/read');
      const run = runOf(workflow, call);
      const action = run.actions.find(({ name }) => name.toLowerCase() === call.params.action?.toLowerCase());
      if (action === undefined)
        refuse(404, 'WorkflowRunActionNotFound', `The action '${call.params.action}' of the run could not be found.`);
      return ok(actionView(world, workflow, run, action));
    },
  };
}

function started({ name }: Run) {
  return { status: 202, headers: { 'x-ms-workflow-run-id': name } };
}

/** `status eq 'Failed'`, `startTime ge …`: joined by `and`. */
function filterOf({ url }: Call): (run: Run) => boolean {
  const filter = url.searchParams.get('$filter') ?? '';
  const status = /status eq '([^']+)'/i.exec(filter)?.[1]?.toLowerCase();
  const since = /startTime ge ([^\s]+)/i.exec(filter)?.[1]?.replaceAll("'", '');
  return (run) =>
    (status === undefined || run.status.toLowerCase() === status) &&
    (since === undefined || Date.parse(run.startTime) >= Date.parse(since));
}

/** At most `$top` of a list (30 by default), and where the next ones are. */
function page<Item>({ url }: Call, items: readonly Item[]) {
  const top = Number(url.searchParams.get('$top') ?? 30);
  const from = Number(url.searchParams.get('$skiptoken') ?? 0);
  if (!Number.isInteger(top) || top < 1 || !Number.isInteger(from))
    refuse(400, 'InvalidTopParameter', "'$top' must be a whole number above 0.");
  const next = new URL(url);
  next.searchParams.set('$skiptoken', String(from + top));
  return { value: items.slice(from, from + top), ...(items.length > from + top && { nextLink: next.href }) };
}

function triggerView(workflow: ArmResource, name: string) {
  const { properties } = workflow;
  const recurrence = member(properties, 'definition', 'triggers', name, 'recurrence');
  return {
    id: `${workflow.id}/triggers/${name}`,
    name,
    type: `${workflowType}/triggers`,
    properties: {
      provisioningState: 'Succeeded',
      createdTime: properties.createdTime,
      changedTime: properties.changedTime,
      state: properties.state,
      ...(recurrence !== undefined && { recurrence }),
      workflow: {
        id: `${workflow.id}/versions/${properties.version}`,
        name: properties.version,
        type: `${workflowType}/versions`,
      },
    },
  };
}

function historyView(world: World, workflow: ArmResource, run: Run) {
  const { trigger } = run;
  return {
    id: `${workflow.id}/triggers/${trigger.name}/histories/${run.name}`,
    name: run.name,
    type: `${workflowType}/triggers/histories`,
    properties: {
      ...links(world, workflow, run, trigger),
      startTime: trigger.startTime,
      endTime: trigger.endTime,
      status: trigger.status,
      code: trigger.code,
      correlation: { clientTrackingId: run.correlationId },
      fired: true,
      run: { id: `${workflow.id}/runs/${run.name}`, name: run.name, type: `${workflowType}/runs` },
    },
  };
}

/** Where an HTTP trigger is called, signature included: whoever has it may run the workflow. */
function callbackUrl(world: World, workflow: ArmResource, triggerName: string) {
  const { name, trigger } = triggerOf(workflow, triggerName);
  if (String(trigger.type).toLowerCase() !== 'request')
    refuse(400, 'TriggerTypeNotSupported', `The trigger '${name}' of the type '${trigger.type}' is not called at an address.`);
  const basePath = `${accessEndpoint(world, workflow)}/triggers/${encodeURIComponent(name)}/paths/invoke`;
  const queries = {
    'api-version': '2016-10-01',
    sp: `/triggers/${name}/run`,
    sv: '1.0',
    sig: signature(workflow, `/triggers/${name}/run`),
  };
  return {
    value: `${basePath}?${new URLSearchParams(queries)}`,
    method: String(member(trigger, 'inputs', 'method') ?? 'POST').toUpperCase(),
    basePath,
    queries,
  };
}
