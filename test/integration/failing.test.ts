import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createCertificate, writePfx } from '../../src/certificate/index.ts';
import { roleDefinitions } from '../../src/emulator/arm/roles.ts';
import { subscription } from '../emulator/azure.ts';
import { keyCredential } from '../emulator/graph.ts';
import { folderOf } from '../folder.ts';
import { baseSpec } from '../specs.ts';
import { until } from '../until.ts';
import { cloud, readyCloud, specFile } from './cloud.ts';

const consumption = { ...baseSpec.targets.consumption, resourceGroup: 'rg-flows' };
const target = { targets: { consumption } };
const identity = `/subscriptions/${subscription}/resourceGroups/rg-id/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-gone`;

test('what Microsoft.Logic refuses is told with the line of the spec, and nothing is changed', async () => {
  const { certflow, writes } = await cloud({
    validateWorkflow: () =>
      ({
        code: 'InvalidTemplate',
        message: "The template validation failed: 'The template action 'Get_lists' at line '1' and column '9' is not valid.'.",
      }) as never,
  });
  const { code, stderr } = await certflow('deploy', specFile(target), '--yes');
  expect([code, stderr]).toEqual([
    1,
    expect.stringMatching(
      /certflow\.yaml:1:\d+: Validating the Logic App hr-lists was refused \(400\): InvalidTemplate: .*\n.*Run "certflow check"/,
    ),
  ]);
  expect(writes()).toEqual([]);
});

test('a user-assigned identity that is not there is told before anything is changed, with its place in the spec', async () => {
  const { certflow, writes } = await cloud();
  const spec = specFile({ targets: { consumption: { ...consumption, managedIdentity: identity } } });
  const { code, stderr } = await certflow('deploy', spec, '--yes');
  expect([code, stderr]).toEqual([
    1,
    expect.stringMatching(/certflow\.yaml:1:\d+: There is no managed identity \/subscriptions.*id-gone\.\nCheck its resource id/),
  ]);
  expect(writes()).toEqual([]);
});

test("a deployment that fails late names the resource, Azure's own reason, and what to do; the next run goes on", async () => {
  const { certflow, setFaults } = await cloud();
  setFaults([{ kind: 'failedLate', method: 'PUT', path: /certflow-hr-lists/ }]);
  const failed = await certflow('deploy', specFile(target), '--yes');
  expect([failed.code, failed.stderr]).toEqual([
    1,
    expect.stringMatching(
      /The deployment certflow-hr-lists ended as Failed\.\n {2}Microsoft\.Resources\/deployments hr-lists-vault-access\n {4}InternalServerError: The server.*\n.*\nThen run the same command again/,
    ),
  ]);
  const again = await certflow('deploy', specFile(target), '--yes');
  expect([again.code, again.stdout]).toEqual([0, expect.stringContaining('= Logic App hr-lists  stays as it is')]);
});

test('what Azure cannot foresee is deployed from the template, and the plan says so', async () => {
  const { certflow, setFaults } = await cloud();
  setFaults([{ kind: 'forbidden', path: /\/whatIf\?/ }]);
  const { code, stdout } = await certflow('deploy', specFile(target), '--yes');
  expect([code, stdout]).toEqual([
    0,
    expect.stringContaining(
      'Made from the template alone: Azure cannot foresee it: Asking what the deployment certflow-hr-lists would change was refused (403)',
    ),
  ]);
  expect(stdout).toContain('? Logic App hr-lists  cannot be told beforehand');
});

test('a deployment that is under way is followed, and not started a second time', async () => {
  const { start, clients, writes, hold } = await cloud();
  const spec = specFile(target);
  const release = hold();
  const deployments = [start('deploy', spec, '--yes')];
  await until(() => isRunning(clients));
  deployments.push(start('deploy', spec, '--yes'));
  await until(() => deployments[1]?.said.stderr.includes('a deployment is under way already') === true);
  release();
  const [first, second] = await Promise.all(deployments.map(({ ended }) => ended));
  expect([first?.code, second?.code]).toEqual([0, 0]);
  expect(second?.stderr).toContain('a deployment is under way already, and is followed to its end');
  expect(second?.stdout).toContain('hr-lists: unchanged');
  expect(writes()).toHaveLength(1);
});

async function isRunning(clients: Awaited<ReturnType<typeof cloud>>['clients']) {
  const found = await clients.deployments.deployments.get('rg-flows', 'certflow-hr-lists').catch(() => undefined);
  return found?.properties?.provisioningState === 'Running';
}

test('whoever lacks rights is told which and where, before anything is changed', async () => {
  const { certflow, ask, clients, profile, writes } = await readyCloud();
  const folder = folderOf({});
  const made = await createCertificate({ subject: 'CN=deployer' });
  writeFileSync(`${folder}/deployer.pfx`, writePfx(made, { password: 'a canary password', rounds: 2 }));
  writeFileSync(`${folder}/password.txt`, 'a canary password\n');
  const { body: application } = await ask('POST', '/applications', {
    displayName: 'deployer',
    keyCredentials: [keyCredential(made.certificate)],
  });
  const { body: principal } = await ask('POST', '/servicePrincipals', { appId: application.appId });
  const give = (role: keyof typeof roleDefinitions, name: string) =>
    clients.authorization.roleAssignments.create(`subscriptions/${subscription}`, `90000000-0000-4000-8000-00000000000${name}`, {
      roleDefinitionId: `/subscriptions/${subscription}/providers/Microsoft.Authorization/roleDefinitions/${roleDefinitions[role].id}`,
      principalId: principal.id,
      principalType: 'ServicePrincipal',
    });
  await give('contributor', '1');
  writes();
  const signIn = [
    '--service-principal',
    application.appId,
    '--tenant',
    profile.signIn?.tenantId ?? '',
    '--certificate-file',
    `${folder}/deployer.pfx`,
    '--certificate-password-file',
    `${folder}/password.txt`,
  ];
  const { code, stdout, stderr } = await certflow('deploy', specFile(target), '--yes', ...signIn);
  expect([code, stderr]).toEqual([
    1,
    expect.stringMatching(
      /Whoever is signed in lacks rights that deploying hr-lists takes:\n {2}Microsoft\.Authorization\/roleAssignments\/write in rg-shared\nAsk an owner/,
    ),
  ]);
  expect(writes()).toEqual([]);
  expect(`${stdout}${stderr}`).not.toContain('canary');
  const left = specFile({ targets: { consumption: { ...consumption, assignVaultRole: false } } });
  expect((await certflow('deploy', left, '--yes', ...signIn)).stdout).toContain('hr-lists: deployed');
});
