import { expect, test } from 'vitest';
import { vaultClients } from '../emulator/vaults.ts';
import { baseSpec } from '../specs.ts';
import { until } from '../until.ts';
import { readyCloud, specFile } from './cloud.ts';

const target = { targets: { consumption: { ...baseSpec.targets.consumption, resourceGroup: 'rg-flows' } } };
const posting = { requests: [{ name: 'Send order', method: 'POST', url: 'https://contoso.sharepoint.com/_api/orders' }] };

test('a trial run is followed action by action, and its history shows nothing secret', async () => {
  const { certflow, appRegistration, requests, canary } = await readyCloud();
  const spec = specFile({ ...target, appRegistration });
  const { code, stdout, stderr } = await certflow('deploy', spec, '--yes', '--run');
  expect([code, stdout]).toEqual([
    0,
    expect.stringMatching(
      /run \S+: Succeeded.*\n {4}Succeeded {2}Get_secret {2}[\d.]+ s\n {4}Succeeded {2}Get_lists {2}[\d.]+ s\n {2}ok {2}secrets: run history hides them/,
    ),
  ]);
  expect(stderr).toContain('hr-lists: action Get_lists: Succeeded');
  // The certificate is nowhere but between vault and workflow.
  expect(`${stdout}${stderr}`).not.toContain(canary);
  expect(
    requests().filter(({ service, body, answer }) => service === 'arm' && `${body}${answer?.body}`.includes(canary)),
  ).toEqual([]);
});

test('a workflow whose settings were changed in the designer is told of, by its history and its status', async () => {
  const { certflow, appRegistration, clients } = await readyCloud();
  const spec = specFile({ ...target, appRegistration });
  await certflow('deploy', spec, '--yes');
  const workflow = await clients.logic.workflows.get('rg-flows', 'hr-lists');
  delete workflow.definition.actions.Get_secret.runtimeConfiguration;
  await clients.logic.workflows.createOrUpdate('rg-flows', 'hr-lists', workflow);
  const status = await certflow('status', spec);
  expect([status.code, status.stdout]).toEqual([1, expect.stringMatching(/NO {2}secrets: .*Get_secret/)]);
  const { code, stdout } = await certflow('deploy', spec, '--yes', '--run');
  expect([code, stdout]).toEqual([0, expect.stringContaining('runtimeConfiguration')]);
});

test('a vault that does not know the new role yet is asked again', async () => {
  const { start, appRegistration, setReplicationDelay } = await readyCloud();
  setReplicationDelay(3_600_000);
  const { said, ended } = start('deploy', specFile({ ...target, appRegistration }), '--yes', '--run');
  await until(() => said.stderr.includes('trying again'));
  setReplicationDelay(0);
  const { code, stdout, stderr } = await ended;
  expect([code, stdout]).toEqual([0, expect.stringContaining('Succeeded  Get_lists')]);
  expect(stderr).toContain('the vault does not know the role yet, which was given a moment ago: trying again, up to 10 minutes');
  expect(stdout).toMatch(/given a moment ago, the vault knows it by \d{4}-/);
});

test("a run that fails is told with Entra's code and its cure", async () => {
  const { certflow, appRegistration, ask, clientId } = await readyCloud();
  await ask('PATCH', `/applications(appId='${clientId}')`, { keyCredentials: [] });
  const spec = specFile({ ...target, appRegistration });
  const { code, stdout } = await certflow('deploy', spec, '--yes', '--run');
  expect([code, stdout]).toEqual([
    1,
    expect.stringMatching(
      /Failed {5}Get_lists {2}[\d.]+ s\n.*AADSTS700027.*\n {4}Run "certflow cert rotate \S+ --cloud-file \S+"/,
    ),
  ]);
  const shown = await certflow('runs', 'show', 'latest', spec);
  expect([shown.code, shown.stdout]).toEqual([
    1,
    expect.stringMatching(
      /^run \S+: Failed.*\n[\s\S]*AADSTS700027[\s\S]*Run "certflow cert rotate [^"]+": it puts the certificate/,
    ),
  ]);
  // What is named mends it.
  expect((await certflow('cert', 'rotate', spec, '--yes')).code).toBe(0);
  expect((await certflow('deploy', spec, '--yes', '--run')).code).toBe(0);
});

