import type { ServicePrincipal } from '../../azure/graph.ts';
import { knownApis } from '../../cloud/apis.ts';
import { knownService } from '../../cloud/clouds.ts';
import type { AimedRequest, SignInAim } from '../aim.ts';
import { certflow, commandOf } from '../command-line.ts';
import { type Finding, type Link, ok, wrong } from '../proof.ts';
import { idOfApi, isGuid, type Sight } from '../sight.ts';

/** The APIs that are asked, and what the app may do there: what the spec wants of each, and what its host cannot do without. */
export function permissionLinks(sight: Sight, aim: SignInAim): Link[] {
  const apis = [
    ...new Set([...aim.requests.map(({ audience }) => audience), ...aim.permissions.map(({ api }) => api)].map(idOfApi)),
  ];
  return apis.flatMap((api) => linksOfApi(sight, aim, api));
}

function linksOfApi(sight: Sight, aim: SignInAim, api: string): Link[] {
  const { tenant, line } = aim;
  const request = aim.requests.find(({ audience }) => idOfApi(audience) === api);
  const name = Object.values(knownApis).find(({ appId }) => appId === api)?.name ?? api;
  return [
    {
      link: 'API',
      about: name,
      known: `Microsoft Graph was asked for the service principal of ${name}`,
      needs: ['tenant'],
      look: async () => {
        const found = await sight.principal(tenant, api);
        if (found) return ok(`the tenant has it${found.displayName === '' ? '' : ` (${found.displayName})`}`);
        return wrong(
          `the tenant has no API of this name${request ? `, so that no token is given for ${request.audience}` : ''}`,
          'Check the audience; or have the owner of the API register it in this tenant.',
          isGuid(api)
            ? commandOf('az', 'ad', 'sp', 'create', '--id', api)
            : commandOf('az', 'ad', 'sp', 'list', '--filter', `servicePrincipalNames/any(n:n eq '${api.replaceAll("'", "''")}')`),
        );
      },
    },
    {
      link: 'permissions',
      about: name,
      known: `Microsoft Graph shows which application permissions on ${name} are consented to`,
      needs: ['API', 'service principal'],
      look: () => consented(sight, aim, { api, name, request }, certflow(line, 'setup', '--only', 'entra')),
    },
  ];
}

interface AskedApi {
  readonly api: string;
  readonly name: string;
  /** One that asks it. */
  readonly request: AimedRequest | undefined;
}

async function consented(sight: Sight, aim: SignInAim, { api, name, request }: AskedApi, setUp: string): Promise<Finding> {
  const { tenant, clientId = '' } = aim;
  const [offering, own] = await Promise.all([sight.principal(tenant, api), sight.principal(tenant, clientId)]);
  const granted = await sight.granted(tenant, own?.id ?? '');
  const held = rolesOn(offering, granted);
  const wanted = aim.permissions.filter((one) => idOfApi(one.api) === api).flatMap(({ roles }) => roles);
  const missing = wanted.filter((role) => !held.includes(role));
  if (missing.length > 0) {
    const elsewhere = await heldElsewhere(sight, aim, api, missing, granted);
    return wrong(
      `nobody has consented to ${missing.join(', ')} on ${name}${elsewhere}`,
      'Have an administrator consent: setup does it, or prints the message to one.',
      setUp,
    );
  }
  // Both let nobody in who has no role at all. Source: docs/facts/sign-in.md#what-apis-refuse.
  const isNeeded = request !== undefined && Object.values(knownApis).some(({ appId }) => appId === api);
  if (held.length === 0 && isNeeded)
    return wrong(
      `the app has no permission on ${name}, whose tokens are refused without one${await heldElsewhere(sight, aim, api, [], granted)}`,
      `Write what "${request.name}" needs into appRegistration.permissions, and have an administrator consent.`,
      setUp,
    );
  return ok(held.length === 0 ? 'none is asked for' : `${held.join(', ')}, with admin consent`);
}

function rolesOn(api: ServicePrincipal | undefined, granted: readonly { resourceId: string; appRoleId: string }[]): string[] {
  const here = granted.filter(({ resourceId }) => resourceId === api?.id);
  return [...(api?.roles ?? [])].filter(([, id]) => here.some(({ appRoleId }) => appRoleId === id)).map(([role]) => role);
}

/** SharePoint and Graph have permissions of the same names, which do not count at each other. */
async function heldElsewhere(
  sight: Sight,
  { tenant }: SignInAim,
  api: string,
  missing: readonly string[],
  granted: Parameters<typeof rolesOn>[1],
): Promise<string> {
  const other = Object.values(knownApis).find(({ appId }) => appId !== api);
  const isOfBoth = Object.values(knownApis).some(({ appId }) => appId === api);
  if (!other || !isOfBoth) return '';
  const there = rolesOn(await sight.principal(tenant, other.appId), granted).filter(
    (role) => missing.includes(role) || (missing.length === 0 && role.startsWith('Sites.')),
  );
  return there.length === 0 ? '' : `: ${there.join(', ')} is there on ${other.name}, which counts there alone`;
}

/** The roles that the app has on SharePoint's own API, or on Graph. */
export async function heldRoles(sight: Sight, { tenant, clientId = '' }: SignInAim, service: keyof typeof knownApis) {
  const [api, own] = await Promise.all([sight.principal(tenant, knownApis[service].appId), sight.principal(tenant, clientId)]);
  return rolesOn(api, await sight.granted(tenant, own?.id ?? ''));
}

/** Whether an address is one of SharePoint's. */
export function isSharePoint(url: string): boolean {
  return knownService(URL.parse(url)?.hostname ?? '')?.service === 'sharepoint';
}
