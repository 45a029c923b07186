import type { Resource } from './model.ts';

/**
 * A value in the infrastructure: JSON as it is, or computed where only a parameter or Azure itself has it. Names of members are
 * always literal.
 */
export type Value = string | number | boolean | null | Computed | readonly Value[] | { readonly [name: string]: Value };

/** A value that is not known when the infrastructure is described. Every printer says each kind in its own language. */
export class Computed {
  readonly is: Computation;

  constructor(is: Computation) {
    this.is = is;
  }
}

export type Computation =
  | { readonly kind: 'parameter'; readonly name: string }
  /** The full id of a resource. */
  | { readonly kind: 'id'; readonly of: Resource }
  /** What a resource shows once it is deployed; a path from the top of the resource. */
  | { readonly kind: 'property'; readonly of: Resource; readonly path: readonly string[] }
  /** The first key of a storage account. */
  | { readonly kind: 'accessKey'; readonly of: Resource }
  /** The properties that a resource shows only to whoever may list them. */
  | { readonly kind: 'listed'; readonly of: Resource }
  /** Texts one after the other; at most so many characters of them. */
  | { readonly kind: 'concatenation'; readonly parts: readonly Value[]; readonly longest?: number }
  /** The members of several objects; the last one wins. */
  | { readonly kind: 'union'; readonly of: readonly Value[] }
  | { readonly kind: 'lowerCase'; readonly of: Value }
  /** A GUID that is the same for the same values. */
  | { readonly kind: 'guid'; readonly of: readonly Value[] }
  /** The id of what Azure itself has in each subscription. */
  | { readonly kind: 'inSubscription'; readonly type: string; readonly names: readonly Value[] }
  | { readonly kind: 'surroundings'; readonly what: Surroundings }
  /** JSON that has a file of its own wherever a language can load one. */
  | { readonly kind: 'document'; readonly path: string; readonly json: unknown };

/** What a deployment knows of the place that it is deployed to. */
export type Surroundings = keyof typeof surroundingsCalls;

/** The same as an expression: ARM's templates and Bicep call these functions alike. */
export const surroundingsCalls = {
  tenantId: 'subscription().tenantId',
  subscriptionId: 'subscription().subscriptionId',
  resourceGroup: 'resourceGroup().name',
  resourceManager: 'environment().resourceManager',
  storageSuffix: 'environment().suffixes.storage',
} as const;

export const parameter = (name: string) => new Computed({ kind: 'parameter', name });
export const idOf = (of: Resource) => new Computed({ kind: 'id', of });
export const propertyOf = (of: Resource, ...path: readonly string[]) => new Computed({ kind: 'property', of, path });
export const surroundings = (what: Surroundings) => new Computed({ kind: 'surroundings', what });
export const concatenation = (parts: readonly Value[], longest?: number) =>
  new Computed({ kind: 'concatenation', parts, ...(longest === undefined ? {} : { longest }) });
export const inSubscription = (type: string, ...names: readonly Value[]) => new Computed({ kind: 'inSubscription', type, names });

/** Whether a value has members by name. */
export function hasMembers(value: Value): value is { readonly [name: string]: Value } {
  return typeof value === 'object' && value !== null && !(value instanceof Computed) && !Array.isArray(value);
}

export function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}
