import { randomUUID } from 'node:crypto';
import { createCertificate } from '../certificate/index.ts';
import { vaultNamed, vaultType } from './arm/providers/vaults.ts';
import { groupId } from './arm/resource-groups.ts';
import { addApplication, addServicePrincipal, applicationByAppId, principalForAudience } from './entra/directory.ts';
import { keyCredential } from './graph/key-credentials.ts';
import type { ArmResource } from './state.ts';
import { keepCertificate } from './vault/keep-certificate.ts';
import { completePolicy } from './vault/policy.ts';
import type { World } from './world.ts';

/** What has to be there before a workflow is deployed, and is otherwise an admin's work. */
export interface Ground {
  readonly location: string;
  readonly vault: {
    readonly subscription: string;
    readonly resourceGroup: string;
    readonly name: string;
    readonly usesRoles: boolean;
  };
  /** Name of the certificate in the vault. */
  readonly certificate: string;
  /** The app registration that signs in with it; absent where no request signs in to Entra. */
  readonly application?: {
    readonly clientId: string;
    readonly displayName: string;
    /** The APIs that it asks, and the permissions that it has there. */
    readonly apis: readonly { readonly audience: string; readonly roles: readonly string[] }[];
  };
}

/** Makes what is missing of it: vault, certificate, app registration with the certificate, permissions with consent. */
export async function layGround(world: World, { location, vault, certificate, application }: Ground): Promise<void> {
  const { state } = world;
  if (vaultNamed(state, vault.name)) return;
  const stored = addVault(world, location, vault);
  const made = await createCertificate({ subject: `CN=${certificate}` });
  keepCertificate(world, stored, certificate, made, { policy: completePolicy(undefined, made.certificate), enabled: true });
  if (!application) return;
  const credential = keyCredential(made.certificate.raw, certificate);
  const before = applicationByAppId(state, application.clientId);
  if (before) {
    // Another environment of the same app registration: its certificate comes beside those there.
    state.applications.set(before.id, { ...before, keyCredentials: [...before.keyCredentials, credential] });
    return;
  }
  const { clientId: appId, displayName, apis } = application;
  const principal = addServicePrincipal(state, addApplication(state, { appId, displayName, keyCredentials: [credential] }));
  for (const { audience, roles } of apis) {
    const api =
      principalForAudience(state, audience) ??
      addServicePrincipal(state, addApplication(state, { displayName: audience, identifierUris: [audience] }));
    for (const { id: appRoleId } of api.appRoles.filter(({ value }) => roles.includes(value))) {
      const id = randomUUID();
      state.appRoleAssignments.set(id, {
        id,
        principalId: principal.id,
        resourceId: api.id,
        appRoleId,
        createdDateTime: new Date().toISOString(),
      });
    }
  }
}

function addVault(
  { state, tenantId }: World,
  location: string,
  { subscription, resourceGroup, name, usesRoles }: Ground['vault'],
): ArmResource {
  const group = groupId(`/subscriptions/${subscription}`, resourceGroup);
  if (!state.groups.has(group.toLowerCase()))
    state.groups.set(group.toLowerCase(), {
      id: group,
      name: resourceGroup,
      type: 'Microsoft.Resources/resourceGroups',
      location,
      properties: { provisioningState: 'Succeeded' },
    });
  const id = `${group}/providers/${vaultType}/${name}`;
  const properties = {
    tenantId,
    sku: { family: 'A', name: 'standard' },
    enableRbacAuthorization: usesRoles,
    enableSoftDelete: true,
    softDeleteRetentionInDays: 90,
    accessPolicies: [],
  };
  const vault: ArmResource = { id, name, type: vaultType, location, properties };
  state.resources.set(id.toLowerCase(), vault);
  return vault;
}
