import { isObject } from '../../../json/json.ts';
import { member } from '../../../json/member.ts';
import { refuse } from '../../http/answer.ts';
import type { ArmResource, State } from '../../state.ts';
import type { World } from '../../world.ts';
import { common, type Provider, type WriteRequest } from '../provider.ts';

export const vaultType = 'Microsoft.KeyVault/vaults';

/** Key vaults. Shapes: Microsoft's OpenAPI of Microsoft.KeyVault; a name is taken in the whole cloud, and for a while after a vault is deleted. */
export const vaults: Provider = {
  type: vaultType,
  write: (world, request) => {
    const resource = common(request, vaultType);
    const { properties } = resource;
    checkName(world, request);
    if (resource.location === undefined)
      refuse(400, 'LocationRequired', 'The location property is required for this definition.');
    if (properties.tenantId === undefined || !isObject(properties.sku))
      refuse(400, 'BadRequest', "The vault needs 'properties.tenantId' and 'properties.sku'.");
    if (String(properties.tenantId).toLowerCase() !== world.tenantId)
      refuse(400, 'BadRequest', `The tenant '${properties.tenantId}' is not the tenant of the subscription.`);
    if (request.before?.properties.enablePurgeProtection === true && properties.enablePurgeProtection === false)
      refuse(
        400,
        'BadRequest',
        'The property "enablePurgeProtection" cannot be set to false. Enabling the purge protection for a vault is an irreversible action.',
      );
    const { createMode, ...kept } = properties;
    if (createMode !== 'recover')
      return {
        ...resource,
        properties: {
          // Since 2026-02-01 a new vault has roles unless it says otherwise; docs/facts/key-vault.md#roles.
          enableRbacAuthorization: true,
          enableSoftDelete: true,
          softDeleteRetentionInDays: 90,
          ...kept,
          accessPolicies: Array.isArray(properties.accessPolicies)
            ? properties.accessPolicies
            : (request.before?.properties.accessPolicies ?? []),
        },
      };
    const deleted = world.state.deletedVaults.get(resource.name.toLowerCase());
    if (!deleted) refuse(404, 'VaultNotFound', `There is no deleted vault '${resource.name}' to recover.`);
    world.state.deletedVaults.delete(resource.name.toLowerCase());
    return deleted.resource;
  },
  view: ({ addresses }, resource) => ({
    ...resource,
    properties: {
      ...resource.properties,
      vaultUri: `${addresses.vault}/vaults/${resource.name}/`,
      provisioningState: 'Succeeded',
    },
  }),
  remove: ({ state }, resource) => {
    const retention = Number(resource.properties.softDeleteRetentionInDays) || 90;
    state.deletedVaults.set(resource.name.toLowerCase(), {
      resource,
      deletionDate: new Date().toISOString(),
      scheduledPurgeDate: new Date(Date.now() + retention * 86_400_000).toISOString(),
    });
  },
};

/** The vault of a name, wherever it is. */
export function vaultNamed({ resources }: State, name: string): ArmResource | undefined {
  const word = name.toLowerCase();
  return [...resources.values()].find((resource) => resource.type === vaultType && resource.name.toLowerCase() === word);
}

export const vaultName = /^[a-z](?!.*--)[\da-z-]{1,22}[\da-z]$/i;

function checkName({ state }: World, { id, body, before }: WriteRequest) {
  const name = id.shortName;
  if (!vaultName.test(name))
    refuse(
      400,
      'VaultNameNotValid',
      `The vault name '${name}' is invalid. A vault's name must be between 3-24 alphanumeric characters. The name must begin with a letter, end with a letter or digit, and not contain consecutive hyphens.`,
    );
  if (before) return;
  if (vaultNamed(state, name))
    refuse(
      409,
      'VaultAlreadyExists',
      `The vault name '${name}' is already in use. Vault names are globally unique so it is possible that the name is already taken.`,
    );
  if (state.deletedVaults.has(name.toLowerCase()) && member(body, 'properties', 'createMode') !== 'recover')
    refuse(
      409,
      'ConflictError',
      `A vault with the same name already exists in deleted state. You need to either recover or purge existing key vault. Follow this link https://go.microsoft.com/fwlink/?linkid=2149745 for more information on soft delete.`,
    );
}
