import type { Permission, Site } from '@microsoft/microsoft-graph-types';
import { rights } from '../cloud/rights.ts';
import { textOf } from '../json/json.ts';
import { ifThere } from './attempt.ts';
import type { Azure } from './azure.ts';
import { AzureError } from './azure-error.ts';
import { listAll } from './graph.ts';
import { makeOnce } from './make-once.ts';
import { callService, tellService } from './rest.ts';

/** What an application may do on one SharePoint site (Sites.Selected), in Microsoft Graph v1.0. */
export interface SiteGrant {
  readonly id: string;
  readonly roles: readonly string[];
}

/** A site's id in Graph, by `<host>` or `<host>:/<path>`; undefined where the tenant has no such site. */
export async function findSite(azure: Azure, graphId: string): Promise<string | undefined> {
  try {
    const call = {
      tried: `looking for the site ${graphId}`,
      right: rights.grantSites,
      // The path of a site stands as it is behind the colon.
      path: `/v1.0/sites/${encodeURI(graphId)}?$select=id`,
    };
    return await ifThere(callService(azure, azure.profile.graph, call, ({ id }: Site) => id));
  } catch (error) {
    // A host that is not the tenant's: "Invalid hostname for this tenancy".
    if (error instanceof AzureError && error.status === 400 && error.code === 'invalidRequest') return undefined;
    throw error;
  }
}

/** The grant of an application on a site. A list of grants may leave their roles out, so that each is read by itself. */
export async function findSiteGrant(azure: Azure, siteId: string, appId: string): Promise<SiteGrant | undefined> {
  const path = `/v1.0/sites/${encodeURIComponent(siteId)}/permissions`;
  const call = { tried: 'reading who has rights on the site', right: rights.grantSites };
  const grants = await listAll(azure, { ...call, path }, (permission: Permission) =>
    permission.id && isFor(permission, appId) ? toGrant(permission) : undefined,
  );
  const found = grants.find((grant) => grant !== undefined);
  if (found === undefined || found.roles.length > 0) return found;
  return callService(azure, azure.profile.graph, { ...call, path: `${path}/${encodeURIComponent(found.id)}` }, toGrant);
}

/** Gives an application a role on a site; `grant` is the one that it has there already. */
export async function grantSite(
  azure: Azure,
  {
    siteId,
    appId,
    displayName,
    role,
    grant,
  }: { siteId: string; appId: string; displayName: string; role: string; grant?: SiteGrant },
): Promise<void> {
  const path = `/v1.0/sites/${encodeURIComponent(siteId)}/permissions`;
  await makeOnce<unknown>(azure, {
    make: () =>
      tellService(azure, azure.profile.graph, {
        tried: `giving "${displayName}" the right ${role} on the site`,
        right: rights.grantSites,
        ...(grant
          ? { method: 'PATCH', path: `${path}/${encodeURIComponent(grant.id)}`, body: { roles: [role] } }
          : {
              method: 'POST',
              path,
              body: { roles: [role], grantedToIdentities: [{ application: { id: appId, displayName } }] },
            }),
      }),
    find: async () => {
      const found = await findSiteGrant(azure, siteId, appId);
      return found?.roles.includes(role) ? found : undefined;
    },
  });
}

/** Takes away what an application may do on a site; what is not there is no error. */
export async function removeSiteGrant(azure: Azure, siteId: string, { id }: Pick<SiteGrant, 'id'>): Promise<void> {
  await ifThere(
    tellService(azure, azure.profile.graph, {
      tried: 'taking away the right on the site',
      right: rights.grantSites,
      method: 'DELETE',
      path: `/v1.0/sites/${encodeURIComponent(siteId)}/permissions/${encodeURIComponent(id)}`,
    }),
  );
}

function toGrant({ id, roles }: Permission): SiteGrant {
  return { id: id ?? '', roles: (roles ?? []).map(textOf) };
}

function isFor({ grantedToIdentitiesV2, grantedToIdentities }: Permission, appId: string): boolean {
  return [...(grantedToIdentitiesV2 ?? []), ...(grantedToIdentities ?? [])].some(
    (identity) => textOf(identity.application?.id).toLowerCase() === appId.toLowerCase(),
  );
}
