import { groundOf } from '../../src/cli/ground-of.ts';
import type { EmulatorOptions } from '../../src/emulator/index.ts';
import { certflow, startCertflow } from '../cli/run.ts';
import { type Azure, azure, ground } from '../emulator/azure.ts';
import { graph } from '../emulator/graph.ts';
import { ready } from '../emulator/ready.ts';
import { emulator, type Remembering } from '../emulator/start.ts';
import { folderOf } from '../folder.ts';
import { baseSpec, specOf } from '../specs.ts';

/** That of the base spec, with a permission that its request needs. */
const appRegistration = {
  ...baseSpec.appRegistration,
  permissions: [{ api: 'sharepoint', roles: ['Sites.FullControl.All'] }],
};

/** A loopback Azure with the vault, certificate and app registration that the specs of these tests name, and certflow in front of it. */
export async function cloud(options: EmulatorOptions = {}, { isRbac = true } = {}): Promise<Cloud> {
  const started = await emulator({ ground: groundOf(specOf({ appRegistration })), ...options });
  const clients = azure(started.profile);
  await ground(clients, { isRbac });
  return inFront(started, clients);
}

type Cloud = ReturnType<typeof inFront>;

function inFront(started: Remembering, clients: Azure) {
  return {
    ...started,
    clients,
    /** Runs certflow as whoever the cloud file names. */
    certflow: (...args: string[]) => certflow(...args, '--cloud-file', started.cloudFile),
    /** The same, while it runs. */
    start: (...args: string[]) => startCertflow({}, ...args, '--cloud-file', started.cloudFile),
    /** The requests since the last call, as `PUT /path`; reading ones left out. */
    writes: writesSince(started.requests),
  };
}

/** The same, with what an admin does beforehand: the certificate in the vault and on an app registration, with permission and consent. */
export async function readyCloud(
  options: EmulatorOptions = {},
): Promise<Cloud & { canary: string; appRegistration: object; ask: ReturnType<typeof graph>; clientId: string }> {
  const { started, clients, pfx, clientId } = await ready(options);
  return {
    ...inFront(started, clients),
    clientId,
    ask: graph(started.profile),
    /** What is secret: a part of the key as it travels. */
    canary: Buffer.from(pfx).toString('base64').slice(200, 260),
    appRegistration: { tenantId: started.profile.signIn?.tenantId, clientId },
  };
}

function writesSince(requests: () => readonly { service: string; method: string; url: string }[]) {
  let from = requests().length;
  return () => {
    const all = requests();
    const found = all
      .slice(from)
      .filter(({ service, method, url }) => service === 'arm' && method !== 'GET' && !/\/(validate|whatIf)\?/i.test(url));
    from = all.length;
    return found.map(({ method, url }) => `${method} ${new URL(url, 'https://x').pathname}`);
  };
}

/** A spec file in a new folder; `overrides` take the place of what the base spec says. */
export function specFile(overrides: object = {}): string {
  return `${folderOf({ 'certflow.yaml': { ...baseSpec, ...overrides } })}/certflow.yaml`;
}
