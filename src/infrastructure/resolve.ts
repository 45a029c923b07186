import type { Json } from '../json/json.ts';
import type { Parameter, Resource } from './model.ts';
import { Computed, hasMembers, isList, type Value } from './value.ts';

/** What is known of a deployment before it. */
export interface Known {
  readonly parameters: readonly Parameter[];
  readonly subscription: string;
  readonly resourceGroup: string;
}

/** What is known of the deployment of an infrastructure. */
export function knownOf({
  target,
  parameters,
}: { readonly target: Omit<Known, 'parameters'> } & Pick<Known, 'parameters'>): Known {
  return { parameters, subscription: target.subscription, resourceGroup: target.resourceGroup };
}

/** A value as it will be; undefined where only the deployment will tell. */
export function resolve(value: Value, known: Known): Json | undefined {
  if (value instanceof Computed) return computed(value, known);
  if (isList(value)) return all(value, known);
  if (!hasMembers(value)) return value;
  const members = all(Object.values(value), known);
  return members && Object.fromEntries(Object.keys(value).map((name, index) => [name, members[index] as Json]));
}

/** The full id that a resource of the group has, or will have. */
export function resolvedId(resource: Resource, known: Known): string {
  if (resource.id !== undefined) return String(resolve(resource.id, known));
  const names = namesOf(resource).map((name) => String(resolve(name, known)));
  const [provider, ...types] = resource.type.split('/');
  const path = types.map((type, index) => `${type}/${names[index]}`).join('/');
  return `${subscriptionId(known)}/resourceGroups/${known.resourceGroup}/providers/${provider}/${path}`;
}

function namesOf({ parent, name }: Resource): Value[] {
  return [...(parent ? namesOf(parent) : []), ...(name === undefined ? [] : [name])];
}

function computed({ is }: Computed, known: Known): Json | undefined {
  switch (is.kind) {
    case 'parameter': {
      const found = known.parameters.find(({ name }) => name === is.name);
      return found?.value ?? found?.default;
    }
    case 'id':
      return resolvedId(is.of, known);
    case 'document':
      return is.json as Json;
    case 'inSubscription': {
      const names = all(is.names, known);
      const [provider, ...types] = is.type.split('/');
      return names && `${subscriptionId(known)}/providers/${provider}/${types.map((type, i) => `${type}/${names[i]}`).join('/')}`;
    }
    case 'concatenation': {
      const text = all(is.parts, known)?.join('');
      return is.longest === undefined ? text : text?.slice(0, is.longest);
    }
    case 'union': {
      const parts = all(is.of, known);
      return parts && (Object.assign({}, ...parts) as Json);
    }
    // The names of groups come back as somebody wrote them first.
    case 'surroundings':
    case 'property':
    case 'accessKey':
    case 'listed':
    case 'guid':
    case 'lowerCase':
      return undefined;
  }
}

function all(values: readonly Value[], known: Known): Json[] | undefined {
  const resolved = values.map((value) => resolve(value, known));
  return resolved.every((value) => value !== undefined) ? (resolved as Json[]) : undefined;
}

function subscriptionId({ subscription }: Known): string {
  return `/subscriptions/${subscription}`;
}
