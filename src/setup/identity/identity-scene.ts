import type { Azure } from '../../azure/azure.ts';
import { findServicePrincipal, type ServicePrincipal } from '../../azure/graph.ts';
import { findIdentity, type Identity } from '../../azure/identities.ts';
import { waitFor } from '../../azure/wait.ts';
import { RefusedError } from '../../diagnostics/errors.ts';
import type { IdentityHolder, WantedIdentity } from './wanted-identity.ts';

/** What the steps of one look or one run share of managed identities. Each thing is asked for once; what a step makes, it puts here. */
export class IdentityScene {
  readonly azure: Azure;
  readonly wanted: WantedIdentity;
  readonly #identities = new Map<string, Promise<Identity | undefined>>();
  readonly #principals = new Map<string, Promise<ServicePrincipal | undefined>>();

  constructor(azure: Azure, wanted: WantedIdentity) {
    this.azure = azure;
    this.wanted = wanted;
  }

  identity({ id }: IdentityHolder): Promise<Identity | undefined> {
    const asked = this.#identities.get(id) ?? findIdentity(this.azure, id);
    this.#identities.set(id, asked);
    return asked;
  }

  setIdentity({ id }: IdentityHolder, identity: Identity) {
    this.#identities.set(id, Promise.resolve(identity));
  }

  /** Who an identity is in the tenant; undefined while it is not there, or Graph does not know it yet. */
  async principal(holder: IdentityHolder): Promise<ServicePrincipal | undefined> {
    const id = (await this.identity(holder))?.principalId;
    if (id === undefined) return undefined;
    const asked = this.#principals.get(id) ?? findServicePrincipal(this.azure, { id });
    this.#principals.set(id, asked);
    return asked;
  }

  /** The same, waited for. Throws a RefusedError where there is no identity, and an AzureError where Graph does not come to know it. */
  async principalThere(holder: IdentityHolder): Promise<ServicePrincipal> {
    const id = (await this.identity(holder))?.principalId;
    if (id === undefined) throw new RefusedError(`This waits for ${holder.name}, which has no identity yet.`);
    const known = await this.principal(holder);
    if (known) return known;
    const found = await waitFor(
      this.azure,
      {
        waitingFor: `Microsoft Graph to know ${holder.name}`,
        limit: 5 * 60_000,
        whenOver: 'Run the same command again in some minutes: it goes on where it stopped.',
      },
      () => findServicePrincipal(this.azure, { id }),
    );
    this.#principals.set(id, Promise.resolve(found));
    return found;
  }
}
