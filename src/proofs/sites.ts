/** A SharePoint site that an application gets rights on, besides the permission Sites.Selected. */
export interface Site {
  /** Without final slash. */
  readonly url: string;
  /** Its address in Graph: `<host>` for the root site, `<host>:/sites/<site>` for any other. */
  readonly graphId: string;
  readonly role: 'read' | 'write' | 'manage' | 'fullcontrol';
}

/** A site by its address, or undefined where that is none: https, no query. */
export function siteOf(url: string, role: Site['role']): Site | undefined {
  if (!URL.canParse(url)) return undefined;
  const { protocol, host, pathname, search, hash, username } = new URL(url);
  if (protocol !== 'https:' || search !== '' || hash !== '' || username !== '') return undefined;
  const path = pathname.replace(/\/+$/, '');
  return { url: `https://${host}${path}`, graphId: path === '' ? host : `${host}:${path}`, role };
}

/** Rights on single sites, the weaker first; each does what those before it do. `owner` is what others call full control. Source: Microsoft's Graph reference, "Create permission" on a site. */
const strengths = ['read', 'write', 'manage', 'fullcontrol', 'owner'];

/** How much a right on a site lets somebody do; less than any for one that nobody knows. */
export function strengthOf(role: string): number {
  return strengths.indexOf(role.toLowerCase());
}
