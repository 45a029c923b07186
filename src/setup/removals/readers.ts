import type { Azure } from '../../azure/azure.ts';
import { findUser } from '../../azure/graph.ts';
import { findIdentity } from '../../azure/identities.ts';
import { needing } from '../../azure/needing.ts';
import { assignmentId, deleteRoleAssignment, listRoleAssignments } from '../../azure/role-assignments.ts';
import { listSecretNames } from '../../azure/vault-certificates.ts';
import { rights } from '../../cloud/rights.ts';
import { withVaultRight } from '../held-rights.ts';
import type { Reader } from '../readers.ts';
import { readerAssignmentName } from '../steps/reader-step.ts';
import type { Wanted } from '../wanted.ts';
import { type SetupRemoval, staying, unlessHidden } from './removal.ts';
import type { Seen } from './users.ts';

/**
 * The roles by which people and identities read the vault, as far as certflow gave them, which their names tell. They go where the
 * vault holds nothing else that they would read. An access policy tells nothing of who wrote it, and is left to its owner.
 */
export async function readerRemovals(
  azure: Azure,
  { readers, vault: place, certificate }: Wanted,
  { vault, me, users }: Seen,
): Promise<SetupRemoval[]> {
  if (place.access !== 'rbac') return [];
  const found: SetupRemoval[] = [];
  for (const reader of readers) {
    const principalId = await principalOf(azure, reader);
    if (principalId === undefined) continue;
    const id = assignmentId(place.id, readerAssignmentName(place.id, principalId, reader.role.id)).toLowerCase();
    const held = await needing(rights.readResources, () => listRoleAssignments(azure, place.id, principalId));
    const ours = held.find((one) => one.id.toLowerCase() === id);
    if (!ours) continue;
    const head = {
      what: `role ${reader.role.name} on the vault ${place.name}`,
      name: `of ${reader.name.replace(/, who .*$/, '')}`,
      id,
    };
    const look = () => otherSecret(azure, place.name, certificate.name);
    const other = users.deployed === undefined ? await look().catch(unlessHidden) : undefined;
    const why = users.deployed ?? (other === 'hidden' ? undefined : other?.found);
    if (why !== undefined) {
      found.push(staying(head, why));
      continue;
    }
    found.push({
      ...head,
      ...(other === 'hidden'
        ? { details: ['if the vault holds nothing else, which you may not see: you get the right to for the moment'] }
        : {}),
      remove: async (tell) => {
        const reason = (await withVaultRight({ azure, vault, place, me, tell }, 'see', look))?.found;
        if (reason === undefined) await needing(rights.assignRoles, () => deleteRoleAssignment(azure, ours));
        return reason;
      },
    });
  }
  return found;
}

async function principalOf(azure: Azure, { kind, id }: Reader): Promise<string | undefined> {
  return kind === 'user' ? findUser(azure, id) : (await findIdentity(azure, id))?.principalId;
}

/** Why a reader may still need the vault. */
async function otherSecret(azure: Azure, vault: string, certificate: string): Promise<{ readonly found: string } | undefined> {
  const other = (await listSecretNames(azure, vault)).find((name) => name.toLowerCase() !== certificate.toLowerCase());
  return other === undefined ? undefined : { found: `it lets them read others of the vault too, such as ${other}` };
}
