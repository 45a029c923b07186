import { findServicePrincipal, grantRole, listGrantedRoles, type ServicePrincipal } from '../../azure/graph.ts';
import { isForbidden } from '../../azure/needing.ts';
import { whenReplicated } from '../../azure/when-replicated.ts';
import { RefusedError } from '../../diagnostics/errors.ts';
import { suggest } from '../../diagnostics/words.ts';
import { isGuid } from '../../proofs/sight.ts';
import { type Finding, present, type Step } from '../plan.ts';
import type { WantedPermission } from '../wanted.ts';
import type { IdentityScene } from './identity-scene.ts';
import { afterDeploy } from './identity-step.ts';
import type { IdentityHolder } from './wanted-identity.ts';

/** Roles that an API offers. */
interface Offer {
  readonly api: ServicePrincipal;
  readonly roles: readonly { readonly name: string; readonly id: string }[];
}

/** What an identity may do at one API: roles that are assigned to it, since it has no registration to consent to. */
export function identityPermissionStep(scene: IdentityScene, holder: IdentityHolder, permission: WantedPermission): Step {
  return {
    part: 'identity',
    name: `permission ${permission.roles.join(', ')} on ${permission.name} for ${holder.name}`,
    look: async (): Promise<Finding> => {
      const offer = await offerOf(scene, permission);
      const principal = await scene.principal(holder);
      const missing = principal ? await missingOf(scene, principal, offer) : offer.roles;
      if (missing.length === 0) return present();
      const comesLater = (await scene.identity(holder))?.principalId === undefined && holder.kind === 'workflow';
      if (comesLater) return { state: 'left to others', detail: afterDeploy };
      return {
        state: 'to create',
        detail: `${missing.map(({ name }) => name).join(', ')}; ${keptTokens}`,
        apply: () => give(scene, holder, offer),
      };
    },
  };
}

/** Source: docs/facts/managed-identity.md#tokens-are-kept. */
const keptTokens = 'an identity that has called the API before may have it only a day later';

/** Throws a RefusedError where the API does not offer what is wanted. */
async function offerOf({ azure }: IdentityScene, { api, name, roles }: WantedPermission): Promise<Offer> {
  const found = await findServicePrincipal(azure, isGuid(api) ? { appId: api } : { identifier: api });
  if (!found)
    throw new RefusedError(`the tenant has no service principal for ${name}: check "api", or let its owner register it here`);
  const unknown = roles.find((role) => !found.roles.has(role));
  if (unknown !== undefined)
    throw new RefusedError(
      `${found.displayName || name} has no application permission "${unknown}": ${suggest(unknown, [...found.roles.keys()], 'it offers')}`,
    );
  return { api: found, roles: roles.map((role) => ({ name: role, id: found.roles.get(role) ?? '' })) };
}

async function missingOf({ azure }: IdentityScene, principal: ServicePrincipal, { api, roles }: Offer) {
  const granted = await whenReplicated(azure, () => listGrantedRoles(azure, principal.id));
  return roles.filter(({ id }) => !granted.some(({ resourceId, appRoleId }) => resourceId === api.id && appRoleId === id));
}

async function give(scene: IdentityScene, holder: IdentityHolder, offer: Offer): Promise<Finding | undefined> {
  const { azure } = scene;
  const principal = await scene.principalThere(holder);
  try {
    for (const { name, id } of await missingOf(scene, principal, offer))
      await whenReplicated(azure, () =>
        grantRole(azure, { name, principalId: principal.id, resourceId: offer.api.id, appRoleId: id }),
      );
    return undefined;
  } catch (error) {
    if (!isForbidden(error)) throw error;
    return {
      state: 'left to others',
      detail: 'an administrator of the tenant has to give it: "certflow setup --script powershell" prints the commands',
    };
  }
}
