import { createCertificate, writePfx } from '../../src/certificate/index.ts';
import { workflowProblem } from '../../src/cli/workflow-problem.ts';
import type { EmulatorOptions } from '../../src/emulator/index.ts';
import { certflow } from '../cli/run.ts';
import { azure, ground } from '../emulator/azure.ts';
import { graph, keyCredential } from '../emulator/graph.ts';
import { emulator } from '../emulator/start.ts';
import { grant, vaultClients } from '../emulator/vaults.ts';
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

/** The same, with what an admin does beforehand: the certificate in the vault and on an app registration, with permission and consent. */
export async function readyCloud(options: EmulatorOptions = {}) {
  const started = await cloud({ validateWorkflow: workflowProblem, ...options });
  const { profile, clients } = started;
  await grant(clients, 'certificatesOfficer');
  const made = await createCertificate({ subject: 'CN=HR lists reader' });
  const pfx = writePfx(made);
  await vaultClients(profile).certificates.importCertificate('sharepoint-cert', pfx);
  const ask = graph(profile);
  const { body: application } = await ask('POST', '/applications', {
    displayName: 'HR',
    keyCredentials: [keyCredential(made.certificate)],
  });
  const { body: principal } = await ask('POST', '/servicePrincipals', { appId: application.appId });
  const [api] = (await ask('GET', `/servicePrincipals?$filter=appId eq '${sharePoint}'`)).body.value;
  await ask('POST', `/servicePrincipals/${principal.id}/appRoleAssignments`, {
    principalId: principal.id,
    resourceId: api.id,
    appRoleId: sitesSelected,
  });
  return {
    ...started,
    ask,
    /** What is secret: a part of the key as it travels. */
    canary: Buffer.from(pfx).toString('base64').slice(200, 260),
    applicationId: application.id as string,
    appRegistration: { tenantId: profile.signIn?.tenantId, clientId: application.appId },
  };
}

const sharePoint = '00000003-0000-0ff1-ce00-000000000000';
const sitesSelected = '20d37865-089c-4dee-8c41-6967602d4ac8';

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