test('a certificate that has ended is told as ended', async () => {
  const { certflow, appRegistration, ask, clientId } = await readyCloud();
  const { body } = await ask('GET', `/applications(appId='${clientId}')?$select=keyCredentials`);
  const [{ key, type, usage, displayName, startDateTime }] = body.keyCredentials;
  const endDateTime = new Date(Date.parse(startDateTime) + 1000).toISOString();
  const ended = { key, type, usage, displayName, startDateTime, endDateTime };
  await ask('PATCH', `/applications(appId='${clientId}')`, { keyCredentials: [ended] });
  const { code, stdout } = await certflow('deploy', specFile({ ...target, appRegistration }), '--yes', '--run');
  expect([code, stdout]).toEqual([1, expect.stringMatching(/Run "certflow cert rotate [^"]+": it makes a new certificate/)]);
});

test.each([
  ['a disabled certificate', 'Operation get is not allowed on a disabled secret', /Enable it in the portal/],
  ['a firewall', 'Client address is not authorized', /under Networking of the vault/],
])('a refusal that no waiting mends starts one run, and its cure is told: %s', async (what, message, cure) => {
  const { certflow, appRegistration, clients, profile, requests } = await readyCloud();
  if (what === 'a firewall')
    await clients.vaults.vaults.update('rg-shared', 'kv-contoso-dev', { properties: { networkAcls: { defaultAction: 'Deny' } } });
  else {
    const { certificates } = vaultClients(profile);
    const { properties } = await certificates.getCertificate('sharepoint-cert');
    await certificates.updateCertificateProperties('sharepoint-cert', properties.version ?? '', { enabled: false });
  }
  // The role is young: this deployment gives it.
  const { code, stdout } = await certflow('deploy', specFile({ ...target, appRegistration }), '--yes', '--run');
  expect([code, stdout]).toEqual([
    1,
    expect.stringMatching(new RegExp(`Failed +Get_secret +[\\d.]+ s\n +Forbidden: ${message}`)),
  ]);
  expect(stdout).toMatch(cure);
  expect(requests().filter(({ url }) => /\/triggers\/manual\/run\?/.test(url))).toHaveLength(1);
});

test('a run that may change something is asked about first', async () => {
  const { certflow, appRegistration, requests } = await readyCloud();
  const spec = specFile({ ...target, ...posting, appRegistration });
  await certflow('deploy', spec, '--yes');
  const asked = await certflow('deploy', spec, '--run');
  expect([asked.code, asked.stderr]).toEqual([
    2,
    expect.stringContaining('The run may change something: POST Send order (hr-lists). Start it? Nobody can be asked here'),
  ]);
  expect(requests().filter(({ url }) => /\/triggers\/manual\/run/.test(url))).toEqual([]);
  expect((await certflow('deploy', spec, '--run', '--yes')).code).toBe(0);
});

test('runs are listed, shown, started again and cancelled', async () => {
  const { certflow, appRegistration } = await readyCloud();
  const spec = specFile({ ...target, appRegistration });
  await certflow('deploy', spec, '--yes', '--run');
  const { runs } = JSON.parse((await certflow('runs', 'list', spec, '--json')).stdout);
  expect(runs).toMatchObject([{ status: 'Succeeded', trigger: 'manual' }]);
  expect((await certflow('runs', 'list', spec)).stdout).toMatch(
    new RegExp(`^\\S{10} \\S{8} {2}Succeeded +[\\d.]+ s {2}${runs[0].id}\n$`),
  );
  expect((await certflow('runs', 'list', spec, '--status', 'Failed')).stderr).toContain('There are no such runs.');
  const again = await certflow('runs', 'resubmit', runs[0].id, spec);
  expect([again.code, again.stdout]).toEqual([0, expect.stringContaining(`${runs[0].id}: started again`)]);
  expect((await certflow('runs', 'cancel', runs[0].id, spec)).stdout).toBe(`${runs[0].id}: has ended already (Succeeded)\n`);
  const unknown = await certflow('runs', 'show', '08580000000000000000000000000CU00', spec);
  expect([unknown.code, unknown.stderr]).toEqual([
    1,
    expect.stringMatching(/"certflow runs list \S+ --cloud-file \S+" lists those that there are/),
  ]);
  const status = await certflow('status', spec);
  expect([status.code, status.stdout]).toEqual([0, expect.stringMatching(/^hr-lists\n( {2}ok {2}.*\n){10,} {2}run /)]);
});

test('a vault that refuses for good is told with its cure, and what was skipped without noise', async () => {
  const { certflow, appRegistration } = await readyCloud();
  const consumption = { ...target.targets.consumption, assignVaultRole: false };
  const { code, stdout } = await certflow('deploy', specFile({ targets: { consumption }, appRegistration }), '--yes', '--run');
  expect(code).toBe(1);
  expect(stdout).toMatch(
    /Failed {5}Get_secret {2}[\d.]+ s\n {15}Forbidden: Caller is not authorized.*\n {4}Skipped {4}Get_lists\n {4}Give it "Key Vault Secrets User"/,
  );
});
