import { type Azure, unstoppable } from '../azure/azure.ts';
import { AzureError } from '../azure/azure-error.ts';
import { isForbidden, needing } from '../azure/needing.ts';
import {
  assignmentId,
  assignRole,
  deleteRoleAssignment,
  listRoleAssignments,
  type RoleAssignment,
  roleDefinitionId,
} from '../azure/role-assignments.ts';
import type { SignedIn } from '../azure/signed-in.ts';
import { changePolicy, findVault, type Vault } from '../azure/vaults.ts';
import { rights } from '../cloud/rights.ts';
import { certificatesOfficer, keyVaultReader, vaultRoles } from '../cloud/roles.ts';
import { guid } from '../template-language/guid.ts';
import type { WantedVault } from './wanted.ts';

/** What whoever runs certflow does in a vault: writes certificates, deletes one, reads one with its key, or sees what is there without keys. */
export type VaultUse = 'write' | 'delete' | 'read' | 'see';

const uses = ['write', 'delete', 'read', 'see'] as const satisfies readonly VaultUse[];
const roles = {
  write: certificatesOfficer,
  delete: certificatesOfficer,
  read: vaultRoles.certificateUser,
  see: keyVaultReader,
} as const;
const permissions = {
  write: { secrets: [], certificates: ['get', 'list', 'create', 'import', 'update'] },
  delete: { secrets: [], certificates: ['get', 'list', 'delete'] },
  read: { secrets: ['get'], certificates: ['get', 'list'] },
  see: { secrets: [], certificates: ['get', 'list'] },
} as const;

export interface VaultRight {
  readonly azure: Azure;
  readonly vault: Vault;
  readonly place: WantedVault;
  readonly me: SignedIn;
  readonly tell: (about: string, state: string) => void;
}

/** What would be given, for people: `Key Vault Reader on the vault kv-contoso-dev`. */
export function rightName({ name, access }: Pick<WantedVault, 'name' | 'access'>, use: VaultUse): string {
  return `${access === 'rbac' ? roles[use].name : 'an access policy'} on the vault ${name}`;
}

/** What runs that were killed have left behind: role assignments of the names that certflow gives them. */
export async function leftBehind({ azure, vault, place, me }: Omit<VaultRight, 'tell'>): Promise<RoleAssignment[]> {
  if (vault.access !== 'rbac') return [];
  const ours = new Set(uses.map((use) => ownAssignmentId(place.id, me, use).toLowerCase()));
  try {
    const all = await listRoleAssignments(azure, place.id, me.objectId);
    return all.filter(({ id }) => ours.has(id.toLowerCase()));
  } catch (error) {
    // Whoever may not see assignments could not make one either.
    if (isForbidden(error)) return [];
    throw error;
  }
}

/** Takes back what was left behind. */
export async function takeBack(azure: Azure, left: readonly Pick<RoleAssignment, 'id'>[]): Promise<void> {
  for (const assignment of left) await needing(rights.assignRoles, () => deleteRoleAssignment(azure, assignment));
}

/** Its name is told by who and what for, so that the next run knows it. */
function ownAssignmentId(vaultId: string, me: SignedIn, use: VaultUse): string {
  return assignmentId(vaultId, ownAssignmentName(vaultId, me, use));
}

function ownAssignmentName(vaultId: string, { objectId }: SignedIn, use: VaultUse): string {
  return guid([vaultId, objectId, roleDefinitionId(vaultId, roles[use].id), 'certflow']);
}

export function aboutRight({ place }: Pick<VaultRight, 'place'>): string {
  return `your right on the vault ${place.name}`;
}

/** Gives the right, and gives what takes exactly that back. */
export async function give(right: VaultRight, use: VaultUse): Promise<() => Promise<void>> {
  const { azure, vault, place, me, tell } = right;
  if (vault.access === 'policy') return givePolicy(right, use);
  const role = roles[use];
  const name = ownAssignmentName(place.id, me, use);
  tell(aboutRight(right), `given for as long as this takes: ${role.name}`);
  const giveBack = () => takeBack(unstoppable(azure), [{ id: ownAssignmentId(place.id, me, use) }]);
  try {
    await needing(rights.assignRoles, () =>
      assignRole(azure, { name, scope: place.id, principalId: me.objectId, principalType: me.principalType, role }),
    );
  } catch (error) {
    // It is there by another name, and only young: it is not ours to take.
    if (error instanceof AzureError && error.code === 'RoleAssignmentExists') return async () => {};
    // Whether the request arrived is not known.
    if (error instanceof AzureError && error.kind !== 'refused') await giveBack().catch(() => {});
    throw error;
  }
  return giveBack;
}

async function givePolicy(right: VaultRight, use: VaultUse): Promise<() => Promise<void>> {
  const { azure, place, me, tell } = right;
  // As it is now: another run of the same person may have taken back what it had when this one began.
  azure.memory?.forget(place.id);
  const vault = (await findVault(azure, place)) ?? right.vault;
  const has = vault.policies.find(({ objectId }) => objectId === me.objectId) ?? { secrets: [], certificates: [] };
  const lacks = (wanted: readonly string[], there: readonly string[]) => wanted.filter((one) => !there.includes(one));
  const change = {
    objectId: me.objectId,
    tenantId: vault.tenantId,
    secrets: lacks(permissions[use].secrets, has.secrets),
    certificates: lacks(permissions[use].certificates, has.certificates),
  };
  tell(aboutRight(right), 'given for as long as this takes, by an access policy');
  const giveBack = () => changePolicy(unstoppable(azure), place, 'remove', change);
  try {
    await changePolicy(azure, place, 'add', change);
  } catch (error) {
    if (error instanceof AzureError && error.kind !== 'refused') await giveBack().catch(() => {});
    throw error;
  }
  return giveBack;
}
