import type { Azure } from '../azure/azure.ts';
import { AzureError } from '../azure/azure-error.ts';
import { isForbidden } from '../azure/needing.ts';
import { findResource } from '../azure/resources.ts';
import { listRoleAssignments } from '../azure/role-assignments.ts';
import { findVault, placeOfVault } from '../azure/vaults.ts';
import { secretReaders } from '../cloud/roles.ts';

/** Whether the identity of a workflow or an app may read the vault. */
export type VaultAccess =
  /** `since` where Azure says it, ISO 8601. */
  | { readonly state: 'held'; readonly by: string; readonly since?: string }
  /** Without a principal there is no identity yet. */
  | { readonly state: 'missing'; readonly principalId?: string }
  /** Whoever is signed in may not look. */
  | { readonly state: 'cannot tell'; readonly why: string };

/** A vault that is read. */
export interface ReadVault {
  /** Resource id. */
  readonly id: string;
  readonly name: string;
  readonly access: 'rbac' | 'policy';
}

/** What reads a vault, and which vault. */
export interface VaultReader {
  readonly vault: ReadVault;
  /** Resource id of the user-assigned identity that reads it; absent where what runs has its own. */
  readonly place: { readonly userAssignedIdentity?: string };
}

/** The identities of what runs in Azure. */
export interface Identities {
  /** Object id of its own one. */
  readonly principalId?: string;
  /** Resource ids of user-assigned ones, with their object ids. */
  readonly userAssigned: Readonly<Record<string, string>>;
}

/** Microsoft says that a role reaches every service within ten minutes. Milliseconds. */
export const longestReplication = 10 * 60_000;

const identityApiVersion = '2023-01-31';

/** Object id of the identity that a target has; undefined while it does not exist. */
export async function principalOf(
  azure: Azure,
  { place }: Pick<VaultReader, 'place'>,
  runner: Identities | undefined,
): Promise<string | undefined> {
  const identityId = place.userAssignedIdentity;
  if (identityId === undefined) return runner?.principalId;
  // What has it goes on to show it, and its roles stay, when it is deleted.
  const identity = await findResource(
    azure,
    identityId,
    identityApiVersion,
    `the managed identity ${identityId.slice(identityId.lastIndexOf('/') + 1)}`,
  ).catch((error: unknown) => {
    const known = Object.entries(runner?.userAssigned ?? {}).find(([id]) => id.toLowerCase() === identityId.toLowerCase());
    if (!isForbidden(error) || !known?.[1]) throw error;
    return { properties: { principalId: known[1] } };
  });
  return identity?.properties.principalId as string | undefined;
}

/** Whether a user-assigned identity was given to what runs. */
export function hasIdentity({ userAssigned }: Identities, id: string): boolean {
  return Object.keys(userAssigned).some((one) => one.toLowerCase() === id.toLowerCase());
}

/** Looks whether the identity of a target, which `runner` has, may read secrets of the vault, by a role at the vault or above, or by an access policy. */
export async function lookAtAccess(azure: Azure, target: VaultReader, runner: Identities | undefined): Promise<VaultAccess> {
  try {
    const principalId = await principalOf(azure, target, runner);
    if (principalId === undefined) return { state: 'missing' };
    return target.vault.access === 'policy'
      ? await byPolicy(azure, target, principalId)
      : await byRole(azure, target, principalId);
  } catch (error) {
    if (error instanceof AzureError && error.status === 403) return { state: 'cannot tell', why: error.message };
    throw error;
  }
}

async function byRole(azure: Azure, { vault }: VaultReader, principalId: string): Promise<VaultAccess> {
  for (const { roleId, createdOn } of await listRoleAssignments(azure, vault.id, principalId)) {
    const role = secretReaders.find(({ id }) => id === roleId.toLowerCase());
    if (role) return { state: 'held', by: role.name, ...(createdOn === undefined ? {} : { since: createdOn }) };
  }
  return { state: 'missing', principalId };
}

async function byPolicy(azure: Azure, { vault }: VaultReader, principalId: string): Promise<VaultAccess> {
  const { policies = [] } = (await findVault(azure, placeOfVault(vault.id))) ?? {};
  const isHeld = policies.some(
    ({ objectId, secrets }) => objectId === principalId && secrets.some((one) => one === 'get' || one === 'all'),
  );
  return isHeld ? { state: 'held', by: 'access policy with secrets: get' } : { state: 'missing', principalId };
}
