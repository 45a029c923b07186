import type { ServicePrincipal } from '../../azure/graph.ts';
import { knownApis } from '../../cloud/apis.ts';
import { knownService } from '../../cloud/clouds.ts';
import { certflow, commandOf } from '../../next/command-line.ts';
import type { AimedRequest, IdentityAim, SignInAim } from '../aim.ts';
import { type Finding, type Link, ok, wrong } from '../proof.ts';
import { idOfApi, isGuid, type Sight } from '../sight.ts';

/** Who has permissions: an app registration, or a managed identity. */
export interface Holder {
  readonly words: 'the app' | 'the identity';
  /** Undefined for the tenant of whoever is signed in: an identity is in no other. */
  readonly tenant: string | undefined;
  readonly principal: () => Promise<ServicePrincipal | undefined>;
  /** The key of the spec under which its permissions stand. */
  readonly key: 'appRegistration' | 'managedIdentity';
  readonly links: {
    readonly principal: 'service principal' | 'identity';
    readonly permissions: 'permissions' | 'identity permissions';
    readonly site: 'site' | 'identity site';
  };
  /** The command that gives what is missing. */
  readonly setUp: (...options: readonly string[]) => string;
}

/** The app registration, as who has permissions. */
export function applicationAsHolder(sight: Sight, { tenant, clientId = '', line }: SignInAim): Holder {
  return {
    words: 'the app',
    tenant,
    principal: () => sight.principal(tenant, clientId),
    key: 'appRegistration',
    links: { principal: 'service principal', permissions: 'permissions', site: 'site' },
    setUp: (...options) => certflow(line, 'setup', ...options, '--only', 'entra'),
  };
}

/** The APIs that are asked, and what may be done there: what the spec wants of each, and what its host cannot do without. */
export function permissionLinks(sight: Sight, aim: IdentityAim, holder: Holder): Link[] {
  const apis = [
    ...new Set([...aim.requests.map(({ audience }) => audience), ...aim.permissions.map(({ api }) => api)].map(idOfApi)),
  ];
  return apis.flatMap((api) => linksOfApi(sight, aim, holder, api));
}

function linksOfApi(sight: Sight, aim: IdentityAim, holder: Holder, api: string): Link[] {
  const { tenant } = holder;
  const request = aim.requests.find(({ audience }) => idOfApi(audience) === api);
  const name = Object.values(knownApis).find(({ appId }) => appId === api)?.name ?? api;
  return [
    {
      link: 'API',
      about: name,
      known: `Microsoft Graph was asked for the service principal of ${name}`,
      ...(tenant !== undefined && { needs: ['tenant'] }),
      look: async () => {
        const found = await sight.principal(tenant, api);
        if (found && !found.isEnabled)
          return wrong(
            'it is disabled in the tenant: nobody gets a token for it',
            'Enable it (Entra admin center, Enterprise applications, Properties).',
            commandOf('az', 'ad', 'sp', 'update', '--id', found.appId, '--set', 'accountEnabled=true'),
          );
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
      link: holder.links.permissions,
      about: name,
      known:
        holder.key === 'appRegistration'
          ? `Microsoft Graph shows which application permissions on ${name} are consented to`
          : `Microsoft Graph shows which application permissions on ${name} the identity has`,
      needs: ['API', holder.links.principal],
      look: () => consented(sight, aim, holder, { api, name, request }),
    },
  ];
}

/** Source: docs/facts/managed-identity.md#tokens-are-kept. */
const giveToIdentity =
  'Have it given: setup does it. Where the identity has called the API before, its token without it is kept for up to a day.';

interface AskedApi {
  readonly api: string;
  readonly name: string;
  /** One that asks it. */
  readonly request: AimedRequest | undefined;
}

async function consented(sight: Sight, aim: IdentityAim, holder: Holder, { api, name, request }: AskedApi): Promise<Finding> {
  const { tenant, words, key, setUp } = holder;
  const isApp = key === 'appRegistration';
  const [offering, own] = await Promise.all([sight.principal(tenant, api), holder.principal()]);
  const granted = await sight.granted(tenant, own?.id ?? '');
  const held = rolesOn(offering, granted);
  const wanted = aim.permissions.filter((one) => idOfApi(one.api) === api).flatMap(({ roles }) => roles);
  const missing = wanted.filter((role) => !held.includes(role));
  if (missing.length > 0) {
    const elsewhere = await heldElsewhere(sight, holder, api, missing, granted);
    return wrong(
      isApp
        ? `nobody has consented to ${missing.join(', ')} on ${name}${elsewhere}`
        : `the identity has no ${missing.join(', ')} on ${name}${elsewhere}`,
      isApp ? 'Have an administrator consent: setup does it, or prints the message to one.' : giveToIdentity,
      setUp(),
    );
  }
  // Both let nobody in who has no role at all. Source: docs/facts/sign-in.md#what-apis-refuse.
  const isNeeded = request !== undefined && Object.values(knownApis).some(({ appId }) => appId === api);
  if (held.length === 0 && isNeeded)
    return wrong(
      `${words} has no permission on ${name}, whose tokens are refused without one${await heldElsewhere(sight, holder, api, [], granted)}`,
      `Write what "${request.name}" needs into ${key}.permissions, and ${isApp ? 'have an administrator consent' : 'have it given'}.`,
      setUp(),
    );
  if (isApp) return ok(held.length === 0 ? 'none is asked for' : `${held.join(', ')}, with admin consent`);
  return ok(held.length === 0 ? 'none is asked for' : held.join(', '));
}

function rolesOn(api: ServicePrincipal | undefined, granted: readonly { resourceId: string; appRoleId: string }[]): string[] {
  const here = granted.filter(({ resourceId }) => resourceId === api?.id);
  return [...(api?.roles ?? [])].filter(([, id]) => here.some(({ appRoleId }) => appRoleId === id)).map(([role]) => role);
}

/** SharePoint and Graph have permissions of the same names, which do not count at each other. */
async function heldElsewhere(
  sight: Sight,
  { tenant }: Holder,
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

/** The roles that somebody has on SharePoint's own API, or on Graph. */
export async function heldRoles(sight: Sight, { tenant, principal }: Holder, service: keyof typeof knownApis) {
  const [api, own] = await Promise.all([sight.principal(tenant, knownApis[service].appId), principal()]);
  return rolesOn(api, await sight.granted(tenant, own?.id ?? ''));
}

/** Whether an address is one of SharePoint's. */
export function isSharePoint(url: string): boolean {
  return knownService(URL.parse(url)?.hostname ?? '')?.service === 'sharepoint';
}
