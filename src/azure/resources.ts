import { ResourceManagementClient } from '@azure/arm-resources';
import { attempt, ifThere } from './attempt.ts';
import type { Azure } from './azure.ts';
import { managementClient, subscriptionOf } from './management-client.ts';
import { recalled } from './memory.ts';

/** A resource of any kind. */
export interface Resource {
  readonly id: string;
  readonly location: string;
  readonly kind?: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** A resource by its id, or undefined where it is not there. `what` names it in errors: `the key vault kv-contoso`. */
export async function findResource(azure: Azure, id: string, apiVersion: string, what: string): Promise<Resource | undefined> {
  return recalled(azure, id, () =>
    ifThere(
      attempt(azure, `reading ${what}`, async () => {
        const found = await resourceClient(azure, id).resources.getById(withoutSlash(id), apiVersion);
        const { kind, location = '', properties = {} } = found;
        return { id: found.id ?? id, location, ...(kind === undefined ? {} : { kind }), properties };
      }),
    ),
  );
}

/** Deletes a resource; one that is not there is no error. */
export async function deleteResource(azure: Azure, id: string, apiVersion: string, what: string): Promise<void> {
  azure.memory?.forget(id);
  await ifThere(
    attempt(azure, `deleting ${what}`, () =>
      resourceClient(azure, id)
        .resources.deleteById(withoutSlash(id), apiVersion, { updateIntervalInMs: azure.pollDelay })
        .pollUntilDone(azure.signal ? { abortSignal: azure.signal } : {}),
    ),
  );
}

/** The SDK's client for the subscription of a resource. */
export function resourceClient(azure: Azure, id: string): ResourceManagementClient {
  return managementClient(azure, ResourceManagementClient, subscriptionOf(id));
}

/** The client puts a slash before it. */
export function withoutSlash(id: string): string {
  return id.replace(/^\//, '');
}
