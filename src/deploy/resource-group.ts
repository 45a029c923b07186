import type { Azure } from '../azure/azure.ts';
import { findResourceGroup, type ResourceGroup } from '../azure/resource-groups.ts';
import { located, refuse } from './refuse.ts';
import type { DeployTarget } from './targets/target-of.ts';

/** The resource group of a target, or undefined where it is not there. An error about the subscription names its place in the spec. */
export async function groupOf(azure: Azure, target: DeployTarget): Promise<ResourceGroup | undefined> {
  const { subscription, resourceGroup } = target.place;
  return findResourceGroup(azure, subscription, resourceGroup).catch((error: unknown) => {
    throw located(target, error);
  });
}

/** Throws a RefusedError where the resource group is not there: then nothing can be said of what should be in it. */
export async function checkGroup(azure: Azure, target: DeployTarget): Promise<void> {
  if (await groupOf(azure, target)) return;
  const { subscription, resourceGroup } = target.place;
  throw refuse(
    target,
    ['target', 'resourceGroup'],
    `There is no resource group ${resourceGroup} in the subscription ${subscription}, and so nothing of ${target.spec.name}.`,
    'Check resourceGroup and subscription in the spec; where it is not deployed yet, "certflow deploy" makes the group.',
  );
}
