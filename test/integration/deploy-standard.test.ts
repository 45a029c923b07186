import { expect, test } from 'vitest';
import { readZipState } from '../../src/azure/zip-deployments.ts';
import { exportPackage, loadSpec } from '../../src/index.ts';
import { loopback, profileAt, signedIn } from '../azure/loopback.ts';
import { cloud, readyCloud, specFile } from './cloud.ts';
import { appOf, subscription } from './sites.ts';

const site = 'logic-contoso-dev';
const standard = { subscription, resourceGroup: 'rg-flows', location: 'westeurope', site };
const target = { targets: { standard } };
const everyMorning = { trigger: { recurrence: { frequency: 'Day', interval: 1 } } };

test('a new Logic App is made, the project sent, and the workflow healthy; a second time nothing is written', async () => {
  const { certflow, writes, requests, appRegistration } = await readyCloud();
  const spec = specFile({ ...target, appRegistration });
  const plan = await certflow('deploy', spec, '--plan');
  for (const line of [
    '+ storage account stlogiccontosodev  will be made',
    '+ Application Insights appi-logic-contoso-dev  will be made',
    '+ App Service plan plan-logic-contoso-dev  will be made',
    '+ app logic-contoso-dev  will be made',
    '+ workflow hr-lists  will be made',
  ])
    expect(plan.stdout).toContain(line);
  expect(writes()).toEqual([]);
  const first = await certflow('deploy', spec, '--yes');
  expect([first.code, first.stdout]).toEqual([0, expect.stringContaining('hr-lists: deployed')]);
  for (const proof of [
    'app: logic-contoso-dev is running',
    'settings: all 14 are as the spec says',
    'access to the vault: the identity may read kv-contoso-dev (Key Vault Secrets User)',
    'workflow: hr-lists is healthy',
    'secrets: run history hides what it should',
  ])
    expect(first.stdout).toContain(`ok  ${proof}`);
  // The zip is the one that export makes, and comes once the identity has its access.
  const order = requests().map(({ method, url }) => `${method} ${new URL(url).pathname}`);
  const sent = order.indexOf(`POST /scm/${site}/api/zipdeploy`);
  const lastLook = order.findLastIndex((step, index) => index < sent && step.includes('/roleAssignments'));
  expect([sent > 0, lastLook > 0]).toEqual([true, true]);
  const zip = exportPackage(await loadSpec(spec), { format: 'standard-project' });
  expect(Buffer.from(requests()[sent]?.body ?? '', 'latin1').equals(zip)).toBe(true);

  writes();
  const second = await certflow('deploy', spec, '--yes');
  expect([second.code, second.stdout]).toEqual([0, expect.stringContaining('hr-lists: unchanged')]);
  expect((await certflow('status', spec)).stdout).toContain('ok  workflow: hr-lists is healthy');
  expect(writes().filter((write) => !write.endsWith('/list'))).toEqual([]);
});

test('to a Logic App that is there: its settings stay, its identity is switched on, and a changed workflow is sent anew', async () => {
  const { certflow, clients, profile, appRegistration } = await readyCloud();
  const app = await appOf({ clients, profile }, site, { OTHER: 'stays' }, { kind: 'functionapp,workflowapp' });
  const existing = { targets: { standard: { ...standard, existingSite: true } }, appRegistration };
  const first = await certflow('deploy', specFile(existing), '--yes');
  expect([first.code, first.stdout]).toEqual([0, expect.stringContaining('identity.type: "None" → "SystemAssigned"')]);
  expect(await app.settings()).toMatchObject({
    OTHER: 'stays',
    WEBSITE_LOAD_USER_PROFILE: '1',
    keyVault_hr_lists_VaultUri: 'https://kv-contoso-dev.vault.azure.net/',
  });
  const changed = specFile({
    ...existing,
    requests: [{ name: 'Get lists', url: 'https://contoso.sharepoint.com/sites/it/_api/web' }],
  });
  const second = await certflow('deploy', changed, '--yes');
  expect([second.code, second.stdout]).toEqual([
    0,
    expect.stringContaining('~ workflow hr-lists  will be changed\n      hr-lists/workflow.json: changes'),
  ]);
  expect((await certflow('deploy', changed, '--yes')).stdout).toContain('hr-lists: unchanged');
});

test('a Logic App with other workflows is not sent a project that would remove them', async () => {
  const { certflow, writes, appRegistration } = await readyCloud();
  await certflow('deploy', specFile({ ...target, appRegistration }), '--yes');
  writes();
  const { code, stderr } = await certflow('deploy', specFile({ ...target, appRegistration, name: 'other' }), '--yes');
  expect([code, stderr]).toEqual([
    1,
    expect.stringMatching(
      /has other workflows, which sending this one would remove: hr-lists\.\nWrite all of them into one project/,
    ),
  ]);
  expect(writes()).toEqual([]);
});

