import type { Azure } from '../azure/azure.ts';
import { type DeploymentState, findDeployment } from '../azure/deployments.ts';
import { waitFor } from '../azure/wait.ts';
import { workflowId } from '../azure/workflows.ts';
import { whyItFailed } from './failure.ts';
import type { DeployTarget } from './targets/target-of.ts';

const ended = /^(Succeeded|Failed|Canceled)$/;

/** Milliseconds. Deployments of a Logic App take one or two minutes. */
const longest = 30 * 60_000;

/** Whether a deployment is under way. */
export function isUnderWay(deployment: DeploymentState | undefined): boolean {
  return deployment !== undefined && !ended.test(deployment.state);
}

/**
 * Follows the deployment of a target until it has ended well, and tells what has become of each resource. `isNew`: it was started a moment
 * ago. Throws a DeploymentFailed with the causes, and an AzureError where it takes too long.
 */
export async function follow(
  azure: Azure,
  target: DeployTarget,
  tell: (about: string, state: string) => void,
  { isNew = false }: { readonly isNew?: boolean } = {},
): Promise<DeploymentState> {
  const { deployment } = target;
  const state = await waitFor(
    azure,
    {
      waitingFor: `the deployment ${deployment.name}`,
      limit: longest,
      whenOver: 'It goes on in Azure. Run the same command again: it follows this deployment instead of starting another one.',
      pausesFirst: isNew,
    },
    async () => {
      const found = await findDeployment(azure, deployment);
      if (found) tell(`deployment ${deployment.name}`, found.state);
      return isUnderWay(found) ? undefined : found;
    },
  );
  forgetDeployed(azure, target);
  if (state.state !== 'Succeeded') throw await whyItFailed(azure, target, state.state, state.causes);
  // Everything in it has succeeded then: each is not asked about.
  for (const { what, name } of target.made) tell(`${what} ${name}`, state.state);
  return state;
}

/** What the deployment has made or changed is read again. */
function forgetDeployed({ memory }: Azure, target: DeployTarget) {
  memory?.forget(target.targetName === 'consumption' ? workflowId(target.workflow) : target.site.id);
  if (target.vault) memory?.forget(`${target.vault.id} roles`);
}
