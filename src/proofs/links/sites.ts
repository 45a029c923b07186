import type { SignInAim } from '../aim.ts';
import { certflow } from '../command-line.ts';
import { type Finding, type Link, ok, unknown, wrong } from '../proof.ts';
import type { Sight } from '../sight.ts';
import { type Site, siteOf } from '../sites.ts';
import { heldRoles, isSharePoint } from './permissions.ts';

/** Rights on single sites, the weaker first. `owner` is what others call full control. */
const strengths = ['read', 'write', 'manage', 'fullcontrol', 'owner'];

/** Roles for all sites that change something. Source: Microsoft's permissions reference. */
const changing = /^Sites\.(ReadWrite|Manage|FullControl)\.All$/;

/** What the app may do on each site of SharePoint that is asked, or that the spec names: Sites.Selected alone opens none. */
export function siteLinks(sight: Sight, aim: SignInAim): Link[] {
  return wantedSites(aim).map(
    (site): Link => ({
      link: 'site',
      about: site.url,
      known: `Microsoft Graph shows who has rights on ${site.url}`,
      needs: ['permissions'],
      look: () => rightOn(sight, aim, site),
    }),
  );
}

/** With the right that the spec names; a site that is only asked is read, or changed by what is no reading. */
function wantedSites({ permissions, requests }: SignInAim): Site[] {
  const named = permissions.flatMap(({ sites }) => sites);
  const asked = requests.flatMap(({ url, method }) => {
    const address = url !== undefined && isSharePoint(url) ? siteAddress(new URL(url)) : undefined;
    // What is posted may be a reading too.
    return address === undefined ? [] : (siteOf(address, /^(PUT|PATCH|DELETE)$/.test(method) ? 'write' : 'read') ?? []);
  });
  const sites = new Map<string, Site>();
  for (const site of [...named, ...asked]) {
    const before = sites.get(site.url.toLowerCase());
    if (!before || strengthOf(site.role) > strengthOf(before.role)) sites.set(site.url.toLowerCase(), site);
  }
  return [...sites.values()];
}

function siteAddress({ origin, pathname }: URL): string {
  return origin + (/^\/(?:sites|teams|personal)\/[^/]+/i.exec(pathname)?.[0] ?? '');
}

async function rightOn(sight: Sight, aim: SignInAim, { url, graphId, role }: Site): Promise<Finding> {
  const { tenant, clientId = '', line } = aim;
  const roles = await heldRoles(sight, aim, 'sharepoint');
  const everywhere = roles.filter((one) => one !== 'Sites.Selected');
  const enough = everywhere.find((one) => changing.test(one) || (role === 'read' && /^Sites\.\w+\.All$/.test(one)));
  if (enough !== undefined) return ok(`${enough} holds on all sites`);
  const others = everywhere.filter((one) => !/^Sites\.\w+\.All$/.test(one));
  if (!roles.includes('Sites.Selected') && others.length > 0)
    return unknown(`whether ${others.join(', ')} is enough there does not show`, 'A call tells: certflow doctor --call.');
  if (!roles.includes('Sites.Selected'))
    return wrong(
      `${everywhere.join(', ')} gives no right to ${role === 'read' ? 'read' : 'change'} a site`,
      'Write a permission that does into appRegistration.permissions, and have an administrator consent.',
      certflow(line, 'setup', '--only', 'entra'),
    );
  const siteId = await sight.site(tenant, graphId);
  if (siteId === undefined)
    return wrong(
      'there is no such site in the tenant',
      'Check its address in the spec.',
      certflow(line, 'setup', '--plan', '--only', 'entra'),
    );
  const held = (await sight.siteGrant(tenant, siteId, clientId))?.roles ?? [];
  if (held.some((one) => strengthOf(one) >= strengthOf(role))) return ok(`the app has the right ${held.join(', ')} there`);
  const isNamed = aim.permissions.some(({ sites }) => sites.some((site) => site.url.toLowerCase() === url.toLowerCase()));
  return wrong(
    held.length === 0
      ? 'the app has Sites.Selected, and no right on this site'
      : `the app has the right ${held.join(', ')} there, and needs ${role}`,
    isNamed
      ? 'Have it given by somebody who has full control of the site.'
      : `Name it under sites of the permission in the spec: { url: ${url}, role: ${role} }; then have it given.`,
    certflow(line, 'setup', '--only', 'entra'),
  );
}

function strengthOf(role: string): number {
  return strengths.indexOf(role.toLowerCase());
}
