import { randomUUID } from 'node:crypto';
import { type ErrorDetail, refuse } from '../http/answer.ts';
import type { ArmResource, State } from '../state.ts';
import type { World } from '../world.ts';
import { contains, type RoleName, roleById, roleDefinitions } from './roles.ts';

const type = 'Microsoft.Authorization/roleAssignments';

/** A role assignment that the emulator itself makes. */
export function addRoleAssignment(
  state: State,
  { scope, role, principalId }: { readonly scope: string; readonly role: RoleName; readonly principalId: string },
) {
  const name = randomUUID();
  const id = `${scope}/providers/${type}/${name}`;
  const roleDefinitionId = `/subscriptions/${scope.split('/')[2]}/providers/Microsoft.Authorization/roleDefinitions/${roleDefinitions[role].id}`;
  // Long ago: it counts already.
  const createdOn = new Date(0).toISOString();
  state.resources.set(id.toLowerCase(), {
    id,
    name,
    type,
    properties: { roleDefinitionId, principalId, principalType: 'ServicePrincipal', scope, createdOn, updatedOn: createdOn },
  });
}

export function roleAssignments({ resources }: State): ArmResource[] {
  return [...resources.values()].filter((resource) => resource.type === type);
}

/** Whether a principal may do something at a scope: by an assignment there or above that has been replicated. */
export function isAllowed(
  { state, pace }: World,
  principalId: string,
  action: string,
  scope: string,
  kind: 'action' | 'dataAction' = 'action',
): boolean {
  const replicated = Date.now() - pace.replication;
  return roleAssignments(state).some(({ properties }) => {
    const role = roleById(String(properties.roleDefinitionId).split('/').at(-1) ?? '');
    return (
      role !== undefined &&
      properties.principalId === principalId &&
      Date.parse(String(properties.createdOn)) <= replicated &&
      isWithin(scope, String(properties.scope)) &&
      contains(role, action, kind)
    );
  });
}

function isWithin(scope: string, assigned: string): boolean {
  const [inner, outer] = [scope.toLowerCase(), assigned.toLowerCase().replace(/\/$/, '')];
  return inner === outer || inner.startsWith(`${outer}/`);
}

/** Throws ARM's AuthorizationFailed unless the caller may do it. */
export function authorize(
  world: World,
  caller: { readonly objectId: string; readonly appId: string },
  action: string,
  scope: string,
) {
  const problem = authorizationProblem(world, caller, action, scope);
  if (problem) refuse(403, problem.code, problem.message);
}

export function authorizationProblem(
  world: World,
  { objectId, appId }: { readonly objectId: string; readonly appId: string },
  action: string,
  scope: string,
): ErrorDetail | undefined {
  if (isAllowed(world, objectId, action, scope)) return undefined;
  return {
    code: 'AuthorizationFailed',
    message: `The client '${appId}' with object id '${objectId}' does not have authorization to perform action '${action}' over scope '${scope}' or the scope is invalid. If access was recently granted, please refresh your credentials.`,
  };
}