test('a schedule does not start before its identity may read the vault', async () => {
  const { certflow, writes, appRegistration } = await readyCloud();
  const spec = specFile({ ...everyMorning, targets: { standard: { ...standard, assignVaultRole: false } }, appRegistration });
  const { code, stdout, stderr } = await certflow('deploy', spec, '--yes');
  expect([code, stdout]).toEqual([1, expect.stringContaining('NO  workflow: hr-lists is not in logic-contoso-dev')]);
  expect(stderr).toContain('is not sent: it would start without access to the vault');
  expect(writes().join()).not.toContain('zipdeploy');
});

test('a workflow that the runtime does not take is told in its words', async () => {
  const problem = { code: 'WorkflowTranslationFailed', message: 'The parameters are not valid.' };
  const { certflow } = await cloud({ validateWorkflow: (_, host) => (host === 'standard' ? problem : undefined) });
  const { code, stdout } = await certflow('deploy', specFile(target), '--yes');
  expect([code, stdout]).toEqual([
    1,
    expect.stringContaining(
      'NO  workflow: hr-lists is unhealthy (WorkflowTranslationFailed: The parameters are not valid.)\n       Mend what Azure names',
    ),
  ]);
});

test('where the project may not be sent, the reason is told, and the same command goes on from what is there', async () => {
  const { certflow, setFaults, appRegistration } = await readyCloud();
  const spec = specFile({ ...target, appRegistration });
  setFaults([{ kind: 'forbidden', path: /zipdeploy/ }]);
  const refused = await certflow('deploy', spec, '--yes');
  expect([refused.code, refused.stderr]).toEqual([
    1,
    expect.stringMatching(
      /Sending the project to localhost:\d+\/scm\/logic-contoso-dev was refused \(403\): AuthorizationFailed/,
    ),
  ]);
  const again = await certflow('deploy', spec, '--yes');
  expect([again.code, again.stdout]).toEqual([0, expect.stringContaining('+ workflow hr-lists  will be made')]);
  expect(again.stdout).toContain('ok  workflow: hr-lists is healthy');
});

test('a project that Azure takes and cannot unpack is told with its words', async () => {
  const answers = [
    { status: 202, body: { status: 2, status_text: 'Deploying' } },
    { status: 200, body: { status: 3, status_text: 'Failed', message: 'Disk is full' } },
    { status: 200, body: { status: 4, status_text: '' } },
  ];
  const { address, certificate } = await loopback(({ path }) => answers[Number(path.slice(1))] ?? 'reset');
  const azure = signedIn(profileAt(address, certificate));
  const states = [0, 1, 2].map((index) => readZipState(azure, azure.profile.resourceManager, `/${index}`));
  expect(await Promise.all(states)).toEqual([
    { state: 'under way', text: 'Deploying' },
    { state: 'failed', text: 'Failed; Disk is full' },
    { state: 'succeeded', text: '' },
  ]);
});

test('settings that may not be read cannot be told, and the workflow is deployed and proven all the same', async () => {
  const { certflow, setFaults, requests, appRegistration } = await readyCloud();
  const spec = specFile({ ...target, appRegistration });
  setFaults([{ kind: 'forbidden', path: /\/config\/appsettings\/list/, times: 1000 }]);
  const first = await certflow('deploy', spec, '--yes');
  expect([first.code, first.stdout]).toEqual([0, expect.stringContaining('ok  workflow: hr-lists is healthy')]);
  const hidden = [
    '?   settings: reading the settings of the app logic-contoso-dev was refused to you\n',
    'It takes Microsoft.Web/sites/config/list/action on the app',
  ];
  for (const words of hidden) expect(first.stdout).toContain(words);
  const status = await certflow('status', spec, '--json');
  expect(JSON.parse(status.stdout).workflows[0].proofs).toContainEqual(
    expect.objectContaining({ link: 'settings', result: 'cannot tell' }),
  );
  expect((await certflow('deploy', spec, '--plan')).stdout).toContain(
    '? settings of logic-contoso-dev  cannot be told beforehand',
  );
  expect(requests().length).toBeLessThan(150);
});

test.each(['forbidden', 'failedLate'] as const)(
  'files of the app that Azure does not show (%s) are not waited for, and are not called deployed',
  async (kind) => {
    const { certflow, setFaults, requests, appRegistration } = await readyCloud();
    const spec = specFile({ ...target, appRegistration });
    setFaults([{ kind, path: /\/workflowsconfiguration\/connections/, times: 1000 }]);
    const before = requests().length;
    const { code, stdout } = await certflow('deploy', spec, '--yes');
    expect([code, stdout]).toEqual([
      0,
      expect.stringMatching(/\? {3}values: Azure does not show connections\.json of logic-contoso-dev/),
    ]);
    expect(requests().length - before).toBeLessThan(150);
    expect((await certflow('deploy', spec, '--plan')).stdout).toContain('? workflow hr-lists  cannot be told beforehand');
  },
);
