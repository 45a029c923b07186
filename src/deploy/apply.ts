import type { Azure } from '../azure/azure.ts';
import { AzureError } from '../azure/azure-error.ts';
import { startDeployment, type Template } from '../azure/deployments.ts';
import { createResourceGroup } from '../azure/resource-groups.ts';
import { awaitAccess } from './await-access.ts';
import { follow } from './follow.ts';
import { validate } from './make-plan.ts';
import { operationsOf, type Tell } from './operations/operations.ts';
import { givesAccess, hasChanges, type Plan } from './plan.ts';
import type { DeployTarget } from './targets/target-of.ts';

/** How far it has come, in the words for whoever is interrupted there. */
const stages = {
  nothing: 'Nothing has been changed yet.',
  group: 'The resource group is there; nothing else has been changed yet.',
  starting: 'It is not known whether Azure has begun the deployment.',
  running: 'The deployment has begun, and goes on in Azure by itself.',
} as const;

/**
 * Does what a plan says. A workflow that starts by itself is deployed disabled, and enabled once its identity may read the vault. May
 * be interrupted anywhere: the error says what is there, and the next call goes on from it.
 */
export async function apply(azure: Azure, plan: Plan, tell: Tell): Promise<void> {
  if (!hasChanges(plan)) return;
  let stage: string = stages.nothing;
  const { target } = plan;
  const operations = operationsOf(azure, target);
  try {
    if (!plan.groupExists) {
      tell(`resource group ${target.place.resourceGroup}`, 'is being made');
      await createResourceGroup(azure, target.place.subscription, {
        name: target.place.resourceGroup,
        location: target.place.location ?? '',
      });
      tell(`resource group ${target.place.resourceGroup}`, 'is there');
      stage = stages.group;
      await validate(azure, plan);
    }
    await operations.prepare(plan, tell);
    stage = stages.starting;
    await startOnce(azure, target, target.template({ state: operations.state(plan), givesAccess: givesAccess(plan) }), tell);
    stage = stages.running;
    await follow(azure, target, tell, { isNew: true });
    stage = operations.unfinished(plan);
    await operations.finish(plan, tell, await awaitAccess(azure, target, tell));
  } catch (error) {
    throw interrupted(error, stage);
  }
}

/** Starts a deployment. Where one of the same name is under way, that one is followed to its end first. */
async function startOnce(azure: Azure, target: DeployTarget, template: Template, tell: Tell) {
  for (let tries = 0; ; tries++) {
    try {
      await startDeployment(azure, target.deployment, template);
      return;
    } catch (error) {
      const isTaken = error instanceof AzureError && error.status === 409;
      if (!isTaken || tries >= 2) throw error;
      tell(target.deployment.name, 'another deployment of this name is under way, and is followed to its end');
      await follow(azure, target, tell).catch((failed: unknown) => {
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
