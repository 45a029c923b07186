import { expect, test } from 'vitest';
import { folderOf } from '../folder.ts';
import { baseSpec } from '../specs.ts';
import { cloud, specFile } from './cloud.ts';

const target = { targets: { consumption: { ...baseSpec.targets.consumption, resourceGroup: 'rg-flows' } } };

test('what a workflow has is listed and removed, the vault stays; a second time there is nothing', async () => {
  const { certflow, writes } = await cloud();
  const spec = specFile(target);
  await certflow('deploy', spec, '--yes');
  writes();
  const asked = await certflow('destroy', spec);
  expect([asked.code, asked.stderr]).toEqual([
    2,
    expect.stringContaining('Remove these 3 for good? Nobody can be asked here: add --yes'),
  ]);
  expect(asked.stdout).toBe(`hr-lists
  - access to the vault kv-contoso-dev  goes
  - Logic App hr-lists  goes
  - connection keyvault-kv-contoso-dev  goes
  = key vault kv-contoso-dev  stays: it holds the certificate; --include vault removes it
`);
  expect(writes()).toEqual([]);
  expect((await certflow('destroy', spec, '--yes')).code).toBe(0);
  expect(
    writes().map((write) => write.replace(/\/subscriptions.*\/(\w+\/[\w-]+)$/, '$1').replace(/\/[\da-f-]{36}$/, '')),
  ).toEqual(['DELETE roleAssignments', 'DELETE workflows/hr-lists', 'DELETE connections/keyvault-kv-contoso-dev']);
  const again = await certflow('destroy', spec, '--yes', '--json');
  expect(JSON.parse(again.stdout).workflows[0].found).toMatchObject([{ what: 'key vault', staysBecause: expect.any(String) }]);
  expect((await certflow('deploy', spec, '--yes')).code).toBe(0);
});

test('a connection that another workflow uses stays, unless it is named', async () => {
  const { certflow, clients } = await cloud();
  const spec = specFile(target);
  await certflow('deploy', spec, '--yes');
  await certflow('deploy', specFile({ ...target, name: 'another' }), '--yes');
  const { stdout } = await certflow('destroy', spec, '--yes');
  expect(stdout).toContain('= connection keyvault-kv-contoso-dev  stays: another also uses it; --include connection removes it');
  expect((await certflow('status', specFile({ ...target, name: 'another' }))).code).toBe(0);
  await certflow('destroy', spec, '--yes', '--include', 'connection');
  await expect(
    clients.resources.resources.getById(
      `subscriptions/${baseSpec.targets.consumption.subscription}/resourceGroups/rg-flows/providers/Microsoft.Web/connections/keyvault-kv-contoso-dev`,
      '2016-06-01',
    ),
  ).rejects.toThrow();
});

test('with --include vault the vault goes too', async () => {
  const { certflow, clients } = await cloud();
  await certflow('destroy', specFile(target), '--yes', '--include', 'vault');
  await expect(clients.vaults.vaults.get('rg-shared', 'kv-contoso-dev')).rejects.toThrow();
});

test('in a vault with access policies the policy is taken back', async () => {
  const { certflow, clients } = await cloud({}, { isRbac: false });
  const spec = specFile({ ...target, vault: { ...baseSpec.vault, access: 'policy' } });
  await certflow('deploy', spec, '--yes');
  const policies = async () => (await clients.vaults.vaults.get('rg-shared', 'kv-contoso-dev')).properties.accessPolicies;
  expect(await policies()).toHaveLength(1);
  expect((await certflow('destroy', spec, '--yes')).code).toBe(0);
  expect(await policies()).toEqual([]);
});

test('what several specs have together goes once with the last of them, also those of a folder', async () => {
  const { certflow, writes } = await cloud();
  const folder = folderOf({
    'flows/a.certflow.yaml': { ...baseSpec, ...target, name: 'flow-a' },
    'flows/b/certflow.yaml': { ...baseSpec, ...target, name: 'flow-b' },
  });
  expect((await certflow('deploy', `${folder}/flows`, '--yes')).code).toBe(0);
  const alone = await certflow('destroy', `${folder}/flows/a.certflow.yaml`);
  expect(alone.stdout).toContain('stays: flow-b also uses it');
  writes();
  const both = await certflow('destroy', `${folder}/flows`, '--yes');
  expect([both.code, both.stdout.match(/connection keyvault-kv-contoso-dev {2}goes/g)?.length]).toEqual([0, 2]);
  const gone = writes().map((write) => write.replace(/\/subscriptions.*\/(\w+)\/[\w-]+$/, '$1'));
  expect(gone.sort()).toEqual([
    'DELETE connections',
    'DELETE roleAssignments',
    'DELETE roleAssignments',
    'DELETE workflows',
    'DELETE workflows',
  ]);
});

test('where one of them cannot be removed, it keeps what they have together; the next run ends it', async () => {
  const { certflow, writes, setFaults } = await cloud();
  const specs = ['flow-a', 'flow-b'].map((name) => specFile({ ...target, name }));
  await certflow('deploy', ...specs, '--yes');
  writes();
  setFaults([{ kind: 'forbidden', method: 'DELETE', path: /workflows\/flow-b/ }]);
  const first = await certflow('destroy', ...specs, '--yes');
  expect([first.code, first.stderr]).toEqual([
    1,
    expect.stringMatching(/flow-b: Deleting the Logic App flow-b was refused \(403\)/),
  ]);
  expect(writes().filter((write) => /connections/.test(write))).toEqual([]);
  const again = await certflow('destroy', ...specs, '--yes');
  expect([again.code, writes().filter((write) => /connections/.test(write))]).toEqual([0, [expect.stringContaining('DELETE')]]);
});
