import { randomUUID } from 'node:crypto';
import type { Azure } from '../../src/azure/azure.ts';
import { assignRole } from '../../src/azure/role-assignments.ts';
import { whoIsSignedIn } from '../../src/azure/signed-in.ts';
import { certificatesOfficer } from '../../src/cloud/roles.ts';
import { subscription } from './world.ts';

const scope = `/subscriptions/${subscription}/resourceGroups/rg-shared/providers/Microsoft.KeyVault/vaults/kv-contoso-dev`;

/** Gives whoever is signed in a standing role in the vault, as somebody has who looks after it. */
export async function becomeOfficer(azure: Azure): Promise<void> {
  const { objectId, principalType } = await whoIsSignedIn(azure);
  await assignRole(azure, { name: randomUUID(), scope, principalId: objectId, principalType, role: certificatesOfficer });
}
