import type { Azure } from '../azure/azure.ts';
import { listRuns } from '../azure/runs.ts';
import { operationsOf } from './operations/operations.ts';
import type { Proof } from './prove.ts';
import { checkGroup } from './resource-group.ts';
import { type RunReport, reportOf } from './run.ts';
import type { DeployTarget } from './targets/target-of.ts';

/** Whether a workflow can work, and how its last run went. */
export interface Status {
  readonly proofs: readonly Proof[];
  readonly lastRun?: RunReport;
}

/** Throws a RefusedError where the resource group is not there. */
export async function statusOf(azure: Azure, target: DeployTarget): Promise<Status> {
  await checkGroup(azure, target);
  const proofs = await operationsOf(azure, target).prove();
  if (target.targetName !== 'consumption') return { proofs };
  const isThere = proofs.some(({ what }) => what === 'secure settings');
  const [last] = isThere ? await listRuns(azure, target.workflow, { top: 1 }) : [];
  return { proofs, ...(last ? { lastRun: await reportOf(azure, target.workflow, last) } : {}) };
}
