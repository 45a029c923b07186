import { ResourceManagementClient } from '@azure/arm-resources';
import { attempt, attemptToFind } from './attempt.ts';
import { type Azure, clientOptionsFor } from './azure.ts';

/** A resource of any kind. */
export interface Resource {
  readonly id: string;
  readonly location: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** A resource by its id, or undefined where it is not there. `what` names it in errors: `the key vault kv-contoso`. */
export async function findResource(azure: Azure, id: string, apiVersion: string, what: string): Promise<Resource | undefined> {
  return attemptToFind(azure, `reading ${what}`, async () => {
    const found = await resourceClient(azure, id).resources.getById(withoutSlash(id), apiVersion);
    return { id: found.id ?? id, location: found.location ?? '', properties: found.properties ?? {} };
  });
}

/** Writes a resource, or what Azure treats as one: entries of a vault's access policies. */
export async function writeResource(
  azure: Azure,
  id: string,
  apiVersion: string,
  properties: Record<string, unknown>,
  what: string,
): Promise<void> {
  await attempt(azure, what, () =>
    resourceClient(azure, id)
      .resources.createOrUpdateById(withoutSlash(id), apiVersion, { properties }, { updateIntervalInMs: azure.pollDelay })
      .pollUntilDone(azure.signal ? { abortSignal: azure.signal } : {}),
  );
}

/** Deletes a resource; one that is not there is no error. */
export async function deleteResource(azure: Azure, id: string, apiVersion: string, what: string): Promise<void> {
  await attemptToFind(azure, `deleting ${what}`, () =>
    resourceClient(azure, id)
      .resources.deleteById(withoutSlash(id), apiVersion, { updateIntervalInMs: azure.pollDelay })
      .pollUntilDone(azure.signal ? { abortSignal: azure.signal } : {}),
  );
}

/** The SDK's client for the subscription of a resource. */
export function resourceClient(azure: Azure, id: string): ResourceManagementClient {
  const subscription = /\/subscriptions\/([^/]+)/i.exec(id)?.[1] ?? '';
  return new ResourceManagementClient(azure.credential, subscription, clientOptionsFor(azure, azure.profile.resourceManager));
}

/** The client puts a slash before it. */
export function withoutSlash(id: string): string {
  return id.replace(/^\//, '');
}
