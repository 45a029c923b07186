import type { Azure } from '../../azure/azure.ts';
import type { Application } from '../../azure/graph.ts';
import { findSite, findSiteGrant, removeSiteGrant } from '../../azure/sites.ts';
import type { WantedApplication } from '../wanted.ts';
import { type SetupRemoval, staying, unlessForbidden } from './removal.ts';

/** The rights on sites of an app registration: they go before it, as nobody would find them afterwards. `why` it stays, where it does. */
export async function siteRemovals(
  azure: Azure,
  { permissions }: WantedApplication,
  { appId }: Application,
  why: string | undefined,
): Promise<SetupRemoval[]> {
  const sites = new Map(permissions.flatMap(({ sites }) => sites.map((site) => [site.graphId.toLowerCase(), site] as const)));
  const found = await Promise.all(
    [...sites.values()].map(({ url, graphId }) =>
      unlessForbidden({ what: 'right', name: `on ${url}`, id: `${graphId} ${appId}` }, async () => {
        const siteId = await findSite(azure, graphId);
        const grant = siteId === undefined ? undefined : await findSiteGrant(azure, siteId, appId);
        if (siteId === undefined || !grant) return [];
        const head = { what: 'right', name: `${grant.roles.join(', ')} on ${url}`, id: `${siteId} ${grant.id}` };
        if (why !== undefined) return [staying(head, `it is that of the app registration ${appId}, which stays`)];
        const remove = async () => {
          await removeSiteGrant(azure, siteId, grant);
          return undefined;
        };
        return [{ ...head, remove }];
      }),
    ),
  );
  return found.flat();
}
