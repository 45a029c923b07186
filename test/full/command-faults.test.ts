import { expect, test } from 'vitest';
import { groundOf } from '../../src/cli/ground-of.ts';
import { addRoleAssignment } from '../../src/emulator/arm/role-assignments.ts';
import { deployerAppId } from '../../src/emulator/deployer.ts';
import { principalByAppId } from '../../src/emulator/entra/directory.ts';
import { faultKinds } from '../../src/emulator/http/faults.ts';
import type { Emulator } from '../../src/emulator/index.ts';
import { calledDuring, missed } from '../azure/requests.ts';
import { certflow as run } from '../cli/run.ts';
import { ground, subscription } from '../emulator/azure.ts';
import { emulator } from '../emulator/start.ts';
import { readyCloud, specFile } from '../integration/cloud.ts';
import { baseSpec, specOf } from '../specs.ts';
import { below, part } from '../sweep.ts';

const { consumption } = baseSpec.targets;
/** Milliseconds. A request that gets no answer is lost after five seconds, a hundred times what an answer takes. */
const delays = { poll: 1, retry: 1, answer: 5000 };
const appService = {
  appRegistration: { ...baseSpec.appRegistration, permissions: [{ api: 'sharepoint', roles: ['Sites.FullControl.All'] }] },
  targets: { appService: { subscription, resourceGroup: 'rg-web', site: 'app-contoso' } },
};

/** What was said of a fault is a sentence with what to do, and no mistake of certflow. */
function expectTold(about: unknown, { code, stdout, stderr }: Awaited<ReturnType<typeof run>>) {
  expect([about, [0, 1].includes(code), stderr + stdout]).toEqual([
    about,
    true,
    expect.not.stringContaining('mistake in certflow'),
  ]);
  if (code === 1) expect([about, stderr + stdout]).toEqual([about, expect.stringMatching(/\S/)]);
}

const logicApp = `/subscriptions/${subscription}/resourceGroups/rg-well/providers/Microsoft.Logic/workflows/hr-lists`;

/** Lets whoever looks read the certificate with its key, as doctor does. */
function letRead({ state }: Pick<Emulator, 'state'>) {
  const principalId = principalByAppId(state, deployerAppId)?.id ?? '';
  addRoleAssignment(state, { scope: `/subscriptions/${subscription}`, role: 'certificateUser', principalId });
}

/** A workflow that has run, in a group of its own. */
function specs({ appRegistration }: { readonly appRegistration: object }, group: string) {
  const targets = { consumption: { ...consumption, resourceGroup: group } };
  return {
    roles: specFile({ appRegistration, targets }),
    policies: specFile({ vault: { ...baseSpec.vault, name: 'kv-old', access: 'policy' }, targets }),
  };
}

test('the healthy run of each sweep sends what is said of it', async () => {
  const cloud = await readyCloud({ delays });
  letRead(cloud);
  await ground(cloud.clients, { isRbac: false, vault: 'kv-old' });
  const { roles, policies } = specs(cloud, 'rg-well');
  const started = await emulator({ delays, ground: groundOf(specOf(appService)) });
  const called = await calledDuring(async () => {
    // In the old vault is no certificate.
    for (const args of [
      ['deploy', roles, '--yes', '--run'],
      ['deploy', roles, '--plan'],
      ['status', roles],
      ['doctor', roles, '--call'],
      ['doctor', '--logic-app', logicApp],
      ['runs', 'list', roles],
      ['runs', 'show', 'latest', roles],
      ['runs', 'resubmit', 'latest', roles],
      ['destroy', roles, '--yes', '--include', 'vault'],
      ['deploy', policies, '--yes'],
      ['destroy', policies, '--yes'],
    ])
      expect([args, (await cloud.certflow(...args)).code]).toEqual([args, args[0] === 'deploy' && args[1] === policies ? 1 : 0]);
    expect((await run('deploy', specFile(appService), '--yes', '--cloud-file', started.cloudFile)).code).toBe(0);
  });
  expect(missed('swept', 'commands', called)).toEqual([]);
});

test.each(faultKinds)(
  'asking and starting, %s at every request in turn: told in a sentence, and the next time it goes',
  async (kind) => {
    const cloud = await readyCloud({ delays });
    letRead(cloud);
    const { certflow, requests, setFaults } = cloud;
    const { roles } = specs(cloud, 'rg-well');
    expect((await certflow('deploy', roles, '--yes', '--run')).code).toBe(0);
    for (const args of [
      ['deploy', roles, '--plan'],
      ['status', roles],
      ['doctor', roles, '--call'],
      ['doctor', '--logic-app', logicApp],
      ['runs', 'list', roles],
      ['runs', 'show', 'latest', roles],
      ['runs', 'resubmit', 'latest', roles],
    ]) {
      const before = requests().length;
      expect([args, (await certflow(...args)).code]).toEqual([args, 0]);
      for (const at of part(below(requests().length - before))) {
        setFaults([{ kind, at }]);
        expectTold([args, at], await certflow(...args));
        setFaults([]);
        expect([args, at, (await certflow(...args)).code]).toEqual([args, at, 0]);
      }
    }
  },
);

test.each(faultKinds)('removing, %s at every request in turn: told in a sentence, and the next run ends it', async (kind) => {
  const cloud = await readyCloud({ delays });
  const { certflow, clients, requests, setFaults } = cloud;
  await ground(clients, { isRbac: false, vault: 'kv-old' });
  for (const which of ['roles', 'policies'] as const) {
    const remove = async (group: string, at?: number) => {
      const spec = specs(cloud, group)[which];
      expect((await certflow('deploy', spec, '--yes')).stdout).toContain('hr-lists: deployed');
      const before = requests().length;
      if (at !== undefined) setFaults([{ kind, at }]);
      const result = await certflow('destroy', spec, '--yes');
      setFaults([]);
      return { spec, result, count: requests().length - before };
    };
    const { count, result } = await remove('rg-well');
    expect(result.code).toBe(0);
    for (const at of part(below(count))) {
      const { spec, result } = await remove(`rg-${which}-${at}`, at);
      expectTold([which, at], result);
      expect([which, at, (await certflow('destroy', spec, '--yes')).code]).toEqual([which, at, 0]);
    }
  }
});

test.each(['lost', 'forbidden', 'failedLate'] as const)(
  'an app, %s at every request in turn: told in a sentence, and the next run reaches the goal',
  async (kind) => {
    const deploy = async (at?: number) => {
      const { cloudFile, requests, setFaults } = await emulator({ delays, ground: groundOf(specOf(appService)) });
      const args = ['deploy', specFile(appService), '--yes', '--cloud-file', cloudFile];
      const before = requests().length;
      if (at !== undefined) setFaults([{ kind, at }]);
      const first = await run(...args);
      const count = requests().length - before;
      setFaults([]);
      return { first, count, again: await run(...args) };
    };
    const { count } = await deploy();
    for (const at of part(below(count))) {
      const { first, again } = await deploy(at);
      expectTold(at, first);
      expect([at, again.code, again.stdout]).toEqual([at, 0, expect.stringContaining('ok  Key Vault reference')]);
    }
  },
);
