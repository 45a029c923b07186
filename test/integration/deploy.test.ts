import { expect, test } from 'vitest';
import { baseSpec } from '../specs.ts';
import { cloud, specFile } from './cloud.ts';

const { consumption } = baseSpec.targets;
const inGroup = { ...consumption, resourceGroup: 'rg-flows' };
const target = { targets: { consumption: inGroup } };
const everyMorning = { trigger: { recurrence: { frequency: 'Day', interval: 1 } } };
const deployment = `PUT /subscriptions/${consumption.subscription}/resourcegroups/rg-flows/providers/Microsoft.Resources/deployments/certflow-hr-lists`;

test('a plan changes nothing, says all that would come, and ends with 3 only when asked to', async () => {
  const { certflow, writes } = await cloud();
  const spec = specFile(target);
  const { code, stdout } = await certflow('deploy', spec, '--plan');
  expect(code).toBe(0);
  expect(stdout).toContain('+ Key Vault connection keyvault-kv-contoso-dev  will be made');
  expect(stdout).toContain('+ Logic App hr-lists  will be made');
  expect(stdout).toContain('+ role Key Vault Secrets User on the key vault kv-contoso-dev  will be given to the identity');
  expect(stdout).toContain('= your rights in rg-flows and rg-shared  held');
  expect((await certflow('deploy', spec, '--what-if', '--exit-code')).code).toBe(3);
  expect(writes()).toEqual([]);
});

test('deployed and proven; a second time nothing is to do, and nothing is written', async () => {
  const { certflow, writes } = await cloud();
  const spec = specFile(target);
  const first = await certflow('deploy', spec, '--yes');
  expect([first.code, first.stdout]).toEqual([0, expect.stringContaining('hr-lists: deployed')]);
  for (const proof of [
    'state: hr-lists is enabled',
    'connection: keyvault-kv-contoso-dev is ready',
    'access to the vault: the identity may read kv-contoso-dev (Key Vault Secrets User)',
    'secrets: run history hides what it should',
  ])
    expect(first.stdout).toContain(`ok  ${proof}`);
  expect(writes()).toEqual([deployment]);
  const second = await certflow('deploy', spec, '--yes');
  expect([second.code, second.stdout]).toEqual([0, expect.stringContaining('Nothing to do: everything is as the spec says.')]);
  expect(second.stdout).toContain('hr-lists: unchanged');
  expect((await certflow('deploy', spec, '--plan', '--exit-code')).code).toBe(0);
  expect(writes()).toEqual([]);
});

test('without the resource group the plan comes from the template alone and says so; the group is made, then validated', async () => {
  const { certflow, requests } = await cloud();
  const spec = specFile();
  expect((await certflow('deploy', spec, '--plan')).stdout).toContain(
    'Made from the template alone: the resource group rg-flows-dev is not there yet.',
  );
  const { code } = await certflow('deploy', spec, '--yes');
  const steps = requests().map(({ method, url }) => `${method} ${new URL(url).pathname.split('/').at(-1)}`);
  expect(code).toBe(0);
  const [made, validated, deployed] = ['PUT rg-flows-dev', 'POST validate', 'PUT certflow-hr-lists'].map((step) =>
    steps.lastIndexOf(step),
  );
  expect([made !== -1, (made ?? 0) < (validated ?? 0), (validated ?? 0) < (deployed ?? 0)]).toEqual([true, true, true]);
});

test('a change is told property by property, without noise, and applied', async () => {
  const { certflow, clients } = await cloud();
  await certflow('deploy', specFile(target), '--yes');
  const changed = specFile({
    ...target,
    requests: [{ name: 'Get lists', url: 'https://contoso.sharepoint.com/sites/it/_api/web/lists' }],
  });
  const { stdout } = await certflow('deploy', changed, '--yes');
  expect(stdout).toContain(
    '~ Logic App hr-lists  will be changed\n      properties.definition.actions.Get_lists.inputs.uri: "https://contoso.sharepoint.com/sites/hr/_api/web/lists" → "https://contoso.sharepoint.com/sites/it/_api/web/lists"\n  = access',
  );
  expect(stdout).toContain('= Key Vault connection keyvault-kv-contoso-dev  stays as it is');
  const { definition } = await clients.logic.workflows.get('rg-flows', 'hr-lists');
  expect(definition.actions.Get_lists.inputs.uri).toContain('/sites/it/');
});

