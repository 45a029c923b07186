import type { WorkflowRun as SdkRun } from '@azure/arm-logic';
import { isObject } from '../json/json.ts';
import { type ErrorCause, flatten } from './answer.ts';
import { attempt, ifThere } from './attempt.ts';
import type { Azure } from './azure.ts';
import { itemsOf } from './pages.ts';
import { logicClient, type WorkflowAddress } from './workflows.ts';

export interface WorkflowRun {
  readonly id: string;
  /** `Running`, `Waiting`, `Succeeded`, `Failed`, `Cancelled` and a few that are rare. */
  readonly status: string;
  readonly trigger: string;
  /** ISO 8601, UTC. */
  readonly startTime?: string;
  readonly endTime?: string;
  readonly causes: readonly ErrorCause[];
}

export interface RunAction {
  readonly name: string;
  readonly status: string;
  readonly causes: readonly ErrorCause[];
  /** Whether run history shows what went in, and what came out. */
  readonly showsInputs: boolean;
  readonly showsOutputs: boolean;
  readonly startTime?: string;
  readonly endTime?: string;
}

/** Names of the triggers of a workflow. */
export async function listTriggers(azure: Azure, at: WorkflowAddress): Promise<string[]> {
  return attempt(azure, `reading the triggers of the Logic App ${at.name}`, async () => {
    const found: string[] = [];
    for await (const { name } of itemsOf(logicClient(azure, at.subscription).workflowTriggers.list(at.resourceGroup, at.name)))
      if (name !== undefined) found.push(name);
    return found;
  });
}

/** Fires a trigger. Gives the id of the run where Azure says it. */
export async function startTrigger(azure: Azure, at: WorkflowAddress, trigger: string): Promise<string | undefined> {
  let run: string | undefined;
  await attempt(azure, `starting the Logic App ${at.name}`, () =>
    logicClient(azure, at.subscription).workflowTriggers.run(at.resourceGroup, at.name, trigger, {
      onResponse: ({ headers }) => {
        run = headers.get('x-ms-workflow-run-id');
      },
    }),
  );
  return run;
}

/** The latest runs, the newest first. `status` is a word of `WorkflowRun.status`. */
export async function listRuns(
  azure: Azure,
  at: WorkflowAddress,
  { top, status }: { readonly top: number; readonly status?: string | undefined },
): Promise<WorkflowRun[]> {
  return attempt(azure, `reading the runs of the Logic App ${at.name}`, async () => {
    const found: WorkflowRun[] = [];
    const options = { top, ...(status === undefined ? {} : { filter: `status eq '${status}'` }) };
    for await (const run of itemsOf(logicClient(azure, at.subscription).workflowRuns.list(at.resourceGroup, at.name, options))) {
      found.push(toRun(run));
      if (found.length >= top) break;
    }
    return found;
  });
}

/** A run, or undefined where there is none of this id. */
export async function findRun(azure: Azure, at: WorkflowAddress, run: string): Promise<WorkflowRun | undefined> {
  return ifThere(
    attempt(azure, `reading the run ${run}`, async () =>
      toRun(await logicClient(azure, at.subscription).workflowRuns.get(at.resourceGroup, at.name, run)),
    ),
  );
}

/** The actions of a run that have begun, in the order in which they did. */
export async function listRunActions(azure: Azure, at: WorkflowAddress, run: string): Promise<RunAction[]> {
  return attempt(azure, `reading the actions of the run ${run}`, async () => {
    const found: RunAction[] = [];
    for await (const action of itemsOf(
      logicClient(azure, at.subscription).workflowRunActions.list(at.resourceGroup, at.name, run),
    ))
      found.push({
        name: action.name ?? '',
        status: action.status ?? '',
        causes: causesOf(action),
        // A link without contents is what a hidden side may have.
        showsInputs: isShown(action.inputsLink),
        showsOutputs: isShown(action.outputsLink),
        ...times(action),
      });
    return found.sort((a, b) => (a.startTime ?? '').localeCompare(b.startTime ?? ''));
  });
}

export async function cancelRun(azure: Azure, at: WorkflowAddress, run: string): Promise<void> {
  await attempt(azure, `cancelling the run ${run}`, () =>
    logicClient(azure, at.subscription).workflowRuns.cancel(at.resourceGroup, at.name, run),
  );
}

/** Starts a run again, with what its trigger was given then. */
export async function resubmitRun(azure: Azure, at: WorkflowAddress, { id, trigger }: WorkflowRun): Promise<string | undefined> {
  let run: string | undefined;
  await attempt(azure, `running ${id} again`, () =>
    // A run and the entry of its trigger's history have the same id.
    logicClient(azure, at.subscription).workflowTriggerHistories.resubmit(at.resourceGroup, at.name, trigger, id, {
      onResponse: ({ headers }) => {
        run = headers.get('x-ms-workflow-run-id');
      },
    }),
  );
  return run;
}

function toRun(run: SdkRun): WorkflowRun {
  return { id: run.name ?? '', status: run.status ?? '', trigger: run.trigger?.name ?? '', causes: causesOf(run), ...times(run) };
}

function isShown(link: { uri?: string } | undefined): boolean {
  return link?.uri !== undefined && link.uri !== '';
}

/** Some failures have a code alone. */
function causesOf({ code, error, status }: { code?: string; error?: unknown; status?: string }): ErrorCause[] {
  const causes = isObject(error) ? flatten(error) : [];
  if (causes.length > 0 || status === 'Succeeded') return causes;
  return code === undefined || code === 'NotSpecified' ? [] : [{ code, message: '' }];
}

function times({ startTime, endTime }: { startTime?: Date; endTime?: Date }) {
  return { ...(startTime ? { startTime: startTime.toISOString() } : {}), ...(endTime ? { endTime: endTime.toISOString() } : {}) };
}
