import { attempt } from './attempt.ts';
import type { Azure } from './azure.ts';
import { send } from './rest.ts';
import type { Token } from './try-sign-in.ts';

/**
 * Reads an address of an API as a workflow would, with a token for that API: at its own host and nowhere else, for no redirect is
 * followed. Where the cloud file says so, what stands in for the API is asked. Gives the status. Throws an AzureError for a refusal.
 */
export async function readFromApi(azure: Azure, address: string, { token }: Token): Promise<number> {
  const { origin, host, pathname, search } = new URL(address);
  const base = azure.profile.apis?.replace('{host}', host) ?? origin;
  azure.origins.addApi(base);
  const { status } = await attempt(azure, `reading ${origin}${pathname}`, () =>
    send(
      azure,
      { endpoint: base, audience: origin },
      { path: `${pathname}${search}`, isOpen: true, headers: { authorization: `Bearer ${token}` } },
    ),
  );
  return status;
}
