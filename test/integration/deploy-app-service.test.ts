import { expect, test } from 'vitest';
import { groundOf } from '../../src/cli/ground-of.ts';
import { certflow } from '../cli/run.ts';
import { emulator } from '../emulator/start.ts';
import { baseSpec, specOf } from '../specs.ts';
import { readyCloud, specFile } from './cloud.ts';
import { appOf, subscription } from './sites.ts';

const site = 'app-contoso-dev';
const appService = { subscription, resourceGroup: 'rg-flows', site };
const target = { targets: { appService } };

test('settings come over those that are there, the identity is switched on, and App Service resolves the certificate; a second time nothing is written', async () => {
  const { certflow, writes, clients, profile, appRegistration } = await readyCloud();
  const app = await appOf({ clients, profile }, site, { OTHER: 'stays as it is', TenantId: 'an older one' });
  writes();
  const spec = specFile({ ...target, appRegistration });
  const plan = await certflow('deploy', spec, '--plan', '--exit-code');
  expect(plan.code).toBe(3);
  expect(plan.stdout).toContain('~ app app-contoso-dev  will be changed\n      identity.type: "None" → "SystemAssigned"');
  expect(plan.stdout).toContain('TenantId: changes (its values are not shown)');
  expect(plan.stdout).toContain('Certificate: "@Microsoft.KeyVault(SecretUri=https://kv-contoso-dev.va…" is new');
  expect(plan.stdout).not.toContain('an older one');
  expect(writes().filter((write) => !write.endsWith('/list'))).toEqual([]);

  const first = await certflow('deploy', spec, '--yes');
  expect([first.code, first.stdout]).toEqual([0, expect.stringContaining('hr-lists: deployed')]);
  for (const proof of [
    'app: app-contoso-dev is running',
    'settings: all 4 are as the spec says',
    'access to the vault: the identity may read kv-contoso-dev (Key Vault Secrets User)',
    'Key Vault reference: Certificate is resolved from kv-contoso-dev',
  ])
    expect(first.stdout).toContain(`ok  ${proof}`);
  expect(await app.settings()).toEqual({
    OTHER: 'stays as it is',
    TenantId: profile.signIn?.tenantId,
    ClientId: (appRegistration as { clientId: string }).clientId,
    Certificate: '@Microsoft.KeyVault(SecretUri=https://kv-contoso-dev.vault.azure.net/secrets/sharepoint-cert)',
    WEBSITE_LOAD_USER_PROFILE: '1',
  });

  writes();
  const second = await certflow('deploy', spec, '--yes');
  expect([second.code, second.stdout]).toEqual([0, expect.stringContaining('hr-lists: unchanged')]);
  expect((await certflow('status', spec)).stdout).toContain('ok  Key Vault reference');
  // Listing settings is a POST that changes nothing.
  expect(writes().filter((write) => !write.endsWith('/list'))).toEqual([]);
});

test('an app that is not there is told of before anything is done; existingSite: false makes it, with its plan', async () => {
  const { certflow, writes, appRegistration } = await readyCloud();
  const missing = await certflow('deploy', specFile({ ...target, appRegistration }), '--yes');
  expect([missing.code, missing.stderr]).toEqual([
    1,
    expect.stringMatching(
      /certflow\.yaml:1:\d+: There is no app app-contoso-dev in rg-flows\.\nCheck site, [\s\S]*existingSite: false/,
    ),
  ]);
  expect(writes()).toEqual([]);
  const spec = specFile({
    targets: { appService: { ...appService, existingSite: false, location: 'westeurope' } },
    appRegistration,
  });
  const made = await certflow('deploy', spec, '--yes');
  expect([made.code, made.stdout]).toEqual([0, expect.stringContaining('+ App Service plan plan-app-contoso-dev  will be made')]);
  expect(made.stdout).toContain('ok  Key Vault reference: Certificate is resolved');
  expect((await certflow('deploy', spec, '--yes')).stdout).toContain('hr-lists: unchanged');
});

