import type { WantedApplication } from './wanted.ts';

/** Where an administrator consents to all that an app registration asks for (Microsoft's "admin consent endpoint"). */
export function consentLink(authority: string, tenant: string, clientId: string): string {
  return `${authority}/${encodeURIComponent(tenant)}/adminconsent?client_id=${clientId}`;
}

/** The message to an administrator, to be sent as it is. */
export function consentRequest(
  { displayName, permissions, tenant }: WantedApplication,
  { clientId, authority, keptIn }: { readonly clientId: string; readonly authority: string; readonly keptIn: string },
): string {
  const asked = permissions.map(({ name, roles, sites }) => {
    const on = sites.length === 0 ? '' : ` (on ${sites.map(({ url, role }) => `${url}: ${role}`).join(', ')} alone)`;
    return `- ${roles.join(', ')} on ${name}${on}`;
  });
  return [
    `Please consent to the application permissions of the app registration "${displayName}" (client id ${clientId}):`,
    ...asked,
    `It signs in by itself, with a certificate that is in ${keptIn}; nobody signs in through it, and it has no client secret.`,
    `To consent, as Privileged Role Administrator: ${consentLink(authority, tenant, clientId)}`,
    'The page that follows may say that no reply address is registered: that is so, and the consent is given all the same.',
    'Or: Entra admin center, App registrations, the registration, API permissions, Grant admin consent.',
  ].join('\n');
}
