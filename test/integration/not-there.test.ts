import { expect, test } from 'vitest';
import { baseSpec } from '../specs.ts';
import { cloud, specFile } from './cloud.ts';

const { consumption } = baseSpec.targets;
const nowhere = '99999999-9999-4999-8999-999999999999';
const commands = [
  ['status'],
  ['destroy', '--yes'],
  ['deploy', '--plan'],
  ['deploy', '--yes'],
  ['runs', 'list'],
  ['runs', 'show', 'latest'],
];

test('a subscription that is not there is told by each command, and nothing passes for gone or to be deployed', async () => {
  const { certflow, writes } = await cloud();
  for (const targets of [
    { consumption: { ...consumption, subscription: nowhere } },
    { standard: { subscription: nowhere, resourceGroup: 'rg-flows', site: 'logic-contoso', location: 'westeurope' } },
  ])
    for (const args of commands.filter(([name]) => 'consumption' in targets || !['runs', 'destroy'].includes(name ?? ''))) {
      const { code, stdout, stderr } = await certflow(...args, specFile({ targets }));
      expect([args, code, stdout, stderr]).toEqual([
        args,
        1,
        '',
        expect.stringMatching(/SubscriptionNotFound: .*\n.*"az account list", and name the tenant with --tenant/),
      ]);
    }
  expect(writes()).toEqual([]);
});

test('a resource group that is not there is told by what asks for things in it, with its place in the spec', async () => {
  const { certflow, writes } = await cloud();
  const spec = specFile({ targets: { consumption: { ...consumption, resourceGroup: 'rg-none' } } });
  for (const args of [['status'], ['destroy', '--yes']]) {
    const { code, stdout, stderr } = await certflow(...args, spec);
    expect([args, code, stdout, stderr]).toEqual([
      args,
      1,
      '',
      expect.stringMatching(
        /certflow\.yaml:1:\d+: There is no resource group rg-none in the subscription 3.*\nCheck resourceGroup/,
      ),
    ]);
  }
  const runs = await certflow('runs', 'list', spec);
  expect([runs.code, runs.stderr]).toEqual([1, expect.stringMatching(/ResourceGroupNotFound: .*rg-none.*\nCheck the name/)]);
  expect(writes()).toEqual([]);
});
