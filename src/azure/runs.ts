import type { WorkflowRun as SdkRun } from '@azure/arm-logic';
import { isObject, textOf } from '../json/json.ts';
import { member } from '../json/member.ts';
import { type ErrorCause, flatten, readFailedAnswer } from './answer.ts';
import { attempt, ifThere } from './attempt.ts';
import type { Azure } from './azure.ts';
import { AzureError } from './azure-error.ts';
import { makeOnce } from './make-once.ts';
import { itemsOf } from './pages.ts';
import { readSigned } from './rest.ts';
import { hostOfRuns } from './standard-runs.ts';
import { logicClient, type WorkflowAddress } from './workflows.ts';

/** Where the runs of a workflow are: those of Logic Apps (Standard) at their app. */
export interface RunsAddress extends WorkflowAddress {
  /** Name of the app; absent for Logic Apps (Consumption). */
  readonly site?: string;
}

/** The same client for both: an app answers as Microsoft.Logic does, below an address of its own. */
function runsClient(azure: Azure, { subscription, site }: RunsAddress) {
  return logicClient(site === undefined ? azure : hostOfRuns(azure, site), subscription);
}

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
export async function listTriggers(azure: Azure, at: RunsAddress): Promise<string[]> {
  return attempt(azure, `reading the triggers of the Logic App ${at.name}`, async () => {
    const found: string[] = [];
    for await (const { name } of itemsOf(runsClient(azure, at).workflowTriggers.list(at.resourceGroup, at.name)))
      if (name !== undefined) found.push(name);
    return found;
  });
}

/** What was started: the id of the run where Azure says it, and which runs were there before. */
export interface Started {
  readonly run?: string;
  readonly before: ReadonlySet<string>;
}

/** Fires a trigger, once. */
export async function startTrigger(azure: Azure, at: RunsAddress, trigger: string): Promise<Started> {
  return startOnce(azure, at, `starting the Logic App ${at.name}`, (onResponse) =>
    runsClient(azure, at).workflowTriggers.run(at.resourceGroup, at.name, trigger, { onResponse }),
  );
}

type OnResponse = (response: { readonly headers: { get(name: string): string | undefined } }) => void;

/** Starts a run. Where the answer leaves open whether one began, a run that was not there before is taken for it. */
async function startOnce(
  azure: Azure,
  at: RunsAddress,
  tried: string,
  start: (onResponse: OnResponse) => Promise<unknown>,
): Promise<Started> {
  const list = () => listRuns(azure, at, { top: 5 });
  const before = new Set((await list()).map(({ id }) => id));
  const run = await makeOnce<string | null>(azure, {
    make: async () => {
      let id: string | undefined;
      await attempt(azure, tried, () =>
        start(({ headers }) => {
          id = headers.get('x-ms-workflow-run-id');
        }),
      );
      return id ?? null;
    },
    find: async () => (await list()).find(({ id }) => !before.has(id))?.id,
  });
  return { before, ...(run === null ? {} : { run }) };
}

/** The latest runs, the newest first. `status` is a word of `WorkflowRun.status`. */
export async function listRuns(
  azure: Azure,
  at: RunsAddress,
  { top, status }: { readonly top: number; readonly status?: string | undefined },
): Promise<WorkflowRun[]> {
  return attempt(azure, `reading the runs of the Logic App ${at.name}`, async () => {
    const found: WorkflowRun[] = [];
    const options = { top, ...(status === undefined ? {} : { filter: `status eq '${status}'` }) };
    for await (const run of itemsOf(runsClient(azure, at).workflowRuns.list(at.resourceGroup, at.name, options))) {
      found.push(toRun(run));
      if (found.length >= top) break;
    }
    return found;
  });
}

/** A run, or undefined where there is none of this id. */
export async function findRun(azure: Azure, at: RunsAddress, run: string): Promise<WorkflowRun | undefined> {
  return ifThere(
    attempt(azure, `reading the run ${run}`, async () =>
      toRun(await runsClient(azure, at).workflowRuns.get(at.resourceGroup, at.name, run)),
    ),
  );
}

/** The actions of a run that have begun, in the order in which they did. */
export async function listRunActions(azure: Azure, at: RunsAddress, run: string): Promise<RunAction[]> {
  return attempt(azure, `reading the actions of the run ${run}`, async () => {
    const found: RunAction[] = [];
    for await (const action of itemsOf(runsClient(azure, at).workflowRunActions.list(at.resourceGroup, at.name, run)))
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

/** What is read of an answer at most; an error is a few lines. Bytes. */
const largestFailure = 262_144;

/**
 * What the answers say that made actions of a run fail, such as that of an API which the HTTP action called: causes by the name of the
 * action, for those whose outputs run history shows. What cannot be read is left out.
 */
export async function readFailures(azure: Azure, at: RunsAddress, run: string): Promise<ReadonlyMap<string, ErrorCause[]>> {
  const found = new Map<string, ErrorCause[]>();
  await attempt(azure, `reading why actions of the run ${run} failed`, async () => {
    const actions = runsClient(azure, at).workflowRunActions.list(at.resourceGroup, at.name, run);
    for await (const { name = '', status, outputsLink } of itemsOf(actions)) {
      const { uri = '', contentSize = 0 } = outputsLink ?? {};
      if (status !== 'Failed' || uri === '' || contentSize > largestFailure) continue;
      const causes = causesIn(
        await attempt(azure, `reading the outputs of ${name}`, () => readSigned(azure, uri)).catch(unlessStopped),
      );
      if (causes.length > 0) found.set(name, causes);
    }
  });
  return found;
}

function unlessStopped(error: unknown): undefined {
  if (!(error instanceof AzureError) || error.kind === 'stopped') throw error;
}

/** Of the outputs of an action: `statusCode`, `headers` and `body`. SharePoint says in a header why it takes no token. */
function causesIn(outputs: unknown): ErrorCause[] {
  const status = Number(member(outputs, 'statusCode'));
  if (!(status >= 400)) return [];
  const { code, message, details } = readFailedAnswer(status, contentOf(member(outputs, 'body')));
  const headers = member(outputs, 'headers');
  const diagnostics = Object.entries(isObject(headers) ? headers : {}).find(
    ([name]) => name.toLowerCase() === 'x-ms-diagnostics',
  );
  const reason = /reason="([^"]*)"/.exec(textOf(diagnostics?.[1]))?.[1] ?? '';
  const causes = [{ code, message }, ...details, { code: '', message: message.includes(reason) ? '' : reason }];
  return causes.filter((cause) => cause.code !== '' || cause.message !== '');
}

/** What is no JSON stands as text, or as `$content` in base64. */
function contentOf(body: unknown): string {
  const content = member(body, '$content');
  if (typeof content === 'string') return Buffer.from(content, 'base64').toString('utf8');
  return typeof body === 'string' ? body : (JSON.stringify(body) ?? '');
}

export async function cancelRun(azure: Azure, at: RunsAddress, run: string): Promise<void> {
  await attempt(azure, `cancelling the run ${run}`, () =>
    runsClient(azure, at).workflowRuns.cancel(at.resourceGroup, at.name, run),
  );
}

/** Starts a run again, once, with what its trigger was given then. Gives the id of the new one where Azure says it. */
export async function resubmitRun(azure: Azure, at: RunsAddress, { id, trigger }: WorkflowRun): Promise<string | undefined> {
  const { run } = await startOnce(azure, at, `running ${id} again`, (onResponse) =>
    // A run and the entry of its trigger's history have the same id.
    runsClient(azure, at).workflowTriggerHistories.resubmit(at.resourceGroup, at.name, trigger, id, { onResponse }),
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
