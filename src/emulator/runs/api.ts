import { knownService } from '../../cloud/clouds.ts';
import { siteIdOf } from '../graph/sites.ts';
import type { World } from '../world.ts';

/** A request to an API, with what its token says; without a token nobody has signed in. */
export interface ApiRequest {
  readonly method: string;
  readonly url: URL;
  readonly token?: { readonly audience: string; readonly appId: string; readonly roles: readonly string[] };
}

export interface ApiAnswer {
  readonly status: number;
  readonly body: object;
}

/**
 * What an API answers. None is there: nothing leaves the machine, and a good answer tells what was asked for and with which token. But
 * SharePoint and Graph let in by roles, and by rights on sites, as they do.
 * Source of what they refuse: docs/facts/sign-in.md#what-apis-refuse.
 */
export function answerOfApi(world: Pick<World, 'state'>, request: ApiRequest): ApiAnswer {
  const { method, url, token } = request;
  const service = knownService(url.hostname)?.service;
  const refused = service === undefined ? undefined : refusal(world, service, request);
  if (refused) return refused;
  return {
    status: 200,
    body: {
      emulated: true,
      method,
      url: url.href,
      ...(token && { audience: token.audience, appId: token.appId, roles: token.roles }),
    },
  };
}

function refusal(world: Pick<World, 'state'>, service: 'graph' | 'sharepoint', request: ApiRequest): ApiAnswer | undefined {
  const { url, token, method } = request;
  if (token === undefined) return error(401, 'InvalidAuthenticationToken', 'Access token is empty.');
  if (URL.parse(token.audience)?.hostname !== url.hostname)
    return error(
      401,
      'InvalidAuthenticationToken',
      `Access token validation failure. Invalid audience: the token is for '${token.audience}', not for ${url.hostname}.`,
    );
  if (token.roles.length === 0)
    return service === 'sharepoint'
      ? error(401, 'AccessDenied', 'Either scp or roles claim need to be present in the token.')
      : error(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.');
  const site = service === 'sharepoint' ? siteOfSharePoint(url) : siteOfGraph(url);
  if (site === undefined || mayUse(world, token, site, writes(method, url) ? 'write' : 'read')) return undefined;
  return service === 'sharepoint'
    ? error(
        403,
        '-2147024891, System.UnauthorizedAccessException',
        'Access denied. You do not have permission to perform this action or access this resource.',
      )
    : error(403, 'accessDenied', 'Access denied');
}

function error(status: number, code: string, message: string): ApiAnswer {
  return { status, body: { error: { code, message } } };
}

/** Roles for all sites, by what they are enough for. Source: Microsoft's permissions reference. */
const everywhere = {
  read: /^Sites\.(Read|ReadWrite|Manage|FullControl)\.All$/,
  write: /^Sites\.(ReadWrite|Manage|FullControl)\.All$/,
} as const;

function mayUse(
  { state }: Pick<World, 'state'>,
  { appId, roles }: NonNullable<ApiRequest['token']>,
  site: string,
  what: keyof typeof everywhere,
): boolean {
  if (roles.some((role) => everywhere[what].test(role))) return true;
  if (!roles.includes('Sites.Selected')) return false;
  const id = siteIdOf(site);
  const held = [...state.sitePermissions.values()].filter(
    (one) => one.siteId === id && one.application.id.toLowerCase() === appId.toLowerCase(),
  );
  return held.some((one) => one.roles.some((role) => what === 'read' || role.toLowerCase() !== 'read'));
}

/** Some readings are posted: searches, and what gives the digest of a form. */
function writes(method: string, { pathname }: URL): boolean {
  return !/^(GET|HEAD|OPTIONS)$/.test(method) && !/\/(contextinfo|postquery|getitems|renderlistdataasstream)$/i.test(pathname);
}

/** The site that an address of SharePoint is in. */
function siteOfSharePoint({ host, pathname }: URL): string {
  return `https://${host}${/^\/(?:sites|teams|personal)\/[^/]+/i.exec(pathname)?.[0] ?? ''}`;
}

/** The site that an address of Graph names by its path; others are not told apart. */
function siteOfGraph({ pathname }: URL): string | undefined {
  const [, host, path = ''] = /^\/(?:v1\.0|beta)\/sites\/([^/:]+\.[^/:]+)(?::(\/[^:]+))?/i.exec(pathname) ?? [];
  return host === undefined ? undefined : siteOfSharePoint(new URL(`https://${host}${path}`));
}
