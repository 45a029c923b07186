import type { Azure } from '../../azure/azure.ts';
import { deleteRoleAssignment, listRoleAssignments, type RoleAssignment } from '../../azure/role-assignments.ts';
import { changePolicy, findVault, placeOfVault } from '../../azure/vaults.ts';
import type { ReadVault } from '../../proofs/vault-access.ts';
import type { DeployTarget } from '../targets/target-of.ts';
import type { Removal } from './removal.ts';

/**
 * The access to the vault that a deployment has given to an identity of its own. It goes first: the identity goes with what has it, and
 * would leave its role behind as that of an unknown. A user-assigned identity keeps its access, as it may read the vault for others.
 */
export async function accessRemovals(azure: Azure, target: DeployTarget, principalId: string | undefined): Promise<Removal[]> {
  const { vaultAccess, vault, place } = target;
  if (!vault || principalId === undefined || vaultAccess === undefined || place.userAssignedIdentity !== undefined) return [];
  const removal = { what: 'access to the vault', name: vault.name };
  if (vaultAccess.kind === 'policy') return [{ ...removal, remove: (azure) => removePolicy(azure, vault, principalId) }];
  const isGiven = ({ scope, roleId }: RoleAssignment) =>
    scope.toLowerCase() === vault.id.toLowerCase() && roleId.toLowerCase() === vaultAccess.roleId;
  const given = (await listRoleAssignments(azure, vault.id, principalId)).filter(isGiven);
  return given.map((role) => ({ ...removal, remove: (azure) => deleteRoleAssignment(azure, role) }));
}

async function removePolicy(azure: Azure, { id }: ReadVault, objectId: string) {
  const place = placeOfVault(id);
  const vault = await findVault(azure, place);
  if (!vault) return;
  await changePolicy(azure, place, 'remove', { tenantId: vault.tenantId, objectId, secrets: ['get'], certificates: [] });
}