test('a workflow with a schedule is enabled only once its identity is seen to hold the role', async () => {
  const { certflow, requests } = await cloud();
  const { code, stdout } = await certflow('deploy', specFile({ ...target, ...everyMorning }), '--yes');
  expect([code, stdout]).toEqual([0, expect.stringContaining('ok  state: hr-lists is enabled')]);
  const put = requests().find(({ method, url }) => method === 'PUT' && url.includes('/deployments/certflow-hr-lists'));
  expect(JSON.parse(put?.body ?? '').properties.parameters.state).toEqual({ value: 'Disabled' });
  const order = requests().map(({ method, url }) => `${method} ${new URL(url).pathname}`);
  const enabled = order.findIndex((step) => step.endsWith('/workflows/hr-lists/enable'));
  const lastLook = order.findLastIndex((step, index) => index < enabled && step.includes('/roleAssignments'));
  expect([enabled > 0, lastLook > 0 && lastLook < enabled]).toEqual([true, true]);
});

test('with assignVaultRole: false a schedule stays off until others have given the role, and the next deployment turns it on', async () => {
  const { certflow, clients } = await cloud();
  const spec = specFile({ ...everyMorning, targets: { consumption: { ...inGroup, assignVaultRole: false } } });
  const first = await certflow('deploy', spec, '--yes');
  expect([first.code, first.stdout]).toEqual([
    1,
    expect.stringContaining('-   state: not looked at: it hangs on the access to the vault'),
  ]);
  const principalId = (await clients.logic.workflows.get('rg-flows', 'hr-lists')).identity?.principalId ?? '';
  expect(first.stdout).toContain(`Have its owner give ${principalId} the role "Key Vault Secrets User" on kv-contoso-dev`);
  const subscription = `subscriptions/${consumption.subscription}`;
  await clients.authorization.roleAssignments.create(
    `${subscription}/resourceGroups/rg-shared/providers/Microsoft.KeyVault/vaults/kv-contoso-dev`,
    '88888888-8888-8888-8888-888888888888',
    {
      roleDefinitionId: `/${subscription}/providers/Microsoft.Authorization/roleDefinitions/4633458b-17de-408a-b874-0445c86b69e6`,
      principalId,
      principalType: 'ServicePrincipal',
    },
  );
  const second = await certflow('deploy', spec, '--yes');
  expect([second.code, second.stdout]).toEqual([0, expect.stringContaining('properties.state: "Disabled" → "Enabled"')]);
  expect(second.stdout).toContain('ok  state: hr-lists is enabled');
});

test('a vault with access policies: the policy is given, seen and found again', async () => {
  const { certflow, writes } = await cloud({}, { isRbac: false });
  const spec = specFile({ ...target, ...everyMorning, vault: { ...baseSpec.vault, access: 'policy' } });
  expect((await certflow('deploy', spec, '--yes')).stdout).toContain(
    'the identity may read kv-contoso-dev (access policy with secrets: get)',
  );
  writes();
  expect((await certflow('deploy', spec, '--yes')).stdout).toContain('hr-lists: unchanged');
  expect(writes()).toEqual([]);
});

