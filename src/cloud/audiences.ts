import { clouds, knownService } from './clouds.ts';

/** An audience as Entra wants it, with the reason where it is another one than was written; or why it cannot be one. */
export type AudienceReading =
  | { readonly audience: string; readonly mended?: string }
  | { readonly refused: string; readonly help: string };

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Reads what people write as the audience of an HTTP action. The action asks for a token by resource, so the audience is the
 * identifier of an API: not a scope (`…/.default`) and, for SharePoint, the root address and not a site.
 * What is certain is mended and said; a typing mistake is refused with the text that was probably meant.
 * Source: docs/facts/sign-in.md#audiences.
 */
export function readAudience(text: string): AudienceReading {
  const doubled = /^https?:\/\/(?=https?:\/\/)/i.exec(text);
  if (doubled) return refuse('the scheme stands there twice', `write ${text.slice(doubled[0].length)}`);
  if (/\s/.test(text)) return refuse('an audience holds no white space', `write ${text.replaceAll(/\s/g, '')}`);
  if (guid.test(text)) return { audience: text };

  const withoutScope = text.replace(/\/\.default$/i, '');
  const mendedScope =
    withoutScope === text ? undefined : 'an audience is the identifier of the API, not a scope such as /.default';
  if (/^api:\/\/./i.test(text)) return reading(withoutScope, mendedScope);

  const url = URL.canParse(withoutScope) ? new URL(withoutScope) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) {
    const host = /^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(withoutScope);
    return refuse(
      'an audience is the identifier of an API',
      host
        ? `write https://${withoutScope}`
        : 'write the address of the API (https://…), its application id URI (api://…) or its application id (a GUID)',
    );
  }
  if (url.search || url.hash) return refuse('an audience has no query and no fragment', `write ${url.origin}${url.pathname}`);

  const vault = serviceOfVault(url.hostname);
  if (vault !== undefined)
    return reading(vault, 'tokens for a vault are for Key Vault as a whole, not for the address of one vault (AADSTS500011)');
  const known = knownService(url.hostname);
  if (!known) return reading(withoutScope, mendedScope);
  if (url.protocol === 'http:') return refuse('Entra knows this API by its https address only', `write https://${url.host}`);
  const audience = `https://${url.host}`;
  if (url.pathname === '/')
    return reading(audience, mendedScope ?? (text === audience ? undefined : 'Entra knows this API without a final slash'));
  return reading(
    audience,
    known.service === 'sharepoint'
      ? 'the audience of SharePoint is the root address, not a site'
      : 'the audience of Microsoft Graph has no path',
  );
}

/** The audience of Key Vault, or of managed HSM, for the host of one vault; undefined for every other host. */
export function serviceOfVault(host: string): string | undefined {
  const dot = host.indexOf('.');
  const suffix = host.slice(dot + 1).toLowerCase();
  if (dot < 1 || !vaultSuffixes.has(suffix)) return undefined;
  return `https://${suffix}`;
}

const vaultSuffixes: ReadonlySet<string> = new Set([
  ...Object.values(clouds).flatMap(({ vaultSuffix }) => [vaultSuffix, vaultSuffix.replace(/^vault/, 'managedhsm')]),
]);

/** SharePoint Online as an application: every tenant knows it by this id. */
const sharePointId = /^00000003-0000-0ff1-ce00-000000000000(?:\/|$)/i;

/** Whether an audience is that of SharePoint: the address of a tenant, or the id of the service. */
export function isSharePointAudience(audience: string): boolean {
  if (sharePointId.test(audience)) return true;
  return URL.canParse(audience) && knownService(new URL(audience).hostname)?.service === 'sharepoint';
}

/** The audience that an address itself tells: the root of a SharePoint or Graph address. Undefined for every other API. */
export function audienceOfAddress(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const { protocol, host, hostname } = new URL(address);
  return protocol === 'https:' && knownService(hostname) ? `https://${host}` : undefined;
}

/**
 * APIs of Azure itself, by their audience: all of them take managed identities.
 * Source: Microsoft's page "Azure services that can use managed identities to access other services".
 */
export const azureAudiences: ReadonlySet<string> = new Set([
  'https://management.azure.com',
  'https://management.core.windows.net',
  'https://management.usgovcloudapi.net',
  'https://management.chinacloudapi.cn',
  'https://vault.azure.net',
  'https://vault.usgovcloudapi.net',
  'https://vault.azure.cn',
  'https://storage.azure.com',
  'https://database.windows.net',
  'https://servicebus.azure.net',
  'https://eventhubs.azure.net',
  'https://api.loganalytics.io',
]);

function reading(audience: string, mended: string | undefined): AudienceReading {
  return mended === undefined ? { audience } : { audience, mended };
}

function refuse(refused: string, help: string): AudienceReading {
  return { refused, help };
}
