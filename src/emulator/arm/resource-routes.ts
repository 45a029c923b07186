import { ok, refuse } from '../http/answer.ts';
import type { Call, Routes } from '../http/router.ts';
import type { World } from '../world.ts';
import { providerOf } from './providers/index.ts';
import { resourceGroupOf, subscriptionOf } from './resource-groups.ts';
import { checkedId, deleteResource, foundResource, listed, putResource, viewOf } from './resources.ts';
import { authorize } from './role-assignments.ts';

/** Every resource by its id, and the lists of them. */
export function resourceRoutes(world: World): Routes {
  const { state } = world;
  const idOf = ({ params }: Call) => `/subscriptions/${params.subscription}/${params.path}`;
  const list = (within: string, type?: string) =>
    [...state.resources.values()].filter(
      (resource) =>
        resource.id.toLowerCase().startsWith(`${within.toLowerCase()}/`) &&
        (type === undefined
          ? !/\/(roleAssignments|config)$/.test(resource.type)
          : resource.type.toLowerCase() === type.toLowerCase()),
    );
  const group = '/subscriptions/{subscription}/resourceGroups/{group}';
  const all = ({ params }: Call, within: string) => {
    const type = providerOf(`${params.namespace}/${params.type}`).type;
    return ok({ value: list(within, type).map((resource) => viewOf(world, resource)) });
  };
  return {
    [`GET ${group}/resources`]: (call) => {
      const { id } = resourceGroupOf(world, call.params);
      authorize(world, call.caller, 'Microsoft.Resources/subscriptions/resourceGroups/resources/read', id);
      return ok({ value: list(id).map(({ properties, ...shown }) => shown) });
    },
    'GET /subscriptions/{subscription}/resources': (call) => {
      const subscription = subscriptionOf(world, call.params);
      authorize(world, call.caller, 'Microsoft.Resources/subscriptions/resources/read', subscription);
      const type = /resourceType eq '([^']+)'/i.exec(call.url.searchParams.get('$filter') ?? '')?.[1];
      return ok({ value: list(subscription, type).map(({ properties, ...shown }) => shown) });
    },
    [`GET ${group}/providers/{namespace}/{type}`]: (call) => {
      const { id } = resourceGroupOf(world, call.params);
      authorize(world, call.caller, `${call.params.namespace}/${call.params.type}/read`, id);
      return all(call, id);
    },
    'GET /subscriptions/{subscription}/providers/{namespace}/{type}': (call) => {
      const id = subscriptionOf(world, call.params);
      authorize(world, call.caller, `${call.params.namespace}/${call.params.type}/read`, id);
      return all(call, id);
    },
    // Settings of an app and keys are shown to whoever may list them, and to nobody else.
    'POST /subscriptions/{subscription}/{path*}/{word}': (call) => {
      const { type, isExtension } = providerOf(checkedId(world, idOf(call)).type);
      const word = call.params.word ?? '';
      if (!isExtension) authorize(world, call.caller, `${type}/${word}/action`, idOf(call));
      return ok(listed(world, idOf(call), word) ?? refuse(404, 'NotFound', `Nothing is listed at ${call.url.pathname}.`));
    },
    'GET /subscriptions/{subscription}/{path*}': (call) => ok(viewOf(world, foundResource(world, call.caller, idOf(call)))),
    'PUT /subscriptions/{subscription}/{path*}': (call) => {
      const { isNew, resource } = putResource(world, call.caller, idOf(call), call.json());
      return { status: isNew ? 201 : 200, body: viewOf(world, resource) };
    },
    'PATCH /subscriptions/{subscription}/{path*}': (call) => {
      const before = foundResource(world, call.caller, idOf(call));
      const { properties, ...rest } = call.json();
      const merged = { ...before, ...rest, properties: { ...before.properties, ...(properties as object | undefined) } };
      return ok(viewOf(world, putResource(world, call.caller, idOf(call), merged).resource));
    },
    'DELETE /subscriptions/{subscription}/{path*}': (call) => deleteResource(world, call.caller, idOf(call)),
  };
}
