import { type Answer, ok, refuse } from '../http/answer.ts';
import type { Call, Routes } from '../http/router.ts';
import type { DeletedVault } from '../state.ts';
import type { World } from '../world.ts';
import { vaultName, vaultNamed, vaultType } from './providers/vaults.ts';
import { normalLocation, subscriptionOf } from './resource-groups.ts';
import { putResource, viewOf } from './resources.ts';
import { authorize } from './role-assignments.ts';

const provider = '/subscriptions/{subscription}/providers/Microsoft.KeyVault';

/** What Key Vault has in Resource Manager besides the vault itself: names, deleted vaults, and changes of access policies. */
export function vaultRoutes(world: World): Routes {
  const { state } = world;
  const found = ({ params }: Call): DeletedVault => {
    const deleted = state.deletedVaults.get((params.vault ?? '').toLowerCase());
    if (deleted === undefined || deleted.resource.location !== normalLocation(params.location ?? ''))
      refuse(404, 'DeletedVaultNotFound', `The specified deleted vault '${params.vault}' does not exist.`);
    return deleted;
  };
  const may = ({ caller, params }: Call, action: string) =>
    authorize(world, caller, `Microsoft.KeyVault/${action}`, subscriptionOf(world, params));
  return {
    [`POST ${provider}/checkNameAvailability`]: (call) => {
      may(call, 'checkNameAvailability/read');
      return ok(availability(world, String(call.json().name)));
    },
    [`GET ${provider}/vaults`]: (call) => {
      may(call, 'vaults/read');
      const within = `${subscriptionOf(world, call.params).toLowerCase()}/`;
      const all = [...state.resources.values()].filter(
        ({ id, type }) => type === vaultType && id.toLowerCase().startsWith(within),
      );
      return ok({ value: all.map((vault) => viewOf(world, vault)) });
    },
    [`GET ${provider}/deletedVaults`]: (call) => {
      may(call, 'deletedVaults/read');
      return ok({ value: [...state.deletedVaults.values()].map((deleted) => view(deleted)) });
    },
    [`GET ${provider}/locations/{location}/deletedVaults/{vault}`]: (call) => {
      may(call, 'locations/deletedVaults/read');
      return ok(view(found(call)));
    },
    [`POST ${provider}/locations/{location}/deletedVaults/{vault}/purge`]: (call) => {
      may(call, 'locations/deletedVaults/purge/action');
      const { resource } = found(call);
      if (resource.properties.enablePurgeProtection === true)
        refuse(
          400,
          'MethodNotAllowed',
          `Operation "DeletedVaultPurge" is not allowed because purge protection is enabled for the vault '${resource.name}'.`,
        );
      state.deletedVaults.delete(resource.name.toLowerCase());
      return { status: 200 };
    },
    [`PUT /subscriptions/{subscription}/resourceGroups/{group}/providers/${vaultType}/{vault}/accessPolicies/{change}`]: (
      call,
    ): Answer => {
      const { subscription, group, vault, change } = call.params;
      const id = `/subscriptions/${subscription}/resourceGroups/${group}/providers/${vaultType}/${vault}/accessPolicies/${change}`;
      const { resource } = putResource(world, call.caller, id, call.json());
      return ok({ ...resource, type: 'Microsoft.KeyVault/vaults/accessPolicies' });
    },
  };
}

function availability({ state }: World, name: string) {
  if (!vaultName.test(name))
    return { nameAvailable: false, reason: 'AccountNameInvalid', message: `The vault name '${name}' is invalid.` };
  if (vaultNamed(state, name) || state.deletedVaults.has(name.toLowerCase()))
    return {
      nameAvailable: false,
      reason: 'AlreadyExists',
      message: `The vault name '${name}' is already in use. Vault names are globally unique so it is possible that the name is already taken.`,
    };
  return { nameAvailable: true };
}

function view({ resource, deletionDate, scheduledPurgeDate }: DeletedVault) {
  const subscription = resource.id.split('/').slice(0, 3).join('/');
  return {
    id: `${subscription}/providers/Microsoft.KeyVault/locations/${resource.location}/deletedVaults/${resource.name}`,
    name: resource.name,
    type: 'Microsoft.KeyVault/deletedVaults',
    properties: {
      vaultId: resource.id,
      location: resource.location,
      tags: resource.tags ?? {},
      deletionDate,
      scheduledPurgeDate,
      ...(resource.properties.enablePurgeProtection === true && { purgeProtectionEnabled: true }),
    },
  };
}
