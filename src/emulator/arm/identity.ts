import { isObject } from '../../json/json.ts';
import { member } from '../../json/member.ts';
import { addManagedIdentity } from '../entra/directory.ts';
import { refuse } from '../http/answer.ts';
import type { ArmResource } from '../state.ts';
import type { World } from '../world.ts';
import type { WriteRequest } from './provider.ts';

/** The identity of a resource as it is kept: a system-assigned one is made once, and goes when it is switched off. */
export function identityOf(world: World, { id, body, before }: WriteRequest): Pick<ArmResource, 'identity'> {
  const { tenantId, state } = world;
  const asked = String(member(body.identity, 'type') ?? 'None');
  const principal = member(before?.identity, 'principalId');
  const isSystemAssigned = /SystemAssigned/i.test(asked);
  if (!isSystemAssigned && typeof principal === 'string') state.servicePrincipals.delete(principal);
  const system = isSystemAssigned
    ? {
        principalId: typeof principal === 'string' ? principal : addManagedIdentity(state, id.id, id.shortName).id,
        tenantId,
      }
    : {};
  const users = /UserAssigned/i.test(asked) ? userAssigned(world, member(body.identity, 'userAssignedIdentities')) : undefined;
  if (!isSystemAssigned && users === undefined) return {};
  return { identity: { type: asked, ...system, ...(users && { userAssignedIdentities: users }) } };
}

function userAssigned({ state }: World, given: unknown): Record<string, unknown> {
  if (!isObject(given) || Object.keys(given).length === 0)
    refuse(400, 'InvalidIdentityValues', 'The UserAssigned identity must name at least one userAssignedIdentities.');
  return Object.fromEntries(
    Object.keys(given).map((identityId) => {
      const identity = state.resources.get(identityId.toLowerCase());
      if (identity === undefined)
        refuse(404, 'FailedIdentityOperation', `Identity operation failed: the identity '${identityId}' was not found.`);
      const { principalId, clientId } = identity.properties;
      return [identityId, { principalId, clientId }];
    }),
  );
}
