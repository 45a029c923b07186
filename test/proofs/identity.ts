import { principalByAppId } from '../../src/emulator/entra/directory.ts';
import type { ArmResource, ServicePrincipal, State } from '../../src/emulator/state.ts';
import { type Break, workflowId } from './breaks.ts';
import { subscription, type World } from './world.ts';

/** Breaks of what only a managed identity has that signs in itself. */

export const identityId = `/subscriptions/${subscription}/resourceGroups/rg-flows-dev/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-hr`;
const site = 'https://contoso.sharepoint.com/sites/hr';

/** No certificate, vault and registration. */
export const identitySpec = {
  appRegistration: undefined,
  vault: undefined,
  certificate: undefined,
  managedIdentity: {
    permissions: [
      { api: 'sharepoint', roles: ['Sites.Selected'], sites: [{ url: site, role: 'read' }] },
      { api: 'graph', roles: ['User.Read.All'] },
    ],
  },
  requests: [
    { name: 'Get lists', url: `${site}/_api/web/lists`, signIn: 'managedIdentity' },
    { name: 'Get users', url: 'https://graph.microsoft.com/v1.0/users', signIn: 'managedIdentity' },
    { name: 'Get orders', url: 'https://orders.contoso.com/all', audience: 'api://orders', signIn: 'managedIdentity' },
  ],
  targets: {
    consumption: {
      subscription,
      resourceGroup: 'rg-flows-dev',
      location: 'westeurope',
      managedIdentity: identityId,
    },
  },
};

export function identityIn({ servicePrincipals }: State): ServicePrincipal {
  return [...servicePrincipals.values()].find(({ displayName }) => displayName === 'id-hr') as ServicePrincipal;
}

function takeRole({ state }: World, appId: string) {
  const api = principalByAppId(state, appId);
  const own = identityIn(state).id;
  for (const [key, one] of state.appRoleAssignments)
    if (one.principalId === own && one.resourceId === api?.id) state.appRoleAssignments.delete(key);
}

const graph = '00000003-0000-0000-c000-000000000000';
const sharePoint = '00000003-0000-0ff1-ce00-000000000000';
const setup = /^certflow setup \S*certflow\.yaml --only identity --cloud-file cloud\.json$/;

export const identityBreaks: readonly Break[] = [
  {
    what: 'an identity that may not sign in',
    link: 'identity',
    found: /id-hr may not sign in: its service principal is disabled/,
    command: /^az ad sp update --id [\da-f-]{36} --set accountEnabled=true$/,
    break: ({ state }) => {
      const own = identityIn(state);
      state.servicePrincipals.set(own.id, { ...own, accountEnabled: false });
    },
  },
  {
    what: 'a permission that the identity lacks',
    link: 'identity permissions',
    about: 'Microsoft Graph',
    found: /the identity has no User\.Read\.All on Microsoft Graph/,
    command: setup,
    break: (world) => takeRole(world, graph),
  },
  {
    what: 'a permission on Graph alone, where SharePoint is called',
    link: 'identity permissions',
    about: 'SharePoint',
    found:
      /the identity has no Sites\.Selected on SharePoint: Sites\.Selected is there on Microsoft Graph, which counts there alone/,
    command: setup,
    break: (world) => {
      takeRole(world, sharePoint);
      const api = principalByAppId(world.state, graph);
      const role = api?.appRoles.find(({ value }) => value === 'Sites.Selected');
      world.state.appRoleAssignments.set('other', {
        id: 'other',
        principalId: identityIn(world.state).id,
        resourceId: api?.id ?? '',
        appRoleId: role?.id ?? '',
        createdDateTime: new Date(0).toISOString(),
      });
    },
  },
  {
    what: 'no right on the site',
    link: 'identity site',
    about: site,
    found: /the identity has Sites\.Selected, and no right on this site/,
    command: setup,
    break: ({ state }) => state.sitePermissions.clear(),
  },
  {
    what: 'an audience that somebody changed',
    link: 'values',
    found: /the audience of Get_users is "https:\/\/graph\.microsoft\.us", and the spec says "https:\/\/graph\.microsoft\.com"/,
    command: /^certflow deploy \S*certflow\.yaml --cloud-file cloud\.json$/,
    break: ({ state }) => {
      const id = workflowId;
      const found = state.resources.get(id) as ArmResource;
      const properties = structuredClone(found.properties) as { parameters: Record<string, { value: unknown }> };
      properties.parameters.getUsersAudience = { value: 'https://graph.microsoft.us' };
      state.resources.set(id, { ...found, properties });
    },
  },
  {
    what: 'an API that nobody has registered',
    link: 'API',
    about: 'api://nothing',
    found: /the tenant has no API of this name, so that no token is given for api:\/\/nothing/,
    command: /^az ad sp list --filter/,
    spec: {
      requests: [...identitySpec.requests.slice(0, 2), { ...identitySpec.requests[2], audience: 'api://nothing' }],
    },
    prove: async (world) =>
      (
        await world.prove({
          requests: [...identitySpec.requests.slice(0, 2), { ...identitySpec.requests[2], audience: 'api://nothing' }],
        })
      ).filter(({ link }) => link !== 'values' && link !== 'definition'),
  },
];
