/** The Azure clouds and their addresses. Pure data; source: docs/facts/sign-in.md#clouds. */

export type CloudName = 'public' | 'usGovernment' | 'china';

export interface Cloud {
  readonly name: CloudName;
  /** Sign-in host, as `authority` of an HTTP action takes it: no path, no final slash. */
  readonly authority: string;
  /** What follows a vault's name in its host name. */
  readonly vaultSuffix: string;
  /** Hosts of Microsoft Graph. */
  readonly graphHosts: readonly string[];
  /** What follows a tenant's name in its SharePoint host names. */
  readonly sharePointSuffixes: readonly string[];
  /** Where the Azure portal is. */
  readonly portal: string;
  /** Where flows are made. For the US Government that of GCC High, the one that goes with its sign-in host. */
  readonly powerAutomatePortal: string;
  /** What `az cloud set` calls it. */
  readonly azureCliName: string;
}

export const clouds: Readonly<Record<CloudName, Cloud>> = {
  public: {
    name: 'public',
    authority: 'https://login.microsoftonline.com',
    vaultSuffix: 'vault.azure.net',
    graphHosts: ['graph.microsoft.com'],
    sharePointSuffixes: ['sharepoint.com'],
    portal: 'https://portal.azure.com',
    powerAutomatePortal: 'https://make.powerautomate.com',
    azureCliName: 'AzureCloud',
  },
  usGovernment: {
    name: 'usGovernment',
    authority: 'https://login.microsoftonline.us',
    vaultSuffix: 'vault.usgovcloudapi.net',
    graphHosts: ['graph.microsoft.us', 'dod-graph.microsoft.us'],
    sharePointSuffixes: ['sharepoint.us', 'sharepoint-mil.us'],
    portal: 'https://portal.azure.us',
    powerAutomatePortal: 'https://make.high.powerautomate.us',
    azureCliName: 'AzureUSGovernment',
  },
  china: {
    name: 'china',
    authority: 'https://login.partner.microsoftonline.cn',
    vaultSuffix: 'vault.azure.cn',
    graphHosts: ['microsoftgraph.chinacloudapi.cn'],
    sharePointSuffixes: ['sharepoint.cn'],
    portal: 'https://portal.azure.cn',
    powerAutomatePortal: 'https://make.powerautomate.cn',
    azureCliName: 'AzureChinaCloud',
  },
};

/** The Microsoft service that a host name belongs to and the cloud it is in, or undefined for any other host. */
export function knownService(host: string): { service: 'graph' | 'sharepoint'; cloud: Cloud } | undefined {
  const name = host.toLowerCase();
  for (const cloud of Object.values(clouds)) {
    if (cloud.graphHosts.includes(name)) return { service: 'graph', cloud };
    if (cloud.sharePointSuffixes.some((suffix) => name.endsWith(`.${suffix}`))) return { service: 'sharepoint', cloud };
  }
  return undefined;
}
