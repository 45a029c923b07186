import { ok, refuse } from '../http/answer.ts';
import type { Call, Routes } from '../http/router.ts';
import type { World } from '../world.ts';
import { authorize, roleAssignments } from './role-assignments.ts';
import { type RoleDefinition, roleById, roleDefinitions } from './roles.ts';

const authorization = '/providers/Microsoft.Authorization';

/** Lists about rights. An assignment itself is a resource like others. */
export function roleRoutes(world: World): Routes {
  const scopeOf = ({ params }: Call) => `/${params.scope}`;
  const filterOf = ({ url }: Call) => url.searchParams.get('$filter') ?? '';
  return {
    [`GET /{scope*}${authorization}/roleAssignments`]: (call) => {
      const scope = scopeOf(call);
      authorize(world, call.caller, 'Microsoft.Authorization/roleAssignments/read', scope);
      const principal = /(?:principalId eq|assignedTo\()\s*'([^']+)'/i.exec(filterOf(call))?.[1];
      const isAtScope = /atScope\(\)/i.test(filterOf(call));
      const value = roleAssignments(world.state).filter(({ properties }) => {
        const assigned = String(properties.scope).toLowerCase();
        const own = scope.toLowerCase();
        const isAbove = own === assigned || own.startsWith(`${assigned}/`);
        return (
          (isAbove || (!isAtScope && assigned.startsWith(`${own}/`))) &&
          (principal === undefined || properties.principalId === principal)
        );
      });
      return ok({ value });
    },
    [`GET /{scope*}${authorization}/roleDefinitions`]: (call) => {
      authorize(world, call.caller, 'Microsoft.Authorization/roleDefinitions/read', scopeOf(call));
      const name = /roleName eq '([^']+)'/i.exec(filterOf(call))?.[1]?.toLowerCase();
      const roles = Object.values(roleDefinitions).filter((role) => name === undefined || role.name.toLowerCase() === name);
      return ok({ value: roles.map((role) => definition(call, role)) });
    },
    [`GET /{scope*}${authorization}/roleDefinitions/{role}`]: (call) => {
      authorize(world, call.caller, 'Microsoft.Authorization/roleDefinitions/read', scopeOf(call));
      const role = roleById(call.params.role ?? '');
      if (role === undefined)
        refuse(404, 'RoleDefinitionDoesNotExist', `The specified role definition with ID '${call.params.role}' does not exist.`);
      return ok(definition(call, role));
    },
    // What the caller may do there: whoever asks may know.
    [`GET /{scope*}${authorization}/permissions`]: (call) => {
      const scope = scopeOf(call).toLowerCase();
      const own = roleAssignments(world.state).filter(({ properties }) => {
        const assigned = String(properties.scope).toLowerCase();
        return properties.principalId === call.caller.objectId && (scope === assigned || scope.startsWith(`${assigned}/`));
      });
      const roles = own.flatMap(({ properties }) => roleById(String(properties.roleDefinitionId).split('/').at(-1) ?? '') ?? []);
      return ok({ value: roles.map(permission) });
    },
  };
}

function permission({ actions, notActions, dataActions }: RoleDefinition) {
  return { actions, notActions, dataActions, notDataActions: [] };
}

function definition({ params }: Call, role: RoleDefinition) {
  const subscription = /^subscriptions\/[^/]+/i.exec(params.scope ?? '')?.[0];
  return {
    id: `/${subscription}${authorization}/roleDefinitions/${role.id}`,
    name: role.id,
    type: 'Microsoft.Authorization/roleDefinitions',
    properties: {
      roleName: role.name,
      type: 'BuiltInRole',
      description: role.name,
      assignableScopes: ['/'],
      permissions: [permission(role)],
    },
  };
}
