import type { Plan } from './plan.ts';
import type { Proof } from './prove.ts';
import type { TrialRun } from './run.ts';

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

/** Whether all is well: every proof holds (or cannot be told), and the run has succeeded with its secrets hidden. */
export function isWell({ proofs, run }: Pick<Deployment, 'proofs' | 'run'>): boolean {
  return (
    proofs.every(({ result }) => result !== 'does not hold') &&
    (run === undefined || (run.run.status === 'Succeeded' && run.shown.length === 0))
  );
}
