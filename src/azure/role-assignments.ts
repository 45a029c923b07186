import { AuthorizationManagementClient } from '@azure/arm-authorization';
import { attempt } from './attempt.ts';
import type { Azure } from './azure.ts';
import { managementClient, subscriptionOf } from './management-client.ts';
import { recalled } from './memory.ts';
import { itemsOf } from './pages.ts';

export interface RoleAssignment {
  readonly id: string;
  /** Where it holds: this resource and all below. */
  readonly scope: string;
  /** GUID of the role, without the path before it. */
  readonly roleId: string;
  readonly principalId: string;
  /** When it was made, ISO 8601, where Azure says it. */
  readonly createdOn?: string;
}

/** What actions somebody may do: patterns with `*`, less the patterns of `notActions`. */
export interface Permission {
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
}

/** The roles of a principal at a resource, inherited ones too. `scope` is a resource id. */
export async function listRoleAssignments(azure: Azure, scope: string, principalId: string): Promise<RoleAssignment[]> {
  return recalled(azure, `${scope} roles of ${principalId}`, () => readRoleAssignments(azure, scope, principalId));
}

async function readRoleAssignments(azure: Azure, scope: string, principalId: string): Promise<RoleAssignment[]> {
  return attempt(azure, `reading who has a role on ${lastPart(scope)}`, async () => {
    const found: RoleAssignment[] = [];
    const all = client(azure, subscriptionOf(scope)).roleAssignments.listForScope(
      // The client puts a slash before it.
      scope.replace(/^\//, ''),
      { filter: `principalId eq '${principalId}'` },
    );
    for await (const { id = '', scope: heldAt = '', roleDefinitionId, principalId: holder, createdOn } of itemsOf(all)) {
      const roleId = lastPart(roleDefinitionId ?? '');
      found.push({
        id,
        scope: heldAt,
        roleId,
        principalId: holder ?? '',
        ...(createdOn ? { createdOn: createdOn.toISOString() } : {}),
      });
    }
    // The filter also lets through what holds below the scope only.
    return found.filter((one) => isAtOrAbove(one.scope, scope));
  });
}

/** The roles of a principal anywhere in a subscription. */
export async function listHeldRoles(
  azure: Azure,
  subscription: string,
  principalId: string,
): Promise<Pick<RoleAssignment, 'scope'>[]> {
  return attempt(azure, 'reading which roles an identity has', async () => {
    const found: Pick<RoleAssignment, 'scope'>[] = [];
    const all = client(azure, subscription).roleAssignments.listForSubscription({ filter: `principalId eq '${principalId}'` });
    for await (const { scope = '' } of itemsOf(all)) found.push({ scope });
    return found;
  });
}

export async function deleteRoleAssignment(azure: Azure, { id }: Pick<RoleAssignment, 'id'>): Promise<void> {
  azure.memory?.forget(id.split(/\/providers\/Microsoft\.Authorization\//i)[0] ?? '');
  await attempt(azure, 'taking a role back', () =>
    client(azure, subscriptionOf(id)).roleAssignments.deleteById(id.replace(/^\//, '')),
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
  azure.memory?.forget(scope);
  await attempt(azure, `giving the role ${role.name} on ${lastPart(scope)}`, () =>
    client(azure, subscriptionOf(scope)).roleAssignments.create(scope.replace(/^\//, ''), name, {
      principalId,
      principalType,
      roleDefinitionId: roleDefinitionId(scope, role.id),
    }),
  );
}

/** Resource id of an assignment. */
export function assignmentId(scope: string, name: string): string {
  return `${scope}/providers/Microsoft.Authorization/roleAssignments/${name}`;
}

/** Resource id of a built-in role, in the subscription of a scope. */
export function roleDefinitionId(scope: string, roleId: string): string {
  return `/subscriptions/${subscriptionOf(scope)}/providers/Microsoft.Authorization/roleDefinitions/${roleId}`;
}

/** What the caller may do in a resource group. */
export async function listPermissions(azure: Azure, subscription: string, resourceGroup: string): Promise<Permission[]> {
  return recalled(azure, `/subscriptions/${subscription}/resourceGroups/${resourceGroup} permissions`, () =>
    attempt(azure, `reading what you may do in ${resourceGroup}`, async () => {
      const found: Permission[] = [];
      for await (const { actions = [], notActions = [] } of itemsOf(
        client(azure, subscription).permissions.listForResourceGroup(resourceGroup),
      ))
        found.push({ actions, notActions });
      return found;
    }),
  );
}

function client(azure: Azure, subscription: string): AuthorizationManagementClient {
  return managementClient(azure, AuthorizationManagementClient, subscription);
}

function lastPart(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1);
}

function isAtOrAbove(scope: string, resource: string): boolean {
  return `${resource}/`.toLowerCase().startsWith(`${scope.replace(/\/$/, '')}/`.toLowerCase());
}
