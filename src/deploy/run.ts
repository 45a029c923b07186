import type { ErrorCause } from '../azure/answer.ts';
import type { Azure } from '../azure/azure.ts';
import { AzureError, knownTrouble } from '../azure/azure-error.ts';
import {
  findRun,
  listRunActions,
  listRuns,
  listTriggers,
  type RunAction,
  type RunsAddress,
  readFailures,
  startTrigger,
  type WorkflowRun,
} from '../azure/runs.ts';
import { waitFor } from '../azure/wait.ts';
import { findWorkflow } from '../azure/workflows.ts';
import { isGetSecret } from '../definition/get-secret.ts';
import { type Side, sidesThatShow } from '../proofs/links/definition.ts';
import { longestReplication } from '../proofs/vault-access.ts';
import { aroundOf } from './operations/consumption-links.ts';
import type { ConsumptionTarget } from './targets/target.ts';

/** A run that has ended, or is being watched. */
export interface RunReport {
  readonly run: WorkflowRun;
  readonly actions: readonly RunAction[];
  /** What to do about the failure of the run, where that is known. */
  readonly cure?: string;
}

/** A run that was started to see whether everything works. */
export interface TrialRun extends RunReport {
  /** Sides of actions that run history shows though they carry a secret, as `outputs of Get_secret`. */
  readonly shown: readonly string[];
}

const ended = /^(Succeeded|Failed|Cancelled|TimedOut|Aborted|Skipped|Faulted|Ignored)$/;

/** Milliseconds. */
const longestRun = 15 * 60_000;

/**
 * Starts the workflow and follows the run, action by action. A vault that does not know the access yet, which was given a moment ago, is
 * asked again with new runs; one that refuses for another reason is not.
 */
export async function tryOut(
  azure: Azure,
  target: ConsumptionTarget,
  { tell, accessIsNew }: { readonly tell: (about: string, state: string) => void; readonly accessIsNew: boolean },
): Promise<TrialRun> {
  // What is deployed may show more than the spec would.
  const deployed = await findWorkflow(azure, target.workflow);
  const showing = sidesThatShow({ definition: deployed?.definition, around: aroundOf(deployed) });
  const attempt = async () => {
    const report = await runOnce(azure, target.workflow, tell);
    return { ...report, shown: shownSecrets(target, report.actions, showing) };
  };
  let last = await attempt();
  if (!accessIsNew || !isNotKnownYet(target, last)) return last;
  await waitFor(
    azure,
    { waitingFor: 'the role to reach the vault', limit: longestReplication, whenOver: '' },
    async (): Promise<true | undefined> => {
      tell('run', 'the vault does not know the role yet, which was given a moment ago: trying again, up to 10 minutes');
      last = await attempt();
      return isNotKnownYet(target, last) ? undefined : true;
    },
  ).catch((error: unknown) => {
    // The last run says why.
    if (!(error instanceof AzureError) || error.kind !== 'too-long') throw error;
  });
  return last;
}

/** Starts a run and follows it to its end. */
export async function runOnce(azure: Azure, at: RunsAddress, tell: (about: string, state: string) => void): Promise<RunReport> {
  const [trigger = ''] = await listTriggers(azure, at);
  const { run: started, before } = await startTrigger(azure, at, trigger);
  return waitFor(
    azure,
    {
      waitingFor: `the run of ${at.name}`,
      limit: longestRun,
      whenOver: 'It goes on in Azure: "certflow runs list" shows how it ends.',
    },
    async () => {
      // Where the trigger does not say which run it started, it is the one that was not there before.
      const run =
        started === undefined
          ? (await listRuns(azure, at, { top: 5 })).find(({ id }) => !before.has(id))
          : await findRun(azure, at, started);
      if (!run) return undefined;
      const report = await reportOf(azure, at, run);
      for (const { name, status } of report.actions) tell(`action ${name}`, status);
      return ended.test(run.status) ? report : undefined;
    },
  );
}

/** A run with its actions, and the cure of what failed first. */
export async function reportOf(azure: Azure, at: RunsAddress, run: WorkflowRun): Promise<RunReport> {
  const actions = await explained(azure, at, run, await listRunActions(azure, at, run.id));
  const failed = actions.find(({ status, causes }) => status === 'Failed' && causes.length > 0);
  const cure = cureOf(failed?.causes ?? (run.status === 'Failed' ? run.causes : []));
  return { run, actions, ...(cure === undefined ? {} : { cure }) };
}

/** The actions, those that failed with what the answer said, where history shows it. */
async function explained(
  azure: Azure,
  at: RunsAddress,
  run: WorkflowRun,
  actions: readonly RunAction[],
): Promise<readonly RunAction[]> {
  if (!actions.some(({ status, showsOutputs }) => status === 'Failed' && showsOutputs)) return actions;
  const failures = await readFailures(azure, at, run.id);
  return actions.map((action) => ({ ...action, causes: [...action.causes, ...(failures.get(action.name) ?? [])] }));
}

function cureOf([first, ...details]: readonly ErrorCause[]): string | undefined {
  return first && knownTrouble({ ...first, details })?.cure;
}

/**
 * Why a vault refuses an identity that it does not know yet: any other refusal, such as that of a firewall or of a disabled secret, no
 * waiting mends. Source: Microsoft's "Azure Key Vault REST API error codes".
 */
const untilReplicated = ['ForbiddenByRbac', 'ForbiddenByPolicy'];

function isNotKnownYet({ definition }: ConsumptionTarget, { actions }: RunReport): boolean {
  const refused = actions.find(({ name, status }) => status === 'Failed' && isGetSecret(definition.actions?.[name]));
  const [first, ...details] = refused?.causes ?? [];
  return first !== undefined && untilReplicated.includes(knownTrouble({ ...first, details })?.code ?? '');
}

/** What must be hidden: both sides of the secret, what goes into the requests that sign in with it, and wherever it came in what is deployed. */
function shownSecrets({ definition }: ConsumptionTarget, actions: readonly RunAction[], showing: readonly Side[]): string[] {
  const secret = (name: string) =>
    definition.actions?.[name]?.runtimeConfiguration as { secureData?: { properties?: string[] } } | undefined;
  return actions.flatMap(({ name, showsInputs, showsOutputs }) => {
    const reached = showing.filter(({ action }) => action === name).map(({ side }) => side);
    const hidden = [...reached, ...(secret(name)?.secureData?.properties ?? [])];
    return [
      ...(hidden.includes('inputs') && showsInputs ? [`inputs of ${name}`] : []),
      ...(hidden.includes('outputs') && showsOutputs ? [`outputs of ${name}`] : []),
    ];
  });
}
