import { knownApis } from '../../cloud/apis.ts';
import type { IdentityAim } from '../aim.ts';
import { type Finding, type Link, ok, unknown, wrong } from '../proof.ts';
import { idOfApi, type Sight } from '../sight.ts';
import { type Site, siteOf, strengthOf } from '../sites.ts';
import { type Holder, heldRoles, isSharePoint } from './permissions.ts';

/** Roles for all sites that change something. Source: Microsoft's permissions reference. */
const changing = /^Sites\.(ReadWrite|Manage|FullControl)\.All$/;

/** What somebody may do on each site of SharePoint that is asked, or that the spec names: Sites.Selected alone opens none. */
export function siteLinks(sight: Sight, aim: IdentityAim, holder: Holder): Link[] {
  return wantedSites(aim).map(
    ({ service, ...site }): Link => ({
      link: holder.links.site,
      about: site.url,
      known: `Microsoft Graph shows who has rights on ${site.url}`,
      needs: [holder.links.permissions],
      look: () => rightOn(sight, aim, holder, site, service),
    }),
  );
}

/** A site, and the API whose permission opens it: SharePoint's own, or Graph where no address of SharePoint is asked there. */
interface WantedSite extends Site {
  readonly service: 'sharepoint' | 'graph';
}

/** With the right that the spec names; a site that is only asked is read, or changed by what is no reading. */
function wantedSites({ permissions, requests }: IdentityAim): WantedSite[] {
  const named = permissions.flatMap(({ api, sites }) =>
    sites.map((site): WantedSite => ({ ...site, service: idOfApi(api) === knownApis.graph.appId ? 'graph' : 'sharepoint' })),
  );
  const asked = requests.flatMap(({ url, method }) => {
    const address = url !== undefined && isSharePoint(url) ? siteAddress(new URL(url)) : undefined;
    // What is posted may be a reading too.
    const site = address === undefined ? undefined : siteOf(address, /^(PUT|PATCH|DELETE)$/.test(method) ? 'write' : 'read');
    return site ? [{ ...site, service: 'sharepoint' } as const] : [];
  });
  const sites = new Map<string, WantedSite>();
  for (const site of [...named, ...asked]) {
    const before = sites.get(site.url.toLowerCase());
    const { role } = before && strengthOf(before.role) >= strengthOf(site.role) ? before : site;
    const service = before?.service === 'sharepoint' ? 'sharepoint' : site.service;
    sites.set(site.url.toLowerCase(), { ...site, role, service });
  }
  return [...sites.values()];
}

function siteAddress({ origin, pathname }: URL): string {
  return origin + (/^\/(?:sites|teams|personal)\/[^/]+/i.exec(pathname)?.[0] ?? '');
}

async function rightOn(
  sight: Sight,
  aim: IdentityAim,
  holder: Holder,
  { url, graphId, role }: Site,
  service: WantedSite['service'],
): Promise<Finding> {
  const { tenant, words, key, setUp } = holder;
  const roles = await heldRoles(sight, holder, service);
  // Graph has many others besides.
  const everywhere = roles.filter((one) => one !== 'Sites.Selected' && (service === 'sharepoint' || one.startsWith('Sites.')));
  const enough = everywhere.find((one) => changing.test(one) || (role === 'read' && /^Sites\.\w+\.All$/.test(one)));
  if (enough !== undefined) return ok(`${enough} holds on all sites`);
  const others = everywhere.filter((one) => !/^Sites\.\w+\.All$/.test(one));
  if (!roles.includes('Sites.Selected') && others.length > 0)
    return unknown(`whether ${others.join(', ')} is enough there does not show`, 'A call tells: "certflow doctor --call".');
  if (!roles.includes('Sites.Selected'))
    return wrong(
      `${everywhere.join(', ')} gives no right to ${role === 'read' ? 'read' : 'change'} a site`,
      key === 'appRegistration'
        ? 'Write a permission that does into appRegistration.permissions, and have an administrator consent.'
        : 'Write a permission that does into managedIdentity.permissions, and have it given.',
      setUp(),
    );
  const siteId = await sight.site(tenant, graphId);
  if (siteId === undefined)
    return wrong('there is no such site in the tenant', 'Check its address in the spec.', setUp('--plan'));
  const held = (await sight.siteGrant(tenant, siteId, (await holder.principal())?.appId ?? ''))?.roles ?? [];
  if (held.some((one) => strengthOf(one) >= strengthOf(role))) return ok(`${words} has the right ${held.join(', ')} there`);
  const isNamed = aim.permissions.some(({ sites }) => sites.some((site) => site.url.toLowerCase() === url.toLowerCase()));
  return wrong(
    held.length === 0
      ? `${words} has Sites.Selected, and no right on this site`
      : `${words} has the right ${held.join(', ')} there, and needs ${role}`,
    isNamed
      ? 'Have it given by somebody who has full control of the site.'
      : `Name it under sites of the permission in the spec: { url: ${url}, role: ${role} }; then have it given.`,
    setUp(),
  );
}
