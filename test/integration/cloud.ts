import type { EmulatorOptions } from '../../src/emulator/index.ts';
import { certflow } from '../cli/run.ts';
import { azure, ground } from '../emulator/azure.ts';
import { emulator } from '../emulator/start.ts';
import { folderOf } from '../folder.ts';
import { baseSpec } from '../specs.ts';

/** A loopback Azure with the vault that the specs of these tests name, and certflow in front of it. */
export async function cloud(options: EmulatorOptions = {}, { isRbac = true } = {}) {
  const started = await emulator(options);
  const clients = azure(started.profile);
  await ground(clients, { isRbac });
  const folder = folderOf({});
  return {
    ...started,
    clients,
    /** Runs certflow as whoever the cloud file names. */
    certflow: (...args: string[]) => certflow(...args, '--cloud-file', started.cloudFile),
    /** The requests since the last call, as `PUT /path`; reading ones left out. */
    writes: writesSince(started.requests),
    folder,
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
