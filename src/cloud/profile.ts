import { type CloudName, clouds } from './clouds.ts';

/** A service: where it is asked, and the audience of the tokens that it takes (no path, no final slash; the scope is `<audience>/.default`). */
export interface ServiceAddress {
  readonly endpoint: string;
  readonly audience: string;
}

/** Where the commands that call Azure send their requests: a cloud of Microsoft's, or one that a file describes (`--cloud-file`). */
export interface CloudProfile {
  readonly name: string;
  /** Sign-in host, without path and final slash. */
  readonly authority: string;
  readonly resourceManager: ServiceAddress;
  readonly graph: ServiceAddress;
  /** `endpoint` is the address of a vault, with `{name}` in place of its name. */
  readonly vault: ServiceAddress;
  /** Where the APIs of workflows are asked, with `{host}` in place of their host; without it at their own addresses. */
  readonly apis?: string;
  /** PEM of a certificate authority that is trusted besides those of the machine. */
  readonly certificateAuthority?: string;
  /** Who signs in where the user names nobody: an app registration with its certificate (a PEM file with key and certificate). */
  readonly signIn?: { readonly tenantId: string; readonly clientId: string; readonly certificatePath: string };
  /**
   * Milliseconds between two looks at something that takes time, before a repeated request, and until a request without answer
   * counts as lost; without them those that suit Azure.
   */
  readonly delays?: { readonly poll: number; readonly retry: number; readonly answer?: number };
}

/** The service of one vault. */
export function vaultService({ vault }: CloudProfile, name: string): ServiceAddress {
  // A name never ends the host's part of the address.
  return { endpoint: vault.endpoint.replace('{name}', encodeURIComponent(name)), audience: vault.audience };
}

/** Whether an address is at one of the cloud's own hosts: of the sign-in, of Resource Manager, of Graph, or of any vault. */
export function isOfCloud(profile: CloudProfile, address: string): boolean {
  const origin = URL.parse(address)?.origin;
  if (origin === undefined) return false;
  const { authority, resourceManager, graph } = profile;
  const own = [authority, resourceManager.endpoint, graph.endpoint, vaultService(profile, 'name').endpoint];
  const inPlaceOfName = origin.replace(/^https:\/\/[^.:/]+/, 'https://name');
  return own.some((one) => [origin, inPlaceOfName].includes(new URL(one).origin));
}

/** Sources: Microsoft's national cloud pages (Azure Government and Azure China developer guides, "Microsoft Graph deployments"). */
const managementHosts: Readonly<Record<CloudName, string>> = {
  public: 'https://management.azure.com',
  usGovernment: 'https://management.usgovcloudapi.net',
  china: 'https://management.chinacloudapi.cn',
};

/** The profile of one of Microsoft's clouds. */
export function cloudProfile(name: CloudName): CloudProfile {
  const { authority, vaultSuffix, graphHosts } = clouds[name];
  const managementHost = managementHosts[name];
  const graphHost = `https://${graphHosts[0]}`;
  return {
    name,
    authority,
    resourceManager: { endpoint: managementHost, audience: managementHost },
    graph: { endpoint: graphHost, audience: graphHost },
    vault: { endpoint: `https://{name}.${vaultSuffix}`, audience: `https://${vaultSuffix}` },
  };
}