test('a user-assigned identity comes beside the own one, and reads the references', async () => {
  const { certflow, clients, profile, appRegistration } = await readyCloud();
  const app = await appOf({ clients, profile }, site, {}, { identity: { type: 'SystemAssigned' } });
  const identity = `/subscriptions/${subscription}/resourceGroups/rg-id/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-app`;
  await clients.resources.resources.createOrUpdateById(identity.slice(1), '2023-01-31', { location: 'westeurope' });
  const spec = specFile({ targets: { appService: { ...appService, managedIdentity: identity } }, appRegistration });
  const { code, stdout } = await certflow('deploy', spec, '--yes');
  expect([code, stdout]).toEqual([0, expect.stringContaining('ok  Key Vault reference')]);
  const found = await app.get();
  expect([found.identity?.type, found.properties?.keyVaultReferenceIdentity]).toEqual(['SystemAssigned, UserAssigned', identity]);
  expect((await certflow('deploy', spec, '--yes')).stdout).toContain('hr-lists: unchanged');
});

test('a certificate that the vault does not have is told as a proof, with what to do', async () => {
  const { certflow, clients, profile, appRegistration } = await readyCloud();
  await appOf({ clients, profile }, site, {});
  const spec = specFile({ ...target, appRegistration, certificate: { name: 'gone' } });
  const { code, stdout } = await certflow('deploy', spec, '--yes');
  expect([code, stdout]).toEqual([
    1,
    expect.stringContaining('NO  Key Vault reference: Certificate is not resolved (SecretNotFound'),
  ]);
  expect(stdout).toMatch(/Have it made, or import it with --pfx\.\n +certflow setup \S+certflow\.yaml --cloud-file \S+\n/);
});

test('with assignVaultRole: false the settings come, and the proof says who has to give what', async () => {
  const { certflow, clients, profile, appRegistration } = await readyCloud();
  await appOf({ clients, profile }, site, {});
  const spec = specFile({ targets: { appService: { ...appService, assignVaultRole: false } }, appRegistration });
  const { code, stdout } = await certflow('deploy', spec, '--yes');
  expect([code, stdout]).toEqual([1, expect.stringContaining('ok  settings: ')]);
  expect(stdout).toMatch(/NO {2}access to the vault: .*\n.*Have its owner give [-\w]+ the role "Key Vault Secrets User"/);
  expect(stdout).toContain('Key Vault reference: not looked at: it hangs on the access to the vault, which is wrong');
});

test('the emulator has ready what a spec for an app that is there expects', async () => {
  const permissions = [{ api: 'sharepoint', roles: ['Sites.FullControl.All'] }];
  const appRegistration = { ...baseSpec.appRegistration, permissions };
  const spec = specOf({ ...target, appRegistration });
  const started = await emulator({ ground: groundOf(spec) });
  const args = ['deploy', specFile({ ...target, appRegistration }), '--yes', '--cloud-file', started.cloudFile];
  const { code, stdout } = await certflow(...args);
  expect([code, stdout]).toEqual([0, expect.stringContaining('ok  Key Vault reference: Certificate is resolved')]);
});

test('which target is meant, and what is there for Consumption only', async () => {
  const { certflow } = await readyCloud();
  const standard = { subscription, resourceGroup: 'rg-flows', location: 'westeurope', site: 'logic-contoso-dev' };
  const both = await certflow('deploy', specFile({ targets: { appService, standard } }), '--plan');
  expect([both.code, both.stderr]).toEqual([
    2,
    expect.stringContaining('certflow.yaml has the targets standard and app-service: say with --target'),
  ]);
  const unknown = await certflow('deploy', specFile(target), '--plan', '--target', 'web');
  expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining('consumption, standard, app-service')]);
  const none = await certflow('deploy', specFile(), '--plan', '--target', 'app-service');
  expect([none.code, none.stderr]).toEqual([1, expect.stringContaining('targets.appService.subscription is missing')]);
  const flow = await certflow(
    'deploy',
    specFile({ targets: { powerAutomate: { publisher: { name: 'contoso', prefix: 'cto' } } } }),
    '--plan',
  );
  expect([flow.code, flow.stderr]).toEqual([2, expect.stringMatching(/"certflow export \S+ --format solution/)]);
  const runs = await certflow('runs', 'list', specFile(target));
  expect([runs.code, runs.stderr]).toEqual([2, expect.stringContaining('goes to a web app, which has no runs')]);
  const run = await certflow('deploy', specFile(target), '--run', '--yes');
  expect([run.code, run.stderr]).toEqual([2, expect.stringContaining('for Logic Apps (Consumption) only')]);
  const twice = await certflow(
    'deploy',
    specFile({ ...target, environments: { dev: {}, test: {} } }),
    '--yes',
    '-e',
    'dev',
    'test',
  );
  expect([twice.code, twice.stderr]).toEqual([2, expect.stringContaining('are the same web app: app-contoso-dev in rg-flows')]);
});
