import { textOf } from '../json/json.ts';
import { attempt } from './attempt.ts';
import type { Azure } from './azure.ts';
import { AzureError } from './azure-error.ts';
import { send } from './rest.ts';

export interface Tenant {
  /** A GUID. */
  readonly id: string;
  /** The clock of the sign-in when it answered, milliseconds since 1970, where it says it. */
  readonly clock?: number;
}

/**
 * A tenant, by its id or one of its domains, as its sign-in describes itself to everybody; undefined where there is none. Source:
 * Microsoft's "OpenID Connect on the Microsoft identity platform", configuration document.
 */
export async function findTenant(azure: Azure, tenant: string): Promise<Tenant | undefined> {
  const { authority } = azure.profile;
  try {
    const { body, date } = await attempt(azure, `looking for the tenant ${tenant}`, () =>
      send(
        azure,
        { endpoint: authority, audience: authority },
        { path: `/${encodeURIComponent(tenant)}/v2.0/.well-known/openid-configuration`, isOpen: true },
      ),
    );
    const id = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/i.exec(textOf(body.issuer))?.[0] ?? '';
    return { id, ...(date === undefined ? {} : { clock: date }) };
  } catch (error) {
    // No such tenant, or a name that none can have. Codes: docs/facts/sign-in.md#codes-of-errors.
    if (error instanceof AzureError && /^AADSTS900(02|023)$/.test(error.code ?? '')) return undefined;
    throw error;
  }
}