test('what the spec says of the vault is looked at before anything is changed, and told with its place', async () => {
  const { certflow, writes } = await cloud();
  const wrongWay = await certflow('deploy', specFile({ ...target, vault: { ...baseSpec.vault, access: 'policy' } }), '--yes');
  expect([wrongWay.code, wrongWay.stderr]).toEqual([
    1,
    expect.stringMatching(
      /certflow\.yaml:1:\d+: The key vault kv-contoso-dev lets people in by roles, but the spec says access: policy\.\nLeave access out/,
    ),
  ]);
  const missing = await certflow(
    'deploy',
    specFile({ ...target, vault: { name: 'kv-gone', resourceGroup: 'rg-shared' } }),
    '--yes',
  );
  expect(missing.stderr).toMatch(/certflow\.yaml:1:\d+: There is no key vault kv-gone in rg-shared\.\nCheck vault\.name/);
  expect(writes()).toEqual([]);
});

test('nobody can be asked without a terminal: nothing is changed, and the message says what to add', async () => {
  const { certflow, writes } = await cloud();
  const { code, stderr } = await certflow('deploy', specFile(target));
  expect([code, stderr]).toEqual([2, expect.stringContaining('Nobody can be asked here: add --yes')]);
  expect(writes()).toEqual([]);
});

test('several specs in several environments: one summary, and one that fails does not stop the rest', async () => {
  const { certflow } = await cloud();
  const environments = {
    dev: {},
    test: { targets: { consumption: { resourceGroup: 'rg-test' } } },
    bad: { vault: { name: 'kv-gone' }, targets: { consumption: { resourceGroup: 'rg-bad' } } },
  };
  const { code, stdout, stderr } = await certflow(
    'deploy',
    specFile({ ...target, environments }),
    '--yes',
    '-e',
    'dev',
    'test',
    'bad',
  );
  expect(code).toBe(1);
  expect(stdout).toContain('hr-lists in dev: deployed');
  expect(stdout).toContain('hr-lists in test: deployed');
  expect(stderr).toContain('hr-lists in bad: ');
  expect(stderr).toMatch(/2 deployed, 0 unchanged, 1 failed\nNext, .*\n {2}certflow deploy \S+ .*--run/);
});

test('two jobs that are one Logic App are refused', async () => {
  const { certflow } = await cloud();
  const { code, stderr } = await certflow(
    'deploy',
    specFile({ ...target, environments: { dev: {}, test: {} } }),
    '--yes',
    '-e',
    'dev',
    'test',
  );
  expect([code, stderr]).toEqual([2, expect.stringContaining('are the same Logic App: hr-lists in rg-flows')]);
});

test('with --json everything is one document', async () => {
  const { certflow } = await cloud();
  const { stdout } = await certflow('deploy', specFile(target), '--yes', '--json');
  expect(JSON.parse(stdout)).toMatchObject({
    deployments: [
      {
        spec: 'hr-lists',
        environment: '',
        outcome: 'deployed',
        plan: { hasChanges: true, source: 'azure' },
        proofs: expect.arrayContaining([
          expect.objectContaining({ link: 'connection', result: 'ok', known: expect.stringContaining('Resource Manager shows') }),
        ]),
      },
    ],
  });
});

test('a plan tells of the leak that the spec has ignored, also as JSON', async () => {
  const { certflow } = await cloud();
  const spec = specFile({
    ...target,
    actions: {
      Keep: {
        type: 'InitializeVariable',
        inputs: { variables: [{ name: 'kept', type: 'string', value: "@body('Get_secret')?['value']" }] },
        runAfter: { Get_lists: ['Succeeded'] },
      },
    },
    ignore: [{ rule: 'secret-in-run-history', reason: 'the vault of the lab' }],
  });
  const { code, stdout } = await certflow('deploy', spec, '--plan');
  expect([code, stdout]).toEqual([0, expect.stringMatching(/^ {2}! secret-in-run-history: .*"the vault of the lab"$/m)]);
  const [{ plan }] = JSON.parse((await certflow('deploy', spec, '--plan', '--json')).stdout).deployments;
  expect(plan.notes).toEqual([expect.objectContaining({ rule: 'secret-in-run-history', severity: 'info' })]);
});
