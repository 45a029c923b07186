import { KeyVaultManagementClient, type Vault as VaultResource } from '@azure/arm-keyvault';
import { isMarked, markTags } from '../cloud/marks.ts';
import { rights } from '../cloud/rights.ts';
import { attempt, ifThere } from './attempt.ts';
import type { Azure } from './azure.ts';
import { managementClient } from './management-client.ts';
import { recalled } from './memory.ts';
import { isForbidden, needing } from './needing.ts';

/** Key vaults as resources, by Azure Resource Manager. */
export interface Vault {
  /** Resource id. */
  readonly id: string;
  readonly access: 'rbac' | 'policy';
  /** GUID of the tenant whose tokens it takes. */
  readonly tenantId: string;
  readonly isPurgeProtected: boolean;
  /** How long it keeps what was deleted in it, and is kept itself. */
  readonly retentionDays: number;
  /** Whether certflow made it. */
  readonly isMadeHere: boolean;
  /** Whether a firewall keeps most addresses away. */
  readonly isClosed: boolean;
  /** Addresses and networks that the firewall admits all the same. */
  readonly admitted: readonly string[];
  readonly policies: readonly AccessPolicy[];
}

/** What somebody may do in a vault with access policies. */
export interface AccessPolicy {
  readonly objectId: string;
  readonly secrets: readonly string[];
  readonly certificates: readonly string[];
}

export interface VaultPlace {
  readonly subscription: string;
  readonly resourceGroup: string;
  readonly name: string;
}

export async function findVault(azure: Azure, place: VaultPlace): Promise<Vault | undefined> {
  const { subscription, resourceGroup, name } = place;
  return recalled(azure, idOf(place), () =>
    needing(rights.readResources, () =>
      ifThere(
        attempt(azure, `reading the vault ${name}`, async () =>
          toVault(await client(azure, subscription).vaults.get(resourceGroup, name)),
        ),
      ),
    ),
  );
}

/** A vault of a subscription by its name alone, wherever it is there. */
export async function findVaultNamed(azure: Azure, subscription: string, name: string): Promise<Vault | undefined> {
  return needing(rights.readResources, () =>
    attempt(azure, `looking for the vault ${name} in the subscription`, async () => {
      for await (const one of client(azure, subscription).vaults.listBySubscription())
        if (one.name?.toLowerCase() === name.toLowerCase()) return toVault(one);
      return undefined;
    }),
  );
}

/** Where the vault of a resource id is. */
export function placeOfVault(id: string): VaultPlace {
  const [, , subscription = '', , resourceGroup = '', , , , name = ''] = id.split('/');
  return { subscription, resourceGroup, name };
}

function idOf({ subscription, resourceGroup, name }: VaultPlace): string {
  return `/subscriptions/${subscription}/resourceGroups/${resourceGroup}/providers/Microsoft.KeyVault/vaults/${name}`;
}

/**
 * Why a new vault cannot have this name: it is a deleted one's, which can be recovered, or somebody else's anywhere in Azure.
 * Undefined where it is free, or where nobody may tell.
 */
export async function nameProblem(
  azure: Azure,
  { subscription, name }: VaultPlace,
  location: string,
): Promise<string | undefined> {
  const { vaults } = client(azure, subscription);
  try {
    const tried = `looking whether the name ${name} is free for a vault`;
    const deleted = await ifThere(attempt(azure, tried, () => vaults.getDeleted(name, location)));
    if (deleted)
      return `A vault ${name} was deleted and keeps its name. Recover it ("az keyvault recover --name ${name}"), or choose another name.`;
    const answer = await attempt(azure, tried, () => vaults.checkNameAvailability({ name, type: 'Microsoft.KeyVault/vaults' }));
    if (answer.nameAvailable !== false) return undefined;
    return answer.reason === 'AccountNameInvalid'
      ? `Azure takes no vault by the name ${name}: ${answer.message ?? 'it breaks a rule about names'}`
      : `The name ${name} is taken: names of vaults are shared by all of Azure. Where it is a vault of yours, write its resource group and subscription; else choose another name.`;
  } catch (error) {
    if (isForbidden(error)) return undefined;
    throw error;
  }
}

