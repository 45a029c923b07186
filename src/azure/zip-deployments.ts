import type { ServiceAddress } from '../cloud/profile.ts';
import { attempt, ifThere } from './attempt.ts';
import type { Azure } from './azure.ts';
import { send } from './rest.ts';

/** How a zip deployment stands. */
export interface ZipState {
  readonly state: 'under way' | 'succeeded' | 'failed';
  /** In Azure's words. */
  readonly text: string;
}

/**
 * Hands a zip to what deploys an app (`Site.deployments`), and gives the address where its deployment is followed. Source: Kudu's wiki,
 * "Deploying from a zip file or url", asynchronous deployment; `az logicapp deployment source config-zip` does the same, with a token for
 * Resource Manager.
 */
export async function sendZip(azure: Azure, service: ServiceAddress, zip: Uint8Array): Promise<string> {
  return attempt(azure, `sending the project to ${service.endpoint.replace('https://', '')}`, async () => {
    const body = { type: 'application/zip', bytes: zip };
    const { location } = await send(azure, service, { method: 'POST', path: '/api/zipdeploy?isAsync=true', body });
    return withTls(location ?? latestZip, service);
  });
}

/** Kudu makes the address of what it sees of the request, which is without TLS behind the front end (docs/facts/resource-manager.md#requests-and-answers). */
function withTls(address: string, { endpoint }: ServiceAddress): string {
  const url = URL.parse(address);
  const own = new URL(endpoint);
  return url?.protocol === 'http:' && url.hostname === own.hostname ? own.origin + url.pathname + url.search : address;
}

/** Where the deployment that an app had last is followed. */
export const latestZip = '/api/deployments/latest';

/** How a zip deployment stands. Source of the numbers: dotnet/sdk, DeploymentStatus (Failed 3, Success 4, Conflict 5, PartialSuccess 6, Cancelled -1). */
export async function readZipState(azure: Azure, service: ServiceAddress, path: string): Promise<ZipState> {
  return attempt(azure, 'reading how the deployment of the project stands', async () => {
    const { status, status_text: text, message } = (await send(azure, service, { path })).body;
    const words = [text, message].filter((one) => typeof one === 'string' && one !== '').join('; ');
    const state = status === 4 ? 'succeeded' : [-1, 3, 5, 6].includes(Number(status)) ? 'failed' : 'under way';
    return { state, text: words };
  });
}

/** Removes a folder of an app with all that is in it; one that is not there is no error. Source: Kudu's wiki, "REST API", VFS. */
export async function deleteFolder(azure: Azure, service: ServiceAddress, path: string): Promise<void> {
  await ifThere(
    attempt(azure, `removing ${path} of the app`, () =>
      send(azure, service, {
        method: 'DELETE',
        path: `/api/vfs/${path.split('/').map(encodeURIComponent).join('/')}/?recursive=true`,
        headers: { 'if-match': '*' },
      }),
    ),
  );
}
