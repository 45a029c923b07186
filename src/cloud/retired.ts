/** A service that answers no more, and how a text shows that it is meant. Source: docs/facts/sign-in.md#retired. */
export interface RetiredService {
  readonly name: string;
  readonly ended: string;
  readonly help: string;
  readonly pattern: RegExp;
}

/** In a form, the slashes before a host may be written %2F. */
const startOfHost = String.raw`(?<=^|[^\w.-]|%2f)`;
const acsHosts = String.raw`[\w-]+\.accesscontrol\.(?:windows\.net|chinacloudapi\.cn|usgovcloudapi\.net|cloudapi\.de)`;

export const acs: RetiredService = {
  name: 'Azure ACS',
  ended: 'gives no tokens for SharePoint Online since 2 April 2026',
  help: 'sign in to Entra ID with a certificate: "type": "ActiveDirectoryOAuth" with pfx, and the address of SharePoint as audience',
  pattern: new RegExp(String.raw`${startOfHost}${acsHosts}(?![\w.-])|0ff1-ce00-000000000000(?:\/|%2f)[^\s@&%]*[@%]`, 'i'),
};

const azureAdGraph: RetiredService = {
  name: 'Azure AD Graph',
  ended: 'is retired since 2025',
  help: 'call Microsoft Graph instead: https://graph.microsoft.com, with that address as audience',
  pattern: new RegExp(
    String.raw`${startOfHost}graph\.(?:windows\.net|microsoftazure\.us|chinacloudapi\.cn|cloudapi\.de)(?![\w-]|\.[a-z])`,
    'i',
  ),
};

const germany: RetiredService = {
  name: 'Azure Germany',
  ended: 'was closed in 2021',
  help: 'write https://login.microsoftonline.com',
  pattern: new RegExp(String.raw`${startOfHost}login\.microsoftonline\.de(?![\w-]|\.[a-z])`, 'i'),
};

const services = [acs, azureAdGraph, germany];
/** One of these is in every text that names one: nearly all texts have none, and are passed over fast. */
const marks = /accesscontrol|0ff1-ce00|graph\.|online\.de/i;

/** No text that names one is shorter than this host of Azure AD Graph. */
const shortest = 'graph.cloudapi.de'.length;

/** The retired service that a text names, if any. */
export function retiredIn(text: string): RetiredService | undefined {
  return text.length >= shortest && marks.test(text) ? services.find(({ pattern }) => pattern.test(text)) : undefined;
}
