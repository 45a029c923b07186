import { type CloudProfile, isOfCloud } from '../cloud/profile.ts';

/**
 * Where certflow sends requests of its own: to the hosts of the cloud, and to those of apps that Resource Manager has named (`findSite`).
 * Only there is a request repeated, and only there goes a token.
 */
export class Origins {
  readonly #profile: CloudProfile;
  readonly #apps = new Set<string>();

  constructor(profile: CloudProfile) {
    this.#profile = profile;
  }

  includes(address: string): boolean {
    return isOfCloud(this.#profile, address) || this.#apps.has(originOf(address));
  }

  /** Takes up the host of an API that is asked with a token for itself. Only `readFromApi` calls this. */
  addApi(address: string) {
    this.addApp(address);
  }

  /** Takes up the host at which an app is deployed. Only what reads an app from Resource Manager calls this. */
  addApp(address: string) {
    const origin = originOf(address);
    if (origin !== '') this.#apps.add(origin);
  }
}

/** `https://host`, with a port that is not 443; empty where the address is none. */
export function originOf(address: string): string {
  return URL.parse(address)?.origin ?? '';
}
