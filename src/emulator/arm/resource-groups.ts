import { type Answer, noContent, ok, refuse } from '../http/answer.ts';
import type { Call, Routes } from '../http/router.ts';
import type { ArmResource } from '../state.ts';
import type { World } from '../world.ts';
import { authorize } from './role-assignments.ts';

/** Throws SubscriptionNotFound. Gives the subscription's path. */
export function subscriptionOf({ subscriptions }: World, { subscription = '' }: Call['params']): string {
  if (!subscriptions.includes(subscription.toLowerCase()))
    refuse(404, 'SubscriptionNotFound', `The subscription '${subscription}' could not be found.`);
  return `/subscriptions/${subscription.toLowerCase()}`;
}

/** Throws ResourceGroupNotFound. */
export function resourceGroupOf(world: World, params: Call['params']): ArmResource {
  const group = world.state.groups.get(groupId(subscriptionOf(world, params), params.group ?? '').toLowerCase());
  if (group === undefined) refuse(404, 'ResourceGroupNotFound', `Resource group '${params.group}' could not be found.`);
  return group;
}

export function groupId(subscription: string, name: string): string {
  return `${subscription}/resourceGroups/${name}`;
}

export function resourceGroupRoutes(world: World): Routes {
  const { state } = world;
  const path = '/subscriptions/{subscription}/resourcegroups/{group}';
  const may = ({ caller, params }: Call, verb: string) =>
    authorize(
      world,
      caller,
      `Microsoft.Resources/subscriptions/resourceGroups/${verb}`,
      params.group === undefined ? subscriptionOf(world, params) : groupId(subscriptionOf(world, params), params.group),
    );
  return {
    'GET /subscriptions': () =>
      ok({
        value: world.subscriptions.map((id) => subscription(world, id)),
        count: { type: 'Total', value: world.subscriptions.length },
      }),
    'GET /subscriptions/{subscription}': ({ params }) => {
      subscriptionOf(world, params);
      return ok(subscription(world, params.subscription ?? ''));
    },
    'GET /subscriptions/{subscription}/resourcegroups': (call) => {
      may(call, 'read');
      const within = `${subscriptionOf(world, call.params)}/`;
      return ok({ value: [...state.groups].filter(([id]) => id.startsWith(within)).map(([, group]) => group) });
    },
    [`GET ${path}`]: (call) => {
      may(call, 'read');
      return ok(resourceGroupOf(world, call.params));
    },
    [`HEAD ${path}`]: (call) => {
      may(call, 'read');
      resourceGroupOf(world, call.params);
      return noContent;
    },
    [`PUT ${path}`]: (call) => {
      may(call, 'write');
      return putGroup(world, call);
    },
    [`DELETE ${path}`]: (call) => {
      may(call, 'delete');
      const group = resourceGroupOf(world, call.params);
      state.groups.set(group.id.toLowerCase(), { ...group, properties: { provisioningState: 'Deleting' } });
      world.goOn(async () => {
        await world.pause(world.pace.step);
        removeGroup(world, group);
      });
      const location = `${world.addresses.arm}${subscriptionOf(world, call.params)}/operationresults/delete-${encodeURIComponent(group.name)}?api-version=2025-04-01`;
      return { status: 202, headers: { location, 'retry-after': '0' } };
    },
    'GET /subscriptions/{subscription}/operationresults/{operation}': ({ params, url }) => {
      const name = (params.operation ?? '').replace(/^delete-/, '');
      const isThere = state.groups.has(groupId(subscriptionOf(world, params), name).toLowerCase());
      return isThere ? { status: 202, headers: { location: url.href, 'retry-after': '0' } } : { status: 200 };
    },
  };
}

function subscription({ tenantId }: World, subscriptionId: string) {
  return {
    id: `/subscriptions/${subscriptionId}`,
    subscriptionId,
    tenantId,
    displayName: 'certflow emulator',
    state: 'Enabled',
    authorizationSource: 'RoleBased',
    subscriptionPolicies: { locationPlacementId: 'Public_2014-09-01', quotaId: 'PayAsYouGo_2014-09-01', spendingLimit: 'Off' },
  };
}

function putGroup(world: World, call: Call): Answer {
  const { params } = call;
  const { location, tags } = call.json();
  const name = params.group ?? '';
  if (!/^[-\w.()]{1,90}$/.test(name) || name.endsWith('.'))
    refuse(
      400,
      'InvalidResourceGroup',
      `The provided resource group name '${name}' has these invalid characters or is too long.`,
    );
  const id = groupId(subscriptionOf(world, params), name);
  const before = world.state.groups.get(id.toLowerCase());
  if (typeof location !== 'string' || location === '')
    refuse(400, 'LocationRequired', 'The location property is required for this definition.');
  if (before !== undefined && normalLocation(before.location ?? '') !== normalLocation(location))
    refuse(
      409,
      'InvalidResourceGroupLocation',
      `Invalid resource group location '${location}'. The Resource group already exists in location '${before.location}'.`,
    );
  const group: ArmResource = {
    id: before?.id ?? id,
    name: before?.name ?? name,
    type: 'Microsoft.Resources/resourceGroups',
    location: normalLocation(location),
    ...(typeof tags === 'object' && tags !== null && { tags: tags as Record<string, string> }),
    properties: { provisioningState: 'Succeeded' },
  };
  world.state.groups.set(id.toLowerCase(), group);
  return { status: before ? 200 : 201, body: group };
}

/** `West Europe` is `westeurope`. */
export function normalLocation(location: string): string {
  return location.replaceAll(' ', '').toLowerCase();
}

function removeGroup({ state }: World, { id }: ArmResource) {
  const within = `${id.toLowerCase()}/`;
  for (const table of [state.resources, state.deployments, state.runs] as Map<string, unknown>[])
    for (const key of [...table.keys()]) if (key.startsWith(within)) table.delete(key);
  state.groups.delete(id.toLowerCase());
}
