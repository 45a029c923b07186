import type { Azure } from '../azure/azure.ts';
import { AzureError } from '../azure/azure-error.ts';
import { startDeployment, type Template } from '../azure/deployments.ts';
import { createResourceGroup } from '../azure/resource-groups.ts';
import { enableWorkflow } from '../azure/workflows.ts';
import { awaitAccess } from './await-access.ts';
import { follow } from './follow.ts';
import type { Job } from './job.ts';
import { validate } from './make-plan.ts';
import { givesAccess, hasChanges, type Plan } from './plan.ts';

type Tell = (about: string, state: string) => void;

/** How far it has come, in the words for whoever is interrupted there. */
const stages = {
  nothing: 'Nothing has been changed yet.',
  group: 'The resource group is there; nothing else has been changed yet.',
  starting: 'It is not known whether Azure has begun the deployment.',
  running: 'The deployment has begun, and goes on in Azure by itself.',
  access: 'Everything is deployed; whether the identity may read the vault has not been seen yet.',
  disabled: 'Everything is deployed; the Logic App stays disabled until its identity is seen to have access to the vault.',
} as const;

/**
 * Does what a plan says. A workflow that starts by itself is deployed disabled, and enabled once its identity may read the vault. May
 * be interrupted anywhere: the error says what is there, and the next call goes on from it.
 */
export async function apply(azure: Azure, plan: Plan, tell: Tell): Promise<void> {
  if (!hasChanges(plan)) return;
  let stage: keyof typeof stages = 'nothing';
  const { job } = plan;
  const waits = job.startsByItself && plan.access.state !== 'held';
  try {
    if (!plan.groupExists) {
      tell(`resource group ${job.target.resourceGroup}`, 'is being made');
      await createResourceGroup(azure, job.target.subscription, {
        name: job.target.resourceGroup,
        location: job.target.location,
      });
      tell(`resource group ${job.target.resourceGroup}`, 'is there');
      stage = 'group';
      await validate(azure, plan);
    }
    stage = 'starting';
    await startOnce(azure, job, job.template({ state: waits ? 'Disabled' : 'Enabled', givesAccess: givesAccess(plan) }), tell);
    stage = 'running';
    await follow(azure, job, tell);
    stage = waits ? 'disabled' : 'access';
    const mayRead = await awaitAccess(azure, job, tell);
    if (waits && mayRead) {
      await enableWorkflow(azure, job.workflow);
      tell(`Microsoft.Logic/workflows ${job.workflow.name}`, 'Enabled');
    }
  } catch (error) {
    throw interrupted(error, stages[stage]);
  }
}

/** Starts a deployment. Where one of the same name is under way, that one is followed to its end first. */
async function startOnce(azure: Azure, job: Job, template: Template, tell: Tell) {
  for (let tries = 0; ; tries++) {
    try {
      await startDeployment(azure, job.deployment, template);
      return;
    } catch (error) {
      const isTaken = error instanceof AzureError && error.status === 409;
      if (!isTaken || tries >= 2) throw error;
      tell(job.deployment.name, 'another deployment of this name is under way, and is followed to its end');
      await follow(azure, job, tell).catch((failed: unknown) => {
        // How the other one ended is no obstacle to this one.
        if (failed instanceof AzureError) throw failed;
      });
    }
  }
}

/** An error that says what is in Azure now, where it is not Azure's answer that ended it. */
function interrupted(error: unknown, whatIsThere: string): unknown {
  if (!(error instanceof AzureError) || error.kind === 'refused') return error;
  const cure = error.kind === 'sign-in' ? `${error.cure ?? ''}\n` : '';
  const what = error.message.slice(error.tried.length + 1).split('\n')[0] ?? '';
  return new AzureError(error.kind, error.tried, what, {
    answer: error.answer,
    cure: `${cure}${whatIsThere} Run the same command again: it goes on from there.`,
    cause: error,
  });
}
