import type { Azure } from '../azure/azure.ts';
import { type Application, findApplication, findServicePrincipal, listGrantedRoles } from '../azure/graph.ts';
import { whoIsSignedIn } from '../azure/signed-in.ts';
import { findSite, findSiteGrant } from '../azure/sites.ts';
import { findTenant, type Tenant } from '../azure/tenants.ts';
import { findCertificate } from '../azure/vault-certificates.ts';
import { findVault, placeOfVault } from '../azure/vaults.ts';
import { knownApis } from '../cloud/apis.ts';
import { knownService } from '../cloud/clouds.ts';
import { RefusedError } from '../diagnostics/errors.ts';

/**
 * What is seen in a cloud: each thing is asked for once, when the first link wants it, also where many specs share it. Of what a
 * deployment changes nothing is kept here.
 */
export class Sight {
  readonly azure: Azure;
  readonly #known = new Map<string, Promise<unknown>>();

  constructor(azure: Azure) {
    this.azure = azure;
  }

  /** Undefined where there is no such tenant. */
  tenant(tenant: string): Promise<Tenant | undefined> {
    return this.once(['tenant', tenant], () => findTenant(this.azure, tenant));
  }

  vault(id: string) {
    return this.once(['vault', id], () => findVault(this.azure, placeOfVault(id)));
  }

  certificate(vault: string, name: string, version?: string) {
    return this.once(['certificate', vault, name, version], () => findCertificate(this.azure, vault, name, version));
  }

  /** The app registration with its certificates. */
  application(tenant: string, clientId: string): Promise<Application | undefined> {
    return this.#inDirectory(tenant, ['application', clientId], async () =>
      isGuid(clientId) ? findApplication(this.azure, clientId) : undefined,
    );
  }

  /**
   * The service principal of an application, or of the API that an audience means. Without a tenant, here and below, that of whoever is
   * signed in.
   */
  principal(tenant: string | undefined, audience: string) {
    const by = idOfApi(audience);
    return this.#inDirectory(tenant, ['principal', by], () =>
      findServicePrincipal(this.azure, isGuid(by) ? { appId: by } : { identifier: by }),
    );
  }

  /** The service principal whose object id is known. */
  principalById(id: string) {
    return this.once(['principal by id', id], () => findServicePrincipal(this.azure, { id }));
  }

  granted(tenant: string | undefined, principalId: string) {
    return this.#inDirectory(tenant, ['granted', principalId], () => listGrantedRoles(this.azure, principalId));
  }

  /** A site's id in Graph. */
  site(tenant: string | undefined, graphId: string) {
    return this.#inDirectory(tenant, ['site', graphId], () => findSite(this.azure, graphId));
  }

  siteGrant(tenant: string | undefined, siteId: string, clientId: string) {
    return this.#inDirectory(tenant, ['site grant', siteId, clientId], () => findSiteGrant(this.azure, siteId, clientId));
  }

  /** Who looks. Throws an AzureError where nobody is signed in. */
  me() {
    return this.once(['me'], () => whoIsSignedIn(this.azure));
  }

  once<Result>(key: readonly unknown[], ask: () => Promise<Result>): Promise<Result> {
    const name = JSON.stringify(key);
    const asked = (this.#known.get(name) as Promise<Result> | undefined) ?? ask();
    this.#known.set(name, asked);
    return asked;
  }

  /** Graph tells of the tenant alone that one is signed in to: what is not there is elsewhere perhaps. */
  #inDirectory<Result>(tenant: string | undefined, key: readonly unknown[], ask: () => Promise<Result>): Promise<Result> {
    return this.once(['in', tenant, ...key], async () => {
      if (tenant === undefined) return ask();
      const [me, found] = await Promise.all([this.me(), this.tenant(tenant)]);
      if (found && me.tenantId !== '' && found.id.toLowerCase() !== me.tenantId.toLowerCase())
        throw new RefusedError(
          `you are signed in to the tenant ${me.tenantId}, and it is in ${found.id}\nSign in there: --tenant ${found.id}.`,
        );
      return ask();
    });
  }
}

/** Gives one sight of each cloud, for all that is looked at together. */
export function sharedSights(): (azure: Azure) => Sight {
  const sights = new Map<Azure, Sight>();
  return (azure) => {
    const sight = sights.get(azure) ?? new Sight(azure);
    sights.set(azure, sight);
    return sight;
  };
}

/** The id of Microsoft's own API behind an audience, which is the same in every tenant; any other audience as it is. */
export function idOfApi(audience: string): string {
  const service = knownService(URL.parse(audience)?.hostname ?? '')?.service;
  return service === undefined ? audience : knownApis[service].appId;
}

export function isGuid(text: string): boolean {
  return /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text);
}
