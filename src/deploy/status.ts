import type { Azure } from '../azure/azure.ts';
import { listRuns } from '../azure/runs.ts';
import type { Job } from './job.ts';
import { type Proof, prove } from './prove.ts';
import { type RunReport, reportOf } from './run.ts';

/** Whether a workflow can work, and how its last run went. */
export interface Status {
  readonly proofs: readonly Proof[];
  readonly lastRun?: RunReport;
}

export async function statusOf(azure: Azure, job: Job): Promise<Status> {
  const proofs = await prove(azure, job);
  const isThere = proofs.some(({ what }) => what === 'secure settings');
  const [last] = isThere ? await listRuns(azure, job.workflow, { top: 1 }) : [];
  return { proofs, ...(last ? { lastRun: await reportOf(azure, job.workflow, last) } : {}) };
}
