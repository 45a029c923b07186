import { addManagedIdentity } from '../../entra/directory.ts';
import { common, type Provider } from '../provider.ts';

const type = 'Microsoft.ManagedIdentity/userAssignedIdentities';

/** Managed identities of their own. */
export const identities: Provider = {
  type,
  write: ({ state, tenantId }, request) => {
    const resource = common(request, type);
    if (request.before) return { ...resource, properties: request.before.properties };
    const { id, appId } = addManagedIdentity(state, resource.id, resource.name);
    return { ...resource, properties: { tenantId, principalId: id, clientId: appId } };
  },
  remove: ({ state }, { properties }) => {
    const principalId = String(properties.principalId);
    state.servicePrincipals.delete(principalId);
    for (const [id, one] of state.appRoleAssignments) if (one.principalId === principalId) state.appRoleAssignments.delete(id);
  },
};
