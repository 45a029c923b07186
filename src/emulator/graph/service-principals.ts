import { randomUUID } from 'node:crypto';
import { addServicePrincipal, applicationByAppId, principalByAppId, same } from '../entra/directory.ts';
import { refuse } from '../http/answer.ts';
import type { Call, Routes } from '../http/router.ts';
import type { AppRoleAssignment, ServicePrincipal } from '../state.ts';
import type { World } from '../world.ts';
import { collection, entity, filterOf, needs, notFound } from './odata.ts';

const write = ['Application.ReadWrite.All', 'Application.ReadWrite.OwnedBy'];
const read = [...write, 'Application.Read.All', 'Directory.Read.All'];
const consent = ['AppRoleAssignment.ReadWrite.All'];

export function servicePrincipalRoutes(world: World): Routes {
  const { state } = world;
  const found = ({ params }: Call): ServicePrincipal => state.servicePrincipals.get(params.id ?? '') ?? notFound(params.id ?? '');
  const assignments = (matches: (assignment: AppRoleAssignment) => boolean) =>
    [...state.appRoleAssignments.values()].filter(matches).map((assignment) => shown(world, assignment));
  return {
    'GET /v1.0/servicePrincipals': (call) => {
      needs(call, ...read);
      const filter = filterOf(call);
      const all = [...state.servicePrincipals.values()]
        .map((principal) => whole(world, principal))
        .filter((principal) => !filter || matches(principal, filter));
      return collection(call, 'servicePrincipals', all);
    },
    'POST /v1.0/servicePrincipals': (call) => {
      needs(call, ...write);
      const appId = String(call.json().appId ?? '');
      const application = applicationByAppId(state, appId);
      if (!application)
        refuse(
          400,
          'Request_BadRequest',
          `The appId '${appId}' of the service principal does not reference a valid application object.`,
        );
      if (principalByAppId(state, appId))
        refuse(
          409,
          'Request_MultipleObjectsWithSameKeyValue',
          `The service principal cannot be created, updated, or restored because the service principal name ${appId} is already in use.`,
        );
      return entity(call, 'servicePrincipals', whole(world, addServicePrincipal(state, application)), 201);
    },
    'GET /v1.0/servicePrincipals/{id}': (call) => {
      needs(call, ...read);
      return entity(call, 'servicePrincipals', whole(world, found(call)));
    },
    'GET /v1.0/servicePrincipals/{id}/appRoleAssignments': (call) => {
      needs(call, ...read);
      const { id } = found(call);
      return collection(
        call,
        'appRoleAssignments',
        assignments(({ principalId }) => principalId === id),
      );
    },
    'GET /v1.0/servicePrincipals/{id}/appRoleAssignedTo': (call) => {
      needs(call, ...read);
      const { id } = found(call);
      return collection(
        call,
        'appRoleAssignments',
        assignments(({ resourceId }) => resourceId === id),
      );
    },
    'POST /v1.0/servicePrincipals/{id}/appRoleAssignedTo': (call) => assign(world, call, found(call)),
    'POST /v1.0/servicePrincipals/{id}/appRoleAssignments': (call) => assign(world, call, found(call)),
  };
}

function assign(world: World, call: Call, { id }: ServicePrincipal) {
  needs(call, ...consent);
  const { state } = world;
  const { principalId, resourceId, appRoleId } = call.json() as Record<string, string>;
  const resource = state.servicePrincipals.get(resourceId ?? '') ?? notFound(resourceId ?? '');
  const principal = state.servicePrincipals.get(principalId ?? '') ?? notFound(principalId ?? '');
  if (id !== resource.id && id !== principal.id)
    refuse(400, 'Request_BadRequest', 'One or more properties do not fit the object in the address.');
  const role = whole(world, resource).appRoles.find((one) => same(one.id, appRoleId ?? ''));
  if (!role) refuse(400, 'Request_BadRequest', 'Permission being assigned was not found on application.');
  for (const there of state.appRoleAssignments.values())
    if (there.principalId === principal.id && there.resourceId === resource.id && same(there.appRoleId, role.id))
      refuse(400, 'Request_BadRequest', 'Permission being assigned already exists on the object.');
  const assignment: AppRoleAssignment = {
    id: randomUUID(),
    principalId: principal.id,
    resourceId: resource.id,
    appRoleId: role.id,
    createdDateTime: new Date().toISOString(),
  };
  state.appRoleAssignments.set(assignment.id, assignment);
  return entity(call, 'appRoleAssignments', shown(world, assignment), 201);
}

/** With the roles that its application offers. */
function whole({ state }: World, principal: ServicePrincipal): ServicePrincipal {
  const application = applicationByAppId(state, principal.appId);
  return {
    ...principal,
    appRoles: [...principal.appRoles, ...(application?.appRoles ?? [])],
    servicePrincipalNames: [...principal.servicePrincipalNames, principal.appId, ...(application?.identifierUris ?? [])],
  };
}

function matches(principal: ServicePrincipal, { name, value }: { readonly name: string; readonly value: string }): boolean {
  const found = principal[name as keyof ServicePrincipal];
  return Array.isArray(found) ? found.some((one) => same(String(one), value)) : same(String(found ?? ''), value);
}

function shown({ state }: World, assignment: AppRoleAssignment): object {
  const { servicePrincipals } = state;
  return {
    deletedDateTime: null,
    ...assignment,
    principalDisplayName: servicePrincipals.get(assignment.principalId)?.displayName ?? null,
    principalType: 'ServicePrincipal',
    resourceDisplayName: servicePrincipals.get(assignment.resourceId)?.displayName ?? null,
  };
}
