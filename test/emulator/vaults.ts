import { CertificateClient } from '@azure/keyvault-certificates';
import { SecretClient } from '@azure/keyvault-secrets';
import type { CloudProfile } from '../../src/cloud/profile.ts';
import { type RoleName, roleDefinitions } from '../../src/emulator/arm/roles.ts';
import { type Azure, subscription } from './azure.ts';
import { clientOptions, credential } from './start.ts';

export const vaultId = `/subscriptions/${subscription}/resourceGroups/rg-shared/providers/Microsoft.KeyVault/vaults/kv-contoso-dev`;

/** Microsoft's clients of one vault. */
export function vaultClients(profile: CloudProfile, name = 'kv-contoso-dev') {
  const { tlsOptions, retryOptions } = clientOptions(profile);
  const options = { tlsOptions, retryOptions, disableChallengeResourceVerification: true };
  const url = profile.vault.endpoint.replace('{name}', name);
  return {
    secrets: new SecretClient(url, credential(profile), options),
    certificates: new CertificateClient(url, credential(profile), options),
  };
}

/** Object id of the app that signs in. */
export async function ownId({ authorization }: Azure): Promise<string> {
  for await (const { principalId } of authorization.roleAssignments.listForSubscription()) if (principalId) return principalId;
  throw new Error('nobody has a role');
}

/** Gives the app that signs in a role on the vault. */
export async function grant(clients: Azure, role: RoleName, name = '10000000-0000-4000-8000-000000000001') {
  const roleDefinitionId = `/subscriptions/${subscription}/providers/Microsoft.Authorization/roleDefinitions/${roleDefinitions[role].id}`;
  const principalId = await ownId(clients);
  await clients.authorization.roleAssignments.create(vaultId.slice(1), name, {
    roleDefinitionId,
    principalId,
    principalType: 'ServicePrincipal',
  });
}
