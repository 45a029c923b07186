import { isSound, type Proof } from '../proofs/proof.ts';
import type { Plan } from './plan.ts';
import type { RunReport, TrialRun } from './run.ts';

/** What has become of a target. */
export interface Deployment {
  /** `unchanged`: everything was as the spec says, and nothing was written. */
  readonly outcome: 'unchanged' | 'deployed';
  readonly plan: Plan;
  /** What was looked at afterwards. */
  readonly proofs: readonly Proof[];
  /** The run that was asked for. */
  readonly run?: TrialRun;
}

/** Whether all is well: nothing is wrong that can be told, and the run has succeeded with its secrets hidden. */
export function isWell({ proofs, run }: Pick<Deployment, 'proofs' | 'run'>): boolean {
  return isSound(proofs) && (run === undefined || (run.run.status === 'Succeeded' && run.shown.length === 0));
}

/** Whether a run ended without having done what it should. */
export function hasFailed(last: Pick<RunReport, 'run'> | undefined): boolean {
  return /^(Failed|TimedOut|Aborted|Faulted)$/.test(last?.run.status ?? '');
}
