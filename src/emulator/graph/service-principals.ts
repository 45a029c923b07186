import { randomBytes } from 'node:crypto';
import { applicationByAppId, principalByAppId, same } from '../entra/directory.ts';
import { noContent, ok, refuse } from '../http/answer.ts';
import type { Call, Routes } from '../http/router.ts';
import type { AppRoleAssignment, ServicePrincipal } from '../state.ts';
import type { World } from '../world.ts';
import { allow } from './permissions.ts';
import { collection, filtered, notFound, selected } from './query.ts';

/** Service principals, and the application permissions that they were granted (admin consent). */
export function servicePrincipalRoutes(world: World): Routes {
  const { state } = world;
  const found = ({ params }: Call): ServicePrincipal => {
    const { id = '', appId } = params;
    return (
      (appId === undefined ? state.servicePrincipals.get(id.toLowerCase()) : principalByAppId(state, appId)) ??
      notFound(appId ?? id)
    );
  };
  /** With the roles and identifiers that its application declares. */
  const whole = (principal: ServicePrincipal) => {
    const { appRoles = [], identifierUris = [] } = applicationByAppId(state, principal.appId) ?? {};
    return {
      ...principal,
      appRoles: [...principal.appRoles, ...appRoles],
      servicePrincipalNames: [...new Set([...principal.servicePrincipalNames, principal.appId, ...identifierUris])],
    };
  };
  const get = (call: Call) => {
    allow(call.caller, 'readApplications');
    return ok(selected(call, whole(found(call))));
  };
  const assignments = (call: Call, side: 'principalId' | 'resourceId') => {
    allow(call.caller, 'readApplications');
    const { id } = found(call);
    const held = [...state.appRoleAssignments.values()].filter((one) => one[side] === id).map(shown);
    return ok(collection(call, 'appRoleAssignments', filtered(call, held)));
  };
  const shown = (assignment: AppRoleAssignment) => ({
    ...assignment,
    deletedDateTime: null,
    principalType: 'ServicePrincipal',
    principalDisplayName: state.servicePrincipals.get(assignment.principalId)?.displayName,
    resourceDisplayName: state.servicePrincipals.get(assignment.resourceId)?.displayName,
  });
  const assign = (call: Call) => {
    allow(call.caller, 'grantRoles');
    found(call);
    return { status: 201, body: shown(added(world, call, whole)) };
  };
  const take = (call: Call) => {
    allow(call.caller, 'grantRoles');
    if (!state.appRoleAssignments.delete(call.params.assignment ?? '')) notFound(call.params.assignment);
    return noContent;
  };
  const patch = (call: Call) => {
    allow(call.caller, 'writeApplications');
    const principal = found(call);
    const { accountEnabled } = call.json();
    if (typeof accountEnabled !== 'boolean')
      refuse(400, 'Request_BadRequest', "Of a service principal the emulator changes 'accountEnabled' only.");
    state.servicePrincipals.set(principal.id, { ...principal, accountEnabled });
    return noContent;
  };
  return {
    'GET /v1.0/servicePrincipals': (call) => {
      allow(call.caller, 'readApplications');
      return ok(collection(call, 'servicePrincipals', filtered(call, [...state.servicePrincipals.values()].map(whole))));
    },
    "GET /v1.0/servicePrincipals(appId='{appId}')": get,
    'GET /v1.0/servicePrincipals/{id}': get,
    "PATCH /v1.0/servicePrincipals(appId='{appId}')": patch,
    'PATCH /v1.0/servicePrincipals/{id}': patch,
    'GET /v1.0/servicePrincipals/{id}/appRoleAssignments': (call) => assignments(call, 'principalId'),
    'GET /v1.0/servicePrincipals/{id}/appRoleAssignedTo': (call) => assignments(call, 'resourceId'),
    'POST /v1.0/servicePrincipals/{id}/appRoleAssignments': assign,
    'POST /v1.0/servicePrincipals/{id}/appRoleAssignedTo': assign,
    'DELETE /v1.0/servicePrincipals/{id}/appRoleAssignments/{assignment}': take,
    'DELETE /v1.0/servicePrincipals/{id}/appRoleAssignedTo/{assignment}': take,
  };
}

function added({ state }: World, call: Call, whole: (principal: ServicePrincipal) => ServicePrincipal): AppRoleAssignment {
  const { principalId, resourceId, appRoleId } = call.json();
  const principal = state.servicePrincipals.get(String(principalId));
  const resource = state.servicePrincipals.get(String(resourceId));
  if (principal === undefined) notFound(String(principalId));
  if (resource === undefined) notFound(String(resourceId));
  const role = whole(resource).appRoles.find(({ id }) => same(id, String(appRoleId)));
  if (role === undefined) refuse(400, 'Request_BadRequest', 'Permission being assigned was not found on application.');
  const isHeld = [...state.appRoleAssignments.values()].some(
    (one) => one.principalId === principal.id && one.resourceId === resource.id && same(one.appRoleId, role.id),
  );
  if (isHeld) refuse(400, 'Request_BadRequest', 'Permission being assigned already exists on the object.');
  const assignment: AppRoleAssignment = {
    id: randomBytes(32).toString('base64url'),
    principalId: principal.id,
    resourceId: resource.id,
    appRoleId: role.id,
    createdDateTime: new Date().toISOString(),
  };
  state.appRoleAssignments.set(assignment.id, assignment);
  return assignment;
}
