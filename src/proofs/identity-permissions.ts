import type { Azure } from '../azure/azure.ts';
import { AzureError } from '../azure/azure-error.ts';
import { findServicePrincipal, listGrantedRoles } from '../azure/graph.ts';
import { isForbidden } from '../azure/needing.ts';
import { knownApis } from '../cloud/apis.ts';
import type { IdentityAim } from './aim.ts';
import { idOfApi, isGuid } from './sight.ts';
import { type Identities, principalOf, type VaultReader } from './vault-access.ts';

/** Whether a managed identity has the application permissions that a spec names. */
export type IdentityPermissions =
  | { readonly state: 'held' }
  /** `missing`: for people, such as `Sites.Selected on SharePoint`. Without a principal there is no identity yet. */
  | { readonly state: 'missing'; readonly missing: readonly string[]; readonly principalId?: string }
  /** Whoever is signed in may not look. */
  | { readonly state: 'cannot tell'; readonly why: string };

/**
 * Looks which permissions the identity of a target, which `runner` has, lacks. What is called before it has them is refused for up to a day:
 * docs/facts/managed-identity.md#tokens-are-kept.
 */
export async function lookAtPermissions(
  azure: Azure,
  { permissions }: Pick<IdentityAim, 'permissions'>,
  target: Pick<VaultReader, 'place'>,
  runner: Identities | undefined,
): Promise<IdentityPermissions> {
  try {
    const principalId = await principalOf(azure, target, runner);
    const granted = principalId === undefined ? [] : await grantedTo(azure, principalId);
    const missing: string[] = [];
    for (const { api, roles } of permissions) {
      const id = idOfApi(api);
      const offering =
        granted.length === 0 ? undefined : await findServicePrincipal(azure, isGuid(id) ? { appId: id } : { identifier: id });
      const held = granted.filter(({ resourceId }) => resourceId === offering?.id).map(({ appRoleId }) => appRoleId);
      const lacking = roles.filter((role) => !held.includes(offering?.roles.get(role) ?? ''));
      if (lacking.length > 0) missing.push(`${lacking.join(', ')} on ${nameOfApi(api)}`);
    }
    if (principalId !== undefined && missing.length === 0) return { state: 'held' };
    return { state: 'missing', missing, ...(principalId === undefined ? {} : { principalId }) };
  } catch (error) {
    if (isForbidden(error)) return { state: 'cannot tell', why: (error as AzureError).message };
    throw error;
  }
}

/** What an API is called by people. */
export function nameOfApi(api: string): string {
  const id = idOfApi(api);
  return Object.values(knownApis).find(({ appId }) => appId === id)?.name ?? api;
}

/** An identity that was made a moment ago is not known to Graph yet, and has nothing. */
async function grantedTo(azure: Azure, principalId: string) {
  try {
    return await listGrantedRoles(azure, principalId);
  } catch (error) {
    if (error instanceof AzureError && error.status === 404) return [];
    throw error;
  }
}
