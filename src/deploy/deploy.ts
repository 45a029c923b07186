import type { Azure } from '../azure/azure.ts';
import { Sight } from '../proofs/sight.ts';
import { longestReplication } from '../proofs/vault-access.ts';
import { apply } from './apply.ts';
import { planOf } from './make-plan.ts';
import type { Deployment } from './outcome.ts';
import { givesAccess, hasChanges, type Plan } from './plan.ts';
import { type Progress, progressOf } from './progress.ts';
import { type ProofOptions, proofsOf } from './proofs.ts';
import { tryOut } from './run.ts';
import type { DeployTarget } from './targets/target-of.ts';

/** Makes the plan of a target; see `planOf`. */
export function plan(
  azure: Azure,
  target: DeployTarget,
  progress: Progress,
  { followRunning }: { readonly followRunning: boolean },
): Promise<Plan> {
  const tell = progressOf(target, progress);
  tell('plan', 'looking what is there');
  return planOf(azure, target, { tell, followRunning });
}

interface CarryOutOptions extends ProofOptions {
  readonly progress: Progress;
  readonly run: boolean;
  /** What several targets share. */
  readonly sight?: Sight;
}

/** Does what a plan says, looks whether it works, and starts a run where that is asked for. */
export async function carryOut(azure: Azure, plan: Plan, { progress, run, ...options }: CarryOutOptions): Promise<Deployment> {
  const { target } = plan;
  const tell = progressOf(target, progress);
  const outcome = hasChanges(plan) ? 'deployed' : 'unchanged';
  await apply(azure, plan, tell);
  const { sight = new Sight(azure) } = options;
  const proofs = await proofsOf(sight, target, options);
  const trial =
    run && target.targetName === 'consumption' ? await tryOut(azure, target, { tell, accessIsNew: isNew(plan) }) : undefined;
  return { outcome, plan, proofs, ...(trial ? { run: trial } : {}) };
}

/** Whether the vault may not know the access yet: it was given here, or by an earlier command some minutes ago. */
function isNew(plan: Plan): boolean {
  const { access } = plan;
  if (!access) return false;
  if (access.state !== 'held') return givesAccess(plan);
  return access.since !== undefined && Date.now() - Date.parse(access.since) < longestReplication;
}
