import type { RequiredResourceAccess } from '@microsoft/microsoft-graph-types';
import {
  findServicePrincipal,
  grantRole,
  listGrantedRoles,
  type ServicePrincipal,
  updateApplication,
} from '../../azure/graph.ts';
import { isForbidden } from '../../azure/needing.ts';
import { whenReplicated } from '../../azure/when-replicated.ts';
import { suggest } from '../../diagnostics/words.ts';
import { consentLink } from '../consent.ts';
import { type Finding, present, type Step } from '../plan.ts';
import type { AnyScene } from '../scene.ts';
import type { WantedApplication, WantedPermission } from '../wanted.ts';
import { applicationOf } from './application-steps.ts';

interface Role {
  readonly name: string;
  readonly id: string;
}

/** The permissions on one API: asked for by the registration, and consented to. */
export function permissionStep(scene: AnyScene, application: WantedApplication, permission: WantedPermission): Step {
  const { azure } = scene;
  const names = permission.roles.join(', ');
  return {
    part: 'entra',
    name: `permission ${names} on ${permission.name}`,
    links: [
      { link: 'API', about: permission.name },
      { link: 'permissions', about: permission.name },
    ],
    look: async () => {
      const { api } = permission;
      const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(api);
      const offered = await findServicePrincipal(azure, isId ? { appId: api } : { identifier: api });
      if (!offered)
        return {
          state: 'blocked',
          detail: `the tenant has no service principal for ${permission.name}: check "api", or let its owner register it here`,
        };
      const unknown = permission.roles.find((role) => !offered.roles.has(role));
      if (unknown !== undefined) {
        const near = suggest(unknown, [...offered.roles.keys()], 'it offers');
        return {
          state: 'blocked',
          detail: `${offered.displayName || permission.name} has no application permission "${unknown}": ${near}`,
        };
      }
      const roles = permission.roles.map((name): Role => ({ name, id: offered.roles.get(name) ?? '' }));
      const found = await scene.application();
      const principal = await scene.principal();
      const isAsked = found !== undefined && lacking(found.requiredResourceAccess, offered, roles).length === 0;
      const missing = principal ? await notConsented(scene, principal, offered, roles) : roles;
      if (isAsked && missing.length === 0) return present('with admin consent');
      return {
        state: found ? 'to change' : 'to create',
        detail:
          missing.length === 0
            ? 'asked for by the registration; consent is there'
            : `asked for, with admin consent to ${missing.map(({ name }) => name).join(', ')}`,
        apply: () => ask(scene, application, offered, roles),
      };
    },
  };
}

async function ask(
  scene: AnyScene,
  wanted: WantedApplication,
  api: ServicePrincipal,
  roles: readonly Role[],
): Promise<Finding | undefined> {
  const { azure } = scene;
  const application = await applicationOf(scene);
  const missing = lacking(application.requiredResourceAccess, api, roles);
  if (missing.length > 0) {
    const requiredResourceAccess = withRoles(application.requiredResourceAccess, api, missing);
    await whenReplicated(azure, () => updateApplication(azure, application, { requiredResourceAccess }));
    scene.setApplication({ ...application, requiredResourceAccess });
  }
  const principal = await scene.principal();
  try {
    const toGrant = principal ? await notConsented(scene, principal, api, roles) : [];
    for (const { name, id } of toGrant)
      await whenReplicated(azure, () =>
        grantRole(azure, { name, principalId: principal?.id ?? '', resourceId: api.id, appRoleId: id }),
      );
    if (principal) return undefined;
  } catch (error) {
    if (!isForbidden(error)) throw error;
  }
  return {
    state: 'left to others',
    detail: `an administrator of the tenant has to consent: ${consentLink(azure.profile.authority, wanted.tenant, application.appId)}`,
  };
}

async function notConsented(
  { azure }: AnyScene,
  principal: ServicePrincipal,
  api: ServicePrincipal,
  roles: readonly Role[],
): Promise<Role[]> {
  const granted = await whenReplicated(azure, () => listGrantedRoles(azure, principal.id));
  return roles.filter(({ id }) => !granted.some(({ resourceId, appRoleId }) => resourceId === api.id && appRoleId === id));
}

/** Roles that the registration does not ask for yet. */
function lacking(there: readonly RequiredResourceAccess[], { appId }: ServicePrincipal, roles: readonly Role[]): Role[] {
  const asked = there
    .filter(({ resourceAppId }) => resourceAppId === appId)
    .flatMap(({ resourceAccess }) => resourceAccess ?? []);
  return roles.filter(({ id }) => !asked.some((entry) => entry.id === id && entry.type === 'Role'));
}

/** All that is asked for, with these besides: the list is written whole. */
function withRoles(
  there: readonly RequiredResourceAccess[],
  { appId }: ServicePrincipal,
  roles: readonly Role[],
): RequiredResourceAccess[] {
  const added = roles.map(({ id }) => ({ id, type: 'Role' }));
  const own = there.find(({ resourceAppId }) => resourceAppId === appId);
  return [
    ...there.filter((entry) => entry !== own),
    { resourceAppId: appId, resourceAccess: [...(own?.resourceAccess ?? []), ...added] },
  ];
}
