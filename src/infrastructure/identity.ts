import { markTags } from '../cloud/marks.ts';
import type { Environment } from '../spec/spec.ts';
import type { Identity, Parameter, Resource } from './model.ts';
import { textParameter } from './parameters.ts';
import { Computed, concatenation, idOf, parameter, propertyOf, type Value } from './value.ts';

/** Which identity what is deployed has. */
export interface IdentityPlace {
  /** Resource id of the user-assigned identity; absent for the system-assigned one. */
  readonly userAssignedIdentity?: string;
  /** Whether the template makes it. */
  readonly makesIdentity?: boolean;
}

/** Which identity a target of a spec names. `isNew`: whether the template makes what has it; to one that is there, it must be there before. */
export function identityPlace(
  { managedIdentity = 'systemAssigned', existingIdentity }: { managedIdentity?: string; existingIdentity?: boolean },
  { isNew }: { readonly isNew: boolean },
): IdentityPlace {
  if (managedIdentity === 'systemAssigned') return {};
  return { userAssignedIdentity: managedIdentity, ...(existingIdentity === false && isNew && { makesIdentity: true }) };
}

/**
 * The identity of what is deployed: its own one, or the user-assigned one of the parameter `userAssignedIdentity`. One that is made has its
 * name in `identityName`, and `members` besides; its tags keep the mark of `certflow setup`, which a deployment would take away.
 */
export function identityOf(place: IdentityPlace, members: Readonly<Record<'location' | 'tags', Value>>): Identity {
  if (place.userAssignedIdentity === undefined) return { kind: 'systemAssigned' };
  const common = { kind: 'resource', symbol: 'identity', type: 'Microsoft.ManagedIdentity/userAssignedIdentities' } as const;
  const resource: Resource = place.makesIdentity
    ? { ...common, name: parameter('identityName'), members: { ...members, tags: marked(members.tags) } }
    : { ...common, id: parameter('userAssignedIdentity') };
  return { kind: 'userAssigned', resource };
}

function marked(tags: Value): Value {
  return new Computed({ kind: 'union', of: [tags, markTags] });
}

/** What has to be looked up for an identity. */
export function existingFor(identity: Identity): Resource[] {
  return identity.kind === 'userAssigned' && identity.resource.id !== undefined ? [identity.resource] : [];
}

/** What has to be made for an identity. */
export function madeFor(identity: Identity): Resource[] {
  return identity.kind === 'userAssigned' && identity.resource.id === undefined ? [identity.resource] : [];
}

/** The id of a user-assigned identity, as text that may be a name. */
export function identityId({ resource }: Extract<Identity, { kind: 'userAssigned' }>): Value {
  return concatenation([resource.id ?? idOf(resource)]);
}

/** The parameters with the user-assigned identity, where there is one. */
export function identityParameters({ certificate }: Pick<Environment, 'certificate'>, place: IdentityPlace): Parameter[] {
  const { userAssignedIdentity, makesIdentity } = place;
  if (userAssignedIdentity === undefined) return [];
  const does = certificate ? 'identity that reads the vault' : 'managed identity';
  return [
    textParameter('userAssignedIdentity', `Resource id of the ${does}`, userAssignedIdentity),
    ...(makesIdentity
      ? [textParameter('identityName', 'Name of the managed identity, which is made', nameIn(userAssignedIdentity))]
      : []),
  ];
}

/** What is to be known of an identity that requests sign in with: permissions are given to its principal, sites to its client id. */
export function identityOutputs(identity: Identity): Readonly<Record<string, Value>> {
  if (identity.kind === 'systemAssigned') return {};
  return {
    identityId: parameter('userAssignedIdentity'),
    identityClientId: propertyOf(identity.resource, 'properties', 'clientId'),
  };
}

function nameIn(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1);
}
