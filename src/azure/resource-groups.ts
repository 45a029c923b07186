import { ResourceManagementClient } from '@azure/arm-resources';
import { attempt, ifThere } from './attempt.ts';
import type { Azure } from './azure.ts';
import { managementClient } from './management-client.ts';
import { recalled } from './memory.ts';

export interface ResourceGroup {
  readonly name: string;
  readonly location: string;
  /** `Succeeded`; `Deleting` while it goes away. */
  readonly state: string;
}

/** A resource group, or undefined where it is not there. */
export async function findResourceGroup(azure: Azure, subscription: string, name: string): Promise<ResourceGroup | undefined> {
  return recalled(azure, idOf(subscription, name), () =>
    ifThere(
      attempt(azure, `reading the resource group ${name}`, async () =>
        toGroup(await client(azure, subscription).resourceGroups.get(name)),
      ),
    ),
  );
}

/** Makes a resource group; a command that remembers makes it once. One that is there already stays as it is, but for its tags. */
export async function createResourceGroup(
  azure: Azure,
  subscription: string,
  { name, location }: { readonly name: string; readonly location: string },
): Promise<ResourceGroup> {
  return recalled(azure, `making ${idOf(subscription, name)} in ${location}`, async () => {
    const made = await attempt(azure, `making the resource group ${name}`, async () =>
      toGroup(await client(azure, subscription).resourceGroups.createOrUpdate(name, { location })),
    );
    azure.memory?.forget(idOf(subscription, name));
    return made;
  });
}

function idOf(subscription: string, name: string): string {
  return `/subscriptions/${subscription}/resourceGroups/${name}`;
}

function client(azure: Azure, subscription: string): ResourceManagementClient {
  return managementClient(azure, ResourceManagementClient, subscription);
}

function toGroup({
  name,
  location,
  properties,
}: {
  name?: string;
  location: string;
  properties?: { provisioningState?: string };
}): ResourceGroup {
  return { name: name ?? '', location, state: properties?.provisioningState ?? '' };
}