/** How a vault is made. */
interface NewVault {
  readonly location: string;
  readonly tenantId: string;
  readonly access: 'rbac' | 'policy';
  readonly tags?: Readonly<Record<string, string>>;
  /** Whether nobody can remove for good what was deleted, before its 90 days are over. */
  readonly purgeProtection: boolean;
}

/** Makes a vault that deleted certificates can be recovered from for 90 days. */
export async function createVault(
  azure: Azure,
  { subscription, resourceGroup, name }: VaultPlace,
  { location, tenantId, access, tags, purgeProtection }: NewVault,
): Promise<Vault> {
  return needing(rights.makeVault, () =>
    attempt(azure, `making the vault ${name}`, async () =>
      toVault(
        await client(azure, subscription).vaults.createOrUpdate(
          resourceGroup,
          name,
          {
            location,
            tags: { ...tags, ...markTags },
            properties: {
              tenantId,
              sku: { family: 'A', name: 'standard' },
              accessPolicies: [],
              // Written out: what it is by itself depends on the API version (docs/facts/key-vault.md#roles).
              enableRbacAuthorization: access === 'rbac',
              // The service takes no false: https://learn.microsoft.com/rest/api/keyvault/keyvault/vaults/create-or-update
              ...(purgeProtection && { enablePurgeProtection: true }),
              softDeleteRetentionInDays: 90,
            },
          },
          { updateIntervalInMs: azure.pollDelay },
        ),
      ),
    ),
  );
}

/** Adds permissions to those that somebody has in a vault with access policies, or takes them away from there. */
export async function changePolicy(
  azure: Azure,
  { subscription, resourceGroup, name }: VaultPlace,
  kind: 'add' | 'remove',
  { tenantId, objectId, secrets, certificates }: AccessPolicy & { readonly tenantId: string },
): Promise<void> {
  azure.memory?.forget(idOf({ subscription, resourceGroup, name }));
  await needing(rights.writePolicies, () =>
    attempt(azure, `changing the access policies of the vault ${name}`, () =>
      client(azure, subscription).vaults.updateAccessPolicy(resourceGroup, name, kind, {
        properties: {
          accessPolicies: [{ tenantId, objectId, permissions: { secrets: [...secrets], certificates: [...certificates] } }],
        },
      }),
    ),
  );
}

function client(azure: Azure, subscription: string): KeyVaultManagementClient {
  return managementClient(azure, KeyVaultManagementClient, subscription);
}

function toVault({ id, properties, tags }: VaultResource): Vault {
  const { softDeleteRetentionInDays = 90 } = properties;
  const { tenantId, enableRbacAuthorization, enablePurgeProtection, networkAcls, accessPolicies, publicNetworkAccess } =
    properties;
  return {
    id: id ?? '',
    access: enableRbacAuthorization ? 'rbac' : 'policy',
    tenantId,
    isPurgeProtected: enablePurgeProtection === true,
    retentionDays: softDeleteRetentionInDays,
    isMadeHere: isMarked(tags),
    isClosed: networkAcls?.defaultAction === 'Deny' || publicNetworkAccess?.toLowerCase() === 'disabled',
    admitted:
      publicNetworkAccess?.toLowerCase() === 'disabled'
        ? []
        : [
            ...(networkAcls?.ipRules ?? []).map(({ value }) => value),
            ...(networkAcls?.virtualNetworkRules ?? []).map(({ id }) => id),
          ],
    policies: (accessPolicies ?? []).map(({ objectId, permissions }) => ({
      objectId,
      secrets: (permissions.secrets ?? []).map(lowerCase),
      certificates: (permissions.certificates ?? []).map(lowerCase),
    })),
  };
}

function lowerCase(text: string): string {
  return text.toLowerCase();
}
