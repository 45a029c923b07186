import type { Caller } from '../entra/caller.ts';
import { type Answer, refuse } from '../http/answer.ts';
import type { ArmResource } from '../state.ts';
import type { World } from '../world.ts';
import { parentId, parseResourceId, type ResourceId } from './ids.ts';
import { providerOf } from './providers/index.ts';
import { resourceGroupOf, subscriptionOf } from './resource-groups.ts';
import { authorize } from './role-assignments.ts';

/** Throws a ServiceError for an id that is none, or in a subscription that is not there. */
export function checkedId(world: World, text: string): ResourceId {
  const id = parseResourceId(text);
  if (id === undefined) refuse(400, 'InvalidResourceId', `'${text}' is no resource id.`);
  subscriptionOf(world, { subscription: id.subscription });
  return id;
}

/** Throws ResourceGroupNotFound. Only whoever may ask learns it. */
function checkGroup(world: World, { subscription, group }: ResourceId) {
  if (group !== '') resourceGroupOf(world, { subscription, group });
}

/** Creates or changes a resource, as `PUT` on its id does, whoever sends it. */
export function putResource(
  world: World,
  caller: Caller,
  text: string,
  body: Readonly<Record<string, unknown>>,
): { readonly isNew: boolean; readonly resource: ArmResource } {
  const id = checkedId(world, text);
  const provider = providerOf(id.type);
  authorize(world, caller, `${provider.type}/write`, provider.isExtension ? id.scope : id.id);
  checkGroup(world, id);
  if (provider.isExtension) checkScope(world, id);
  const before = world.state.resources.get(text.toLowerCase());
  const resource = provider.write(world, { id, body, before, caller });
  // What only changes another resource has an id that is no key of its own.
  if (resource.id.toLowerCase() === text.toLowerCase()) world.state.resources.set(text.toLowerCase(), resource);
  return { isNew: before === undefined, resource };
}

export function viewOf(world: World, resource: ArmResource): unknown {
  return providerOf(resource.type).view?.(world, resource) ?? resource;
}

/** What a resource lists under a word, such as `listKeys`; undefined where it does not. */
export function listed(world: World, text: string, word: string): unknown {
  const id = checkedId(world, text);
  checkGroup(world, id);
  const lists = Object.entries(providerOf(id.type).lists ?? {}).find(([name]) => name.toLowerCase() === word.toLowerCase());
  const resource = world.state.resources.get(text.toLowerCase());
  // An app that is there has settings, if only none.
  const isOfApp =
    id.type.toLowerCase() === 'microsoft.web/sites/config' && world.state.resources.has((parentId(id) ?? '').toLowerCase());
  const empty = isOfApp ? { id: id.id, name: id.shortName, type: id.type, properties: {} } : undefined;
  const found = resource ?? empty;
  return found && lists?.[1](found);
}

export function foundResource(world: World, caller: Caller, text: string, verb = 'read'): ArmResource {
  const id = checkedId(world, text);
  const { type, isExtension } = providerOf(id.type);
  authorize(world, caller, `${type}/${verb}`, isExtension ? id.scope : id.id);
  checkGroup(world, id);
  const resource = world.state.resources.get(text.toLowerCase());
  if (resource === undefined) notFound(id);
  return resource;
}

export function deleteResource(world: World, caller: Caller, text: string): Answer {
  const id = checkedId(world, text);
  const provider = providerOf(id.type);
  authorize(world, caller, `${provider.type}/delete`, provider.isExtension ? id.scope : id.id);
  checkGroup(world, id);
  const resource = world.state.resources.get(text.toLowerCase());
  if (resource === undefined) return { status: 204 };
  provider.remove?.(world, resource);
  world.state.resources.delete(text.toLowerCase());
  return { status: 200, body: provider.isExtension ? resource : undefined };
}

export function notFound({ type, name, group }: ResourceId): never {
  refuse(
    404,
    'ResourceNotFound',
    `The Resource '${type}/${name}' under resource group '${group === '' ? '<null>' : group}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`,
  );
}

/** A role is assigned on something that is there. */
function checkScope(world: World, { scope }: ResourceId) {
  const on = parseResourceId(scope);
  // A single secret of a vault is a scope too, and no resource of ARM.
  const owner = on?.type.toLowerCase().startsWith('microsoft.keyvault/vaults/') ? scope.split('/').slice(0, 9).join('/') : scope;
  if (on && !world.state.resources.has(owner.toLowerCase())) notFound(on);
}
