import { expect, test } from 'vitest';
import { createCertificate, writePfx } from '../../src/certificate/index.ts';
import { workflowProblem } from '../../src/cli/workflow-problem.ts';
import type { CloudProfile } from '../../src/cloud/profile.ts';
import type { Emulator } from '../../src/emulator/index.ts';
import { generate } from '../../src/index.ts';
import { baseSpec, specOf } from '../specs.ts';
import { type Azure, azure, ground } from './azure.ts';
import { graph, keyCredential } from './graph.ts';
import { send } from './request.ts';
import { emulator } from './start.ts';
import { grant, vaultClients } from './vaults.ts';

const sharePoint = '00000003-0000-0ff1-ce00-000000000000';
const sitesSelected = '20d37865-089c-4dee-8c41-6967602d4ac8';
const request = { name: 'Get lists', url: 'https://contoso.sharepoint.com/sites/hr/_api/web/lists' };

interface Ready {
  readonly started: Emulator;
  readonly profile: CloudProfile;
  readonly clients: Azure;
  readonly pfx: Uint8Array;
}

/** Everything that an admin does by hand: vault, certificate, app registration, permission, consent. */
async function ready(): Promise<Ready & { clientId: string }> {
  const started = await emulator({ validateWorkflow: workflowProblem });
  const { profile } = started;
  const clients = azure(profile);
  await ground(clients);
  await grant(clients, 'certificatesOfficer');
  const made = await createCertificate({ subject: 'CN=HR lists reader' });
  const pfx = writePfx(made);
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
  return { started, profile, clients, pfx, clientId: application.body.appId };
}

async function deploy({ deployments }: Azure, overrides: object) {
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
async function run({ logic }: Azure, trigger = 'manual') {
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

test('a deployed workflow reads the certificate, signs in with it and calls the API; the secret is not in its history', async () => {
  const { profile, clients, clientId, pfx, started } = await ready();
  await deploy(clients, { appRegistration: { tenantId: profile.signIn?.tenantId, clientId } });
  const { run: ended, actions } = await run(clients);
  expect([ended.status, ...actions.map(({ name, status }) => [name, status])]).toEqual([
    'Succeeded',
    ['Get_secret', 'Succeeded'],
    ['Get_lists', 'Succeeded'],
  ]);
  const [secret, call] = actions;
  expect([secret?.inputsLink, secret?.outputsLink, call?.inputsLink]).toEqual([undefined, undefined, undefined]);
  const outputs = await send(profile, 'GET', call?.outputsLink?.uri ?? '');
  expect(outputs.body).toMatchObject({
    statusCode: 200,
    body: {
      method: 'GET',
      url: request.url,
      audience: 'https://contoso.sharepoint.com',
      roles: ['Sites.Selected'],
      appId: clientId,
    },
  });
  const management = started.requests().filter(({ service }) => service === 'arm' || service === 'logic');
  const canary = Buffer.from(pfx).toString('base64').slice(200, 260);
  expect(management.filter(({ answer }) => answer?.body.includes(canary))).toEqual([]);
});

test('without the role the vault refuses, and what comes after is skipped', async () => {
  const { profile, clients, clientId } = await ready();
  await deploy(clients, {
    appRegistration: { tenantId: profile.signIn?.tenantId, clientId },
    targets: { consumption: { ...baseSpec.targets.consumption, assignVaultRole: false } },
  });
  const { run: ended, actions } = await run(clients);
  expect(ended).toMatchObject({ status: 'Failed', code: 'ActionFailed' });
  expect(actions).toMatchObject([
    {
      name: 'Get_secret',
      status: 'Failed',
      code: 'Forbidden',
      error: { message: expect.stringContaining('Caller is not authorized') },
    },
    { name: 'Get_lists', status: 'Skipped', code: 'ActionSkipped' },
  ]);
});

test("a registration without the certificate is told by Entra's code", async () => {
  const { profile, clients, clientId } = await ready();
  const ask = graph(profile);
  await ask('PATCH', `/applications(appId='${clientId}')`, { keyCredentials: [] });
  await deploy(clients, { appRegistration: { tenantId: profile.signIn?.tenantId, clientId } });
  const { actions } = await run(clients);
  expect(actions[1]).toMatchObject({
    status: 'Failed',
    code: 'Unauthorized',
    error: { message: expect.stringContaining('AADSTS700027') },
  });
});
