import type { GenericResource } from '@azure/arm-resources';
import { isMarked, markTags } from '../cloud/marks.ts';
import { rights } from '../cloud/rights.ts';
import { attempt, ifThere } from './attempt.ts';
import type { Azure } from './azure.ts';
import { needing } from './needing.ts';
import { itemsOf } from './pages.ts';
import { deleteResource, resourceClient, withoutSlash } from './resources.ts';

/** The managed identity of a resource. */
export interface Identity {
  /** Absent where the resource has no system-assigned one, or is none itself. */
  readonly principalId?: string;
  readonly type: string;
  readonly userAssigned: readonly string[];
  /** Whether it is an identity that `createIdentity` made. */
  readonly isMadeHere: boolean;
}

/** The kinds of resource that read a vault, with the API version by which they are asked. */
const apiVersions: Readonly<Record<string, string>> = {
  'microsoft.logic/workflows': '2019-05-01',
  'microsoft.web/sites': '2023-12-01',
  'microsoft.managedidentity/userassignedidentities': '2023-01-31',
};

/** The identity of a workflow or site, or the identity that a resource is; undefined where there is no such resource. */
export async function findIdentity(azure: Azure, id: string): Promise<Identity | undefined> {
  return needing(rights.readResources, () =>
    ifThere(
      attempt(azure, `reading ${nameOf(id)}`, async () =>
        toIdentity(await resourceClient(azure, id).resources.getById(withoutSlash(id), apiVersion(id))),
      ),
    ),
  );
}

/** Switches the system-assigned identity of a site on, and leaves the others there. Gives its principal. */
export async function switchIdentityOn(azure: Azure, id: string, { userAssigned }: Identity): Promise<Identity> {
  const identity =
    userAssigned.length === 0
      ? { type: 'SystemAssigned' as const }
      : {
          type: 'SystemAssigned, UserAssigned' as const,
          userAssignedIdentities: Object.fromEntries(userAssigned.map((other) => [other, {}])),
        };
  return needing(rights.switchIdentity, () =>
    attempt(azure, `switching on the identity of ${nameOf(id)}`, async () =>
      toIdentity(
        await resourceClient(azure, id).resources.updateById(
          withoutSlash(id),
          apiVersion(id),
          { identity },
          { updateIntervalInMs: azure.pollDelay },
        ),
      ),
    ),
  );
}

/** Makes a user-assigned identity; one that is there stays as it is. */
export async function createIdentity(azure: Azure, id: string, location: string): Promise<Identity> {
  return needing(rights.makeIdentity, () =>
    attempt(azure, `making the managed identity ${nameOf(id)}`, async () =>
      toIdentity(
        await resourceClient(azure, id)
          .resources.createOrUpdateById(
            withoutSlash(id),
            apiVersion(id),
            { location, tags: markTags },
            { updateIntervalInMs: azure.pollDelay },
          )
          .pollUntilDone(azure.signal ? { abortSignal: azure.signal } : {}),
      ),
    ),
  );
}

/** Deletes a user-assigned identity, and its service principal with all its permissions; one that is not there is no error. */
export async function deleteIdentity(azure: Azure, id: string): Promise<void> {
  await needing(rights.makeIdentity, () => deleteResource(azure, id, apiVersion(id), `the managed identity ${nameOf(id)}`));
}

/** Resource ids of what has a user-assigned identity, in the subscription of that. */
export async function listHoldersOf(azure: Azure, id: string): Promise<string[]> {
  return needing(rights.readResources, () =>
    attempt(azure, `reading what has the managed identity ${nameOf(id)}`, async () => {
      const found: string[] = [];
      for await (const one of itemsOf(resourceClient(azure, id).resources.list())) {
        const { userAssigned } = toIdentity(one);
        if (one.id !== undefined && userAssigned.some((other) => other.toLowerCase() === id.toLowerCase())) found.push(one.id);
      }
      return found;
    }),
  );
}

function toIdentity({ identity, properties, tags }: GenericResource): Identity {
  const principalId = identity?.principalId ?? (properties as { principalId?: string } | undefined)?.principalId;
  return {
    ...(principalId === undefined ? {} : { principalId }),
    type: identity?.type ?? 'None',
    userAssigned: Object.keys(identity?.userAssignedIdentities ?? {}),
    isMadeHere: isMarked(tags),
  };
}

function apiVersion(id: string): string {
  const [, , , , , , namespace = '', type = ''] = id.toLowerCase().split('/');
  return apiVersions[`${namespace}/${type}`] ?? '2023-12-01';
}

function nameOf(id: string): string {
  return id.split('/').at(-1) ?? id;
}
