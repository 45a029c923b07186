import type { Identity, Resource } from './model.ts';
import { parameter } from './value.ts';

/** The identity of what is deployed: its own one, or the user-assigned one of the parameter `userAssignedIdentity`. */
export function identityOf({ userAssignedIdentity }: { readonly userAssignedIdentity?: string }): Identity {
  if (userAssignedIdentity === undefined) return { kind: 'systemAssigned' };
  const resource: Resource = {
    kind: 'resource',
    symbol: 'identity',
    type: 'Microsoft.ManagedIdentity/userAssignedIdentities',
    id: parameter('userAssignedIdentity'),
  };
  return { kind: 'userAssigned', resource };
}

/** What has to be looked up for an identity. */
export function existingFor(identity: Identity): Resource[] {
  return identity.kind === 'userAssigned' ? [identity.resource] : [];
}
