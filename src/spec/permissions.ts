import { knownService } from '../cloud/clouds.ts';
import type { SpecFile } from '../generated/spec-file.ts';
import { toPointer } from '../json/pointer.ts';
import { fixedAddress } from './addresses.ts';
import type { Findings } from './findings.ts';
import type { Layers } from './layers.ts';
import type { Permission } from './spec.ts';

/** The application id of SharePoint, the same in every tenant. */
const sharePointId = '00000003-0000-0ff1-ce00-000000000000';

/**
 * Rights that do not open what the requests call: each is a 403 of a workflow that signs in well. The app registration has those of requests
 * that sign in with the certificate, the managed identity those of its own. Nothing is said where no rights are.
 */
export function checkPermissions(layers: Layers, file: Partial<SpecFile>, findings: Findings) {
  checkPermissionsOf('appRegistration', 'entra', layers, file, findings);
  checkPermissionsOf('managedIdentity', 'managedIdentity', layers, file, findings);
}

function checkPermissionsOf(
  holder: 'appRegistration' | 'managedIdentity',
  way: 'entra' | 'managedIdentity',
  layers: Layers,
  file: Partial<SpecFile>,
  findings: Findings,
) {
  const permissions: readonly Permission[] = layers.get(holder)?.permissions ?? [];
  if (permissions.length === 0) return;
  for (const [index, { roles, sites }] of permissions.entries()) {
    if (!roles?.includes('Sites.Selected') || (sites ?? []).length > 0) continue;
    findings.warn(
      'spec-rights',
      `${layers.pointer(holder, 'permissions')}/${index}`,
      'Sites.Selected opens no site by itself',
      'name the sites: sites: [{ url: https://…/sites/…, role: read }]',
      'correctness',
    );
  }
  for (const [index, request] of (file.requests ?? []).entries()) {
    if ((request?.signIn ?? 'entra') !== way) continue;
    const url = layers.request(request.name ?? '')?.value.url ?? request.url;
    const address = url === undefined ? undefined : fixedAddress(url);
    const problem = address === undefined || !URL.canParse(address) ? undefined : problemOf(new URL(address), permissions);
    if (problem)
      findings.warn('spec-rights', toPointer(['requests', index, 'url']), problem.message, problem.help, 'correctness');
  }
}

function problemOf(url: URL, permissions: readonly Permission[]): { message: string; help: string } | undefined {
  if (knownService(url.hostname)?.service !== 'sharepoint') return undefined;
  const rights = permissions.filter(({ api }) => isSharePoint(api));
  if (rights.length === 0)
    return {
      message:
        "the request calls SharePoint's own API, and no right of SharePoint is among permissions: those of Microsoft Graph do not count there",
      help: 'add a right of SharePoint: { api: sharepoint, roles: [Sites.Selected], sites: [{ url: …, role: read }] }',
    };
  const sites = rights.flatMap(({ sites: named }) => named ?? []).map((site) => site.url);
  if (sites.length === 0 || rights.some(({ roles }) => roles?.some((role) => role !== 'Sites.Selected'))) return undefined;
  const called = siteOf(url);
  if (sites.some((site) => !URL.canParse(site) || siteOf(new URL(site)) === called)) return undefined;
  return {
    message: `the request calls ${called}, and the only right is on ${sites.join(', ')}`,
    help: `add { url: https://${called}, role: read } to sites, or call the other site`,
  };
}

function isSharePoint(api: string | undefined): boolean {
  const word = (api ?? '').toLowerCase();
  return (
    word === 'sharepoint' ||
    word === sharePointId ||
    (URL.canParse(word) && knownService(new URL(word).hostname)?.service === 'sharepoint')
  );
}

/** `contoso.sharepoint.com/sites/hr` of an address in that site; the host alone for the root site. */
function siteOf({ hostname, pathname }: URL): string {
  const site = /^\/(?:sites|teams|personal)\/[^/]+/i.exec(pathname)?.[0] ?? '';
  return (hostname + decodeURI(site)).toLowerCase();
}
