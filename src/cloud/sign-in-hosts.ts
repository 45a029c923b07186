/**
 * Hosts at which Entra ID gives tokens: those of today's clouds, and their other and older names. Source:
 * AzureAD/microsoft-authentication-library-for-js, lib/msal-common/src/authority/AuthorityMetadata.ts.
 */
const hosts: ReadonlySet<string> = new Set([
  'login.microsoftonline.com',
  'login.windows.net',
  'login.microsoft.com',
  'sts.windows.net',
  'login.microsoftonline.us',
  'login.usgovcloudapi.net',
  'login-us.microsoftonline.com',
  'login.partner.microsoftonline.cn',
  'login.chinacloudapi.cn',
  'login.microsoftonline.de',
]);

/** Of tenants for customers, each has a host of its own. Source: Microsoft, "Azure AD B2C" and "External ID", endpoints. */
const ofTenants = /^[^.]+\.(?:ciamlogin|b2clogin)\.com$/;

/** Whether a host name is one at which Entra ID gives tokens. */
export function isSignInHost(host: string): boolean {
  const name = host.toLowerCase();
  return hosts.has(name) || ofTenants.test(name);
}
