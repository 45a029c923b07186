import type { Azure } from '../azure/azure.ts';
import { isForbidden } from '../azure/needing.ts';
import { listRuns, type WorkflowRun } from '../azure/runs.ts';
import type { Proof } from '../proofs/proof.ts';
import type { Sight } from '../proofs/sight.ts';
import { type ProofOptions, proofsOf } from './proofs.ts';
import { checkGroup } from './resource-group.ts';
import { type RunReport, reportOf } from './run.ts';
import type { RunningTarget } from './targets/target.ts';
import type { DeployTarget } from './targets/target-of.ts';

/** Whether a workflow can work, and how its last run went. */
export interface Status {
  readonly proofs: readonly Proof[];
  readonly lastRun?: RunReport;
}

/** Throws an AzureError where nobody is signed in, and a RefusedError where the resource group is not there. */
export async function statusOf(sight: Sight, target: DeployTarget, options: ProofOptions): Promise<Status> {
  const { azure } = sight;
  await checkGroup(azure, target);
  const proofs = await proofsOf(sight, target, options);
  if (target.targetName === 'app-service') return { proofs };
  const isThere = proofs.some(({ link, result }) => link === 'values' && result !== 'not looked at');
  const [last] = isThere ? await latestRun(azure, target) : [];
  return { proofs, ...(last ? { lastRun: await reportOf(azure, target.runs, last) } : {}) };
}

/** Who may look at the workflow may still not look at its runs. */
async function latestRun(azure: Azure, { runs }: RunningTarget): Promise<WorkflowRun[]> {
  try {
    return await listRuns(azure, runs, { top: 1 });
  } catch (error) {
    if (isForbidden(error)) return [];
    throw error;
  }
}
