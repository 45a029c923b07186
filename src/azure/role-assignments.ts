import { AuthorizationManagementClient } from '@azure/arm-authorization';
import { rights } from '../cloud/rights.ts';
import { attempt, attemptToFind } from './attempt.ts';
import { type Azure, clientOptionsFor } from './azure.ts';
import { needing } from './needing.ts';

/** Who has which role where, by Azure Resource Manager. Scopes are resource ids. */
export interface RoleAssignment {
  /** A GUID. */
  readonly name: string;
  readonly scope: string;
  readonly principalId: string;
  /** The GUID at the end of the definition's id, in small letters. */
  readonly roleId: string;
}

/** The assignments to a principal at a scope and above it. */
export async function listAssignments(azure: Azure, scope: string, principalId: string): Promise<RoleAssignment[]> {
  return needing(rights.readResources, () =>
    attempt(azure, `reading who has roles on ${nameOf(scope)}`, async () => {
      const found: RoleAssignment[] = [];
      // `principalId eq` lists those of this principal alone; `assignedTo` would add those of its groups, which end with the membership.
      const list = client(azure, scope).roleAssignments.listForScope(plain(scope), { filter: `principalId eq '${principalId}'` });
      for await (const { name, scope: at, principalId: who, roleDefinitionId } of list)
        found.push({
          name: name ?? '',
          scope: at ?? '',
          principalId: who ?? '',
          roleId: roleDefinitionId?.split('/').at(-1)?.toLowerCase() ?? '',
        });
      return found;
    }),
  );
}

export interface NewAssignment {
  /** A GUID; the same name again is the same assignment. */
  readonly name: string;
  readonly scope: string;
  readonly principalId: string;
  readonly principalType: 'User' | 'ServicePrincipal';
  readonly role: { readonly name: string; readonly id: string };
}

/** Gives a role. The type of the principal is said, for Entra's replicas may not know a new one yet. */
export async function assignRole(azure: Azure, { name, scope, principalId, principalType, role }: NewAssignment): Promise<void> {
  await needing(rights.assignRoles, () =>
    attempt(azure, `giving the role ${role.name} on ${nameOf(scope)}`, () =>
      client(azure, scope).roleAssignments.create(plain(scope), name, {
        principalId,
        principalType,
        roleDefinitionId: roleDefinitionId(scope, role.id),
      }),
    ),
  );
}

/** Takes a role away again. One that is gone already is no error. */
export async function removeAssignment(azure: Azure, scope: string, name: string): Promise<void> {
  await needing(rights.assignRoles, () =>
    attemptToFind(azure, `taking a role on ${nameOf(scope)} away again`, () =>
      client(azure, scope).roleAssignments.delete(plain(scope), name),
    ),
  );
}

/** Resource id of a built-in role, in the subscription of a scope. */
export function roleDefinitionId(scope: string, roleId: string): string {
  return `/subscriptions/${subscriptionOf(scope)}/providers/Microsoft.Authorization/roleDefinitions/${roleId}`;
}

function client(azure: Azure, scope: string): AuthorizationManagementClient {
  return new AuthorizationManagementClient(
    azure.credential,
    subscriptionOf(scope),
    clientOptionsFor(azure, azure.profile.resourceManager),
  );
}

function subscriptionOf(scope: string): string {
  return scope.split('/')[2] ?? '';
}

/** The SDK puts a slash of its own in front. */
function plain(scope: string): string {
  return scope.replace(/^\//, '');
}

function nameOf(scope: string): string {
  return scope.split('/').at(-1) ?? scope;
}
