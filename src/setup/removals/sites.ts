import type { Azure } from '../../azure/azure.ts';
import { findSite, findSiteGrant, removeSiteGrant } from '../../azure/sites.ts';
import type { WantedPermission } from '../wanted.ts';
import { type SetupRemoval, staying, unlessForbidden } from './removal.ts';

/** Whose rights: sites know them by a client id. */
interface Keeper {
  readonly appId: string;
  /** For people: `the app registration …`. */
  readonly keeper: string;
}

/**
 * The rights on sites of an app registration or identity: they go before it, as nobody would find them afterwards. `why` it stays, where it
 * does.
 */
export async function siteRemovals(
  azure: Azure,
  permissions: readonly WantedPermission[],
  { appId, keeper }: Keeper,
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
        if (why !== undefined) return [staying(head, `it is that of ${keeper}, which stays`)];
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

/** Why something stays whose rights on sites cannot all go: without it nobody would find them. */
export function keptBy(rights: readonly SetupRemoval[]): string | undefined {
  const kept = rights.find(({ staysBecause }) => staysBecause !== undefined);
  return kept && `what it may do on sites has to go before it, and stays: ${kept.what} ${kept.name}`;
}
