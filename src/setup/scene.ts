import type { Azure } from '../azure/azure.ts';
import {
  type Application,
  findApplications,
  findByUniqueName,
  findServicePrincipal,
  readApplication,
  type ServicePrincipal,
} from '../azure/graph.ts';
import type { SignedIn } from '../azure/signed-in.ts';
import { findCertificate } from '../azure/vault-certificates.ts';
import { findVault, type Vault } from '../azure/vaults.ts';
import type { KeyAndCertificate } from '../certificate/certificate.ts';
import { RefusedError } from '../diagnostics/errors.ts';
import { refuseSharedApplication } from '../spec/developer-machine.ts';
import { guid } from '../template-language/guid.ts';
import type { Wanted, WantedApplication, WantedToSignIn } from './wanted.ts';

/** By what Graph tells the registration that certflow makes for a name: there is never a second one. */
export function uniqueNameOf(displayName: string): string {
  return `certflow-${guid([displayName])}`;
}

/** The spec names an app registration that the tenant does not have. */
export class NoSuchApplication extends RefusedError {}

/** Throws a RefusedError where somebody is signed in to another tenant than that of the app registration. */
export function checkTenant({ tenantId }: SignedIn, tenant: string) {
  if (/^[0-9a-f-]{36}$/i.test(tenant) && tenantId !== '' && tenant.toLowerCase() !== tenantId.toLowerCase())
    throw new RefusedError(
      `You are signed in to the tenant ${tenantId}, and the app registration belongs to ${tenant}: sign in there (--tenant ${tenant}).`,
    );
}

/** A scene of an environment in Azure, or of a developer's machine. */
export type AnyScene = Scene<WantedToSignIn>;

/**
 * What the steps of one look or one run share: who asks for what, and what is known of it. Each thing is asked for once, when the first
 * step wants it; what a step makes, it puts here.
 */
export class Scene<Aim extends WantedToSignIn = Wanted> {
  readonly azure: Azure;
  readonly wanted: Aim;
  readonly me: SignedIn;
  /** A certificate from a file, which the vault is to hold, or with which a developer's machine signs in. */
  readonly given: KeyAndCertificate | undefined;
  /** Told what goes on: what it is about, and how it stands. */
  readonly tell: (about: string, state: string) => void;
  /** Told the client id that the spec lacks, once there is one. */
  readonly onClientId: (clientId: string) => void | Promise<void>;
  readonly #known = new Map<string, Promise<unknown>>();

  constructor(scene: Pick<Scene<Aim>, 'azure' | 'wanted' | 'me' | 'given' | 'tell' | 'onClientId'>) {
    ({
      azure: this.azure,
      wanted: this.wanted,
      me: this.me,
      given: this.given,
      tell: this.tell,
      onClientId: this.onClientId,
    } = scene);
  }

  vault(): Promise<Vault | undefined> {
    return this.#once('vault', async () => {
      const { vault } = this.wanted;
      return vault && findVault(this.azure, vault);
    });
  }

  setVault(vault: Vault) {
    this.#known.set('vault', Promise.resolve(vault));
  }

  /** DER of the certificate that signs in: the one given, or the newest in the vault. */
  certificate(): Promise<Buffer | undefined> {
    return this.#once('certificate', async () => {
      if (this.given) return this.given.certificate.raw;
      const { vault, certificate } = this.wanted;
      return vault && (await this.vault()) && (await findCertificate(this.azure, vault.name, certificate.name))?.der;
    });
  }

  setCertificate(der: Buffer) {
    this.#known.set('certificate', Promise.resolve(der));
  }

  /** The app registration, by client id or else by name. Throws a RefusedError where that does not tell which one is meant. */
  application(): Promise<Application | undefined> {
    return this.#once('application', async () => {
      const { application } = this.wanted;
      const found = application && (await this.#findApplication(application));
      const { spec, environment } = this.wanted;
      // Found by its name, it may be that of another environment.
      if (found) refuseSharedApplication(spec, environment, found.appId);
      return found && readApplication(this.azure, found.id);
    });
  }

  setApplication(application: Application) {
    this.#known.set('application', Promise.resolve(application));
  }

  /** The service principal of the app registration. */
  principal(): Promise<ServicePrincipal | undefined> {
    return this.#once('principal', async () => {
      const application = await this.application();
      return application && findServicePrincipal(this.azure, { appId: application.appId });
    });
  }

  setPrincipal(principal: ServicePrincipal) {
    this.#known.set('principal', Promise.resolve(principal));
  }

  async #findApplication({ tenant, clientId, displayName }: WantedApplication) {
    checkTenant(this.me, tenant);
    if (clientId !== undefined) {
      const [found] = await findApplications(this.azure, { appId: clientId });
      if (found) return found;
      throw new NoSuchApplication(
        `The tenant has no app registration ${clientId}, which the spec names. Mend appRegistration.clientId, or remove it: then one named "${displayName}" is found or made.`,
      );
    }
    const found = await findApplications(this.azure, { displayName });
    if (found.length > 1)
      throw new RefusedError(
        `The tenant has ${found.length} app registrations named "${displayName}" (${found.map(({ appId }) => appId).join(', ')}): write the one that is meant into the spec, as appRegistration.clientId.`,
      );
    // One that certflow has made keeps its unique name, whatever it is called now.
    return found[0] ?? findByUniqueName(this.azure, uniqueNameOf(displayName));
  }

  #once<Result>(key: string, ask: () => Promise<Result>): Promise<Result> {
    const known = this.#known.get(key) as Promise<Result> | undefined;
    if (known) return known;
    const asked = ask();
    this.#known.set(key, asked);
    return asked;
  }
}
