import { createCertificate, writePfx } from '../../src/certificate/index.ts';
import { workflowProblem } from '../../src/cli/workflow-problem.ts';
import type { CloudProfile } from '../../src/cloud/profile.ts';
import type { EmulatorOptions } from '../../src/emulator/index.ts';
import { generate } from '../../src/index.ts';
import { specOf } from '../specs.ts';
import { type Azure, azure, ground } from './azure.ts';
import { graph, keyCredential } from './graph.ts';
import { emulator, type Remembering } from './start.ts';
import { grant, vaultClients } from './vaults.ts';

const sharePoint = '00000003-0000-0ff1-ce00-000000000000';
const sitesSelected = '20d37865-089c-4dee-8c41-6967602d4ac8';
export const request = { name: 'Get lists', url: 'https://contoso.sharepoint.com/sites/hr/_api/web/lists' };

export interface Ready {
  readonly started: Remembering;
  readonly profile: CloudProfile;
  readonly clients: Azure;
  readonly pfx: Uint8Array;
  /** Of the app registration that the workflow signs in as. */
  readonly clientId: string;
}

/** Everything that an admin does by hand: vault, certificate, app registration, permission, consent, rights on the sites. */
export async function ready(options: EmulatorOptions = {}): Promise<Ready> {
  const started = await emulator({ validateWorkflow: workflowProblem, ...options });
  const { profile } = started;
  const clients = azure(profile);
  await ground(clients);
  await grant(clients, 'certificatesOfficer');
  const made = await createCertificate({ subject: 'CN=HR lists reader' });
  const pfx = writePfx(made, { rounds: 2 });
  await vaultClients(profile).certificates.importCertificate('sharepoint-cert', pfx);
  const ask = graph(profile);
  const application = await ask('POST', '/applications', {
    displayName: 'HR lists reader',
    keyCredentials: [keyCredential(made.certificate)],
  });
  const principal = await ask('POST', '/servicePrincipals', { appId: application.body.appId });
  const [api] = (await ask('GET', `/servicePrincipals?$filter=appId eq '${sharePoint}'`)).body.value;
  await ask('POST', `/servicePrincipals/${principal.body.id}/appRoleAssignments`, {
    principalId: principal.body.id,
    resourceId: api.id,
    appRoleId: sitesSelected,
  });
  for (const site of ['contoso.sharepoint.com:/sites/hr', 'contoso.sharepoint.com:/sites/it', 'contoso.sharepoint.com'])
    await ask('POST', `/sites/${(await ask('GET', `/sites/${site}`)).body.id}/permissions`, {
      roles: ['write'],
      grantedToIdentities: [{ application: { id: application.body.appId, displayName: 'HR lists reader' } }],
    });
  return { started, profile, clients, pfx, clientId: application.body.appId };
}

/** Deploys the ARM template of a spec, as we generate it. */
export async function deploy({ deployments }: Azure, overrides: object) {
  const files = generate(specOf(overrides), { format: 'arm' });
  const json = (path: string) => JSON.parse(String(files.find((file) => file.path === path)?.contents));
  const properties = {
    mode: 'Incremental' as const,
    template: json('azuredeploy.json'),
    parameters: json('azuredeploy.parameters.json').parameters,
  };
  await deployments.deployments.createOrUpdate('rg-flows', 'd', { properties }, { updateIntervalInMs: 1 });
}

/** Runs the trigger and waits for the end. */
export async function run({ logic }: Azure, trigger = 'manual') {
  await logic.workflowTriggers.run('rg-flows', 'hr-lists', trigger);
  for (;;) {
    for await (const one of logic.workflowRuns.list('rg-flows', 'hr-lists')) {
      if (one.status === 'Running') break;
      const actions = [];
      for await (const action of logic.workflowRunActions.list('rg-flows', 'hr-lists', one.name ?? '')) actions.push(action);
      return { run: one, actions };
    }
  }
}
