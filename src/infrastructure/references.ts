import type { Module, Resource } from './model.ts';
import { Computed, hasMembers, isList, propertyOf, type Value } from './value.ts';

/** Where the object id of the identity of a resource is read. */
export function principalOf(resource: Resource): Value {
  const { identity } = resource;
  return identity?.kind === 'userAssigned'
    ? propertyOf(identity.resource, 'properties', 'principalId')
    : propertyOf(resource, 'identity', 'principalId');
}

/** What is deployed before a resource or a module, in the order of its symbols: what its values, its parent and its identity refer to. */
export function dependenciesOf(one: Resource | Module, deployed: readonly (Resource | Module)[]): readonly (Resource | Module)[] {
  const found = new Set<Resource | Module>();
  for (const resource of resourcesIn(valuesOf(one))) addWithParents(resource, found);
  if (one.kind === 'resource')
    for (const other of [one.parent, one.scope, usedIdentity(one)]) if (other) addWithParents(other, found);
  if (one.kind === 'module' && one.after) found.add(one.after.first);
  return deployed.filter((other) => found.has(other)).toSorted((a, b) => (a.symbol < b.symbol ? -1 : 1));
}

function usedIdentity({ identity }: Resource): Resource | undefined {
  return identity?.kind === 'userAssigned' ? identity.resource : undefined;
}

function addWithParents(resource: Resource, found: Set<Resource | Module>) {
  for (let one: Resource | undefined = resource; one; one = one.parent) found.add(one);
}

function valuesOf(one: Resource | Module): Value[] {
  if (one.kind === 'module') return [one.name, ...Object.values(one.group ?? {}), ...one.parameters.map(({ value }) => value)];
  return [...Object.values(one.members ?? {}), ...(one.name === undefined ? [] : [one.name])];
}

function resourcesIn(values: readonly Value[]): Resource[] {
  return values.flatMap((value) => {
    if (value instanceof Computed) return ofComputed(value);
    if (isList(value)) return resourcesIn(value);
    return hasMembers(value) ? resourcesIn(Object.values(value)) : [];
  });
}

function ofComputed({ is }: Computed): Resource[] {
  switch (is.kind) {
    case 'id':
    case 'property':
    case 'accessKey':
    case 'listed':
      return [is.of];
    case 'concatenation':
      return resourcesIn(is.parts);
    case 'union':
    case 'guid':
      return resourcesIn(is.of);
    case 'lowerCase':
      return resourcesIn([is.of]);
    case 'inSubscription':
      return resourcesIn(is.names);
    case 'parameter':
    case 'surroundings':
    case 'document':
      return [];
  }
}
