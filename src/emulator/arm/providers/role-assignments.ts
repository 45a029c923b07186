import { refuse } from '../../http/answer.ts';
import { now } from '../../state.ts';
import type { World } from '../../world.ts';
import { common, type Provider, type WriteRequest } from '../provider.ts';
import { roleAssignments as all } from '../role-assignments.ts';
import { roleById } from '../roles.ts';

const type = 'Microsoft.Authorization/roleAssignments';

/** Role assignments. Refusals: Microsoft's "Troubleshoot Azure RBAC"; docs/facts/resource-manager.md#access. */
export const roleAssignments: Provider = {
  type,
  isExtension: true,
  write: (world, request) => {
    const { id, before, caller } = request;
    const resource = common(request, type);
    const { principalId, roleDefinitionId, principalType } = resource.properties;
    if (!/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(id.shortName))
      refuse(
        400,
        'InvalidRoleAssignmentId',
        `The role assignment ID '${id.shortName}' is not valid. The role assignment ID must be a GUID.`,
      );
    if (typeof principalId !== 'string' || typeof roleDefinitionId !== 'string')
      refuse(400, 'BadRequestFormat', 'The request was incorrectly formatted.');
    if (roleById(roleDefinitionId.split('/').at(-1) ?? '') === undefined)
      refuse(
        400,
        'RoleDefinitionDoesNotExist',
        `The specified role definition with ID '${roleDefinitionId.split('/').at(-1)}' does not exist.`,
      );
    checkPrincipal(world, principalId);
    checkConflicts(world, request, principalId, roleDefinitionId);
    const time = now();
    return {
      id: resource.id,
      name: resource.name,
      type,
      properties: {
        ...resource.properties,
        roleDefinitionId,
        principalId,
        principalType: principalType ?? 'ServicePrincipal',
        scope: id.scope,
        condition: null,
        conditionVersion: null,
        createdOn: before?.properties.createdOn ?? time,
        updatedOn: time,
        createdBy: before?.properties.createdBy ?? caller.objectId,
        updatedBy: caller.objectId,
        delegatedManagedIdentityResourceId: null,
        description: resource.properties.description ?? null,
      },
    };
  },
};

function checkPrincipal({ state, tenantId }: World, principalId: string) {
  if (state.servicePrincipals.has(principalId) || state.users.has(principalId)) return;
  refuse(
    400,
    'PrincipalNotFound',
    `Principal ${principalId.replaceAll('-', '')} does not exist in the directory ${tenantId}. Check that you have the correct principal ID. If you are creating this principal and then immediately assigning a role, this error might be related to a replication delay. In this case, set the role assignment principalType property to a value, such as ServicePrincipal, User, or Group.`,
  );
}

function checkConflicts({ state }: World, { id, before }: WriteRequest, principalId: string, roleDefinitionId: string) {
  const role = roleDefinitionId.split('/').at(-1)?.toLowerCase();
  const isSame = ({ properties }: { readonly properties: Readonly<Record<string, unknown>> }) =>
    properties.principalId === principalId &&
    String(properties.roleDefinitionId).split('/').at(-1)?.toLowerCase() === role &&
    String(properties.scope).toLowerCase() === id.scope.toLowerCase();
  if (before && !isSame(before))
    refuse(
      400,
      'RoleAssignmentUpdateNotPermitted',
      'Tenant ID, application ID, principal ID, and scope are not allowed to be updated.',
    );
  const other = before ? undefined : all(state).find(isSame);
  if (other)
    refuse(
      409,
      'RoleAssignmentExists',
      `The role assignment already exists. The ID of the existing role assignment is ${other.name.replaceAll('-', '')}.`,
    );
}
