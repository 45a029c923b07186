import { loadAzure } from '../azure/load.ts';
import type { SignIn } from '../azure/sign-in.ts';
import { type CloudProfile, cloudProfile } from '../cloud/profile.ts';
import type { Deployment } from '../deploy/outcome.ts';
import type { Plan } from '../deploy/plan.ts';
import type { Progress } from '../deploy/progress.ts';
import type { TargetName } from '../deploy/targets/target-name.ts';
import { targetOf } from '../deploy/targets/target-of.ts';
import { UsageError } from '../diagnostics/errors.ts';
import { version } from '../generated/version.ts';
import type { Spec } from '../spec/spec.ts';

export interface DeployOptions {
  /** Name of the environment. Needed where the spec has more than one. */
  readonly environment?: string;
  /** Where to: `consumption`, `standard` or `app-service`. Needed where the spec names several and none is consumption. */
  readonly target?: TargetName;
  /** Where Azure is; by default the cloud that the spec names. */
  readonly cloud?: CloudProfile;
  /** Who signs in; by default whoever is signed in to this machine. */
  readonly signIn?: SignIn;
  /** Whether to do what the plan says. Without it everything is only planned. */
  readonly confirm?: (plan: Plan) => boolean | Promise<boolean>;
  /** Start the workflow afterwards, and follow the run; for Logic Apps (Consumption). */
  readonly run?: boolean;
  /** Told of what comes about. */
  readonly progress?: Progress;
  /** Ends requests and waits. What has begun in Azure goes on there. */
  readonly signal?: AbortSignal;
}

export type DeployResult = Deployment | { readonly outcome: 'planned'; readonly plan: Plan };

/**
 * Deploys a spec to one environment: plans, asks `confirm`, applies, and looks whether everything works. What it needs is loaded at
 * the first call. Throws a SpecError for what the spec lacks, a UsageError for an unknown environment or target, an error named AzureError
 * where Azure refuses or cannot be reached, a RefusedError where Microsoft's packages are not installed, and one named DeploymentFailed with the causes where a deployment ends badly.
 */
export async function deploy(spec: Spec, options: DeployOptions = {}): Promise<DeployResult> {
  const target = targetOf(spec, options.environment, options.target);
  if (options.run && target.targetName !== 'consumption')
    throw new UsageError(`only Logic Apps (Consumption) are run after they are deployed, not ${target.targetName}`);
  const { cloud = cloudProfile(target.environment.cloud), signIn, signal, progress = () => {}, confirm, run = false } = options;
  const { connect } = await loadAzure();
  const [{ remembering }, { plan, carryOut }] = await Promise.all([import('../azure/memory.ts'), import('../deploy/deploy.ts')]);
  const azure = remembering(
    connect(cloud, {
      application: `certflow/${version}`,
      notice: (state) => progress({ spec: spec.name, environment: target.environment.name, about: 'Azure', state }),
      ...(signIn ? { signIn } : {}),
      ...(signal ? { signal } : {}),
    }),
  );
  const planned = await plan(azure, target, progress, { followRunning: confirm !== undefined });
  if (!confirm || !(await confirm(planned))) return { outcome: 'planned', plan: planned };
  return carryOut(azure, planned, { progress, run });
}
