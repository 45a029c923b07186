import { expect, test } from 'vitest';
import { connect } from '../../src/azure/azure.ts';
import { groundOf } from '../../src/cli/ground-of.ts';
import { carryOut, plan } from '../../src/deploy/deploy.ts';
import { targetOf } from '../../src/deploy/targets/target-of.ts';
import { RefusedError } from '../../src/diagnostics/errors.ts';
import { faultKinds } from '../../src/emulator/http/faults.ts';
import { setUp } from '../../src/setup/setup.ts';
import { anyCertificate } from '../certificate/tools.ts';
import { certflow } from '../cli/run.ts';
import { emulator } from '../emulator/start.ts';
import { specFile } from '../integration/cloud.ts';
import { withMoments } from '../setup/moments.ts';
import { tenantId, wholeSpec, world } from '../setup/world.ts';
import { baseSpec, specOf } from '../specs.ts';
import { below, part } from '../sweep.ts';

/** Milliseconds. A request that gets no answer is lost after five seconds, a hundred times what an answer takes. */
const delays = { poll: 1, retry: 1, answer: 5000 };
const { consumption } = baseSpec.targets;

/** A spec in two environments that share vault and registration, each with a group of its own. */
const twoOf = (group: string) => ({
  ...baseSpec,
  appRegistration: { ...baseSpec.appRegistration, permissions: [{ api: 'sharepoint', roles: ['Sites.FullControl.All'] }] },
  trigger: { recurrence: { frequency: 'Day', interval: 1 } },
  targets: { consumption },
  environments: {
    dev: { targets: { consumption: { resourceGroup: `${group}-dev` } } },
    prod: { targets: { consumption: { resourceGroup: `${group}-prod` } } },
  },
});

async function inFront() {
  const started = await emulator({ delays, ground: groundOf(specOf(twoOf('rg'))) });
  const run = async (command: string, spec: string, ...args: string[]) => {
    const before = started.requests().length;
    const result = await certflow(command, spec, ...args, '--json', '--cloud-file', started.cloudFile);
    return { ...result, count: started.requests().length - before };
  };
  return { ...started, run };
}

type Result = { readonly deployments?: readonly { readonly outcome: string; readonly error?: string }[] };

/** What went wrong is a sentence with what to do, and no mistake of certflow. */
function expectTold(about: unknown, { code, stdout, stderr }: { code: number; stdout: string; stderr: string }) {
  expect([about, [0, 1].includes(code), stdout + stderr]).toEqual([
    about,
    true,
    expect.not.stringContaining('mistake in certflow'),
  ]);
  for (const { error } of (JSON.parse(stdout) as Result).deployments ?? [])
    if (error !== undefined)
      expect([about, error.split('\n').length]).toEqual([about, expect.toSatisfy((lines: number) => lines >= 2)]);
}

const both = ['-e', 'dev', 'prod'];

test.each(faultKinds)(
  'two environments side by side, %s at every request in turn: the other one arrives, and the next run reaches both',
  async (kind) => {
    const { run, setFaults } = await inFront();
    const { count, code } = await run('deploy', specFile(twoOf('rg-well')), ...both, '--yes');
    expect(code).toBe(0);
    for (const at of part(below(count))) {
      const spec = specFile(twoOf(`rg-${at}`));
      setFaults([{ kind, at }]);
      const first = await run('deploy', spec, ...both, '--yes');
      setFaults([]);
      expectTold([kind, at], first);
      const again = await run('deploy', spec, ...both, '--yes');
      expect([at, again.code, again.stdout]).toEqual([at, 0, expect.stringContaining('"result": "ok"')]);
      const last = JSON.parse((await run('deploy', spec, ...both, '--yes')).stdout) as Result;
      expect([at, last.deployments?.map(({ outcome }) => outcome)]).toEqual([at, ['unchanged', 'unchanged']]);
    }
  },
);

test.each(faultKinds)(
  'two who deploy the same at once, %s at every request in turn: each is told, and the next run finds one deployment',
  async (kind) => {
    const { run, setFaults } = await inFront();
    const { count } = await run('deploy', specFile(twoOf('rg-well')), '-e', 'dev', '--yes');
    // Both of them ask.
    for (const at of part(below(count * 2))) {
      const spec = specFile(twoOf(`rg-${at}`));
      setFaults([{ kind, at }]);
      const results = await Promise.all([0, 1].map(() => run('deploy', spec, '-e', 'dev', '--yes')));
      setFaults([]);
      for (const result of results) expectTold([kind, at], result);
      expect([at, (await run('deploy', spec, '-e', 'dev', '--yes')).code]).toEqual([at, 0]);
      const last = JSON.parse((await run('deploy', spec, '-e', 'dev', '--yes')).stdout) as Result;
      expect([at, last.deployments?.map(({ outcome }) => outcome)]).toEqual([at, ['unchanged']]);
      expect([at, (await run('status', spec, '-e', 'dev')).code]).toEqual([at, 0]);
    }
  },
);

test('at every moment of a deployment somebody changes the Logic App in the designer, or removes it: it is told, and the next run mends it', async () => {
  const { profile, state } = await inFront();
  const azure = connect(profile, { application: 'certflow-test' });
  const deploy = async (group: string, at: (moment: number) => Promise<void>) => {
    const target = targetOf(specOf(twoOf(group)), 'dev');
    const through = withMoments(azure, at);
    const made = await plan(through, target, () => {}, { followRunning: true });
    return carryOut(through, made, { progress: () => {}, run: false });
  };
  let most = 0;
  await deploy('rg-well', async (moment) => {
    most = Math.max(most, moment);
  });
  expect(most).toBeGreaterThan(30);
  for (const moment of part(below(most))) {
    const group = `rg-${moment}`;
    // There already: what somebody changes is that of an earlier deployment.
    await deploy(group, async () => {});
    const id =
      `/subscriptions/${consumption.subscription}/resourceGroups/${group}-dev/providers/Microsoft.Logic/workflows/hr-lists`.toLowerCase();
    await deploy(group, async (now) => {
      if (now !== moment) return;
      const there = state.resources.get(id);
      if (!there || moment % 2 === 0) state.resources.delete(id);
      else state.resources.set(id, { ...there, properties: { ...there.properties, state: 'Disabled' } });
    }).catch((error: unknown) => expect([moment, error]).toEqual([moment, expect.any(RefusedError)]));
    const { proofs } = await deploy(group, async () => {});
    expect([moment, proofs.filter(({ result }) => result !== 'ok')]).toEqual([moment, []]);
  }
});

/** Two environments of a set-up that share the registration and have a vault each. */
const twoToSetUp = (number: number) =>
  specOf({
    ...baseSpec,
    ...wholeSpec,
    appRegistration: { tenantId, displayName: `HR ${number}`, permissions: wholeSpec.appRegistration.permissions },
    environments: {
      dev: { vault: { name: `kv-dev-${number}`, resourceGroup: `rg-${number}` } },
      prod: { vault: { name: `kv-prod-${number}`, resourceGroup: `rg-${number}` } },
    },
  });

test('at every moment of a set-up somebody sets up the other environment: one registration with both certificates, and all of both', async () => {
  const { azure, state } = await world();
  const confirm = () => true;
  const setUpDev = (number: number, at: (moment: number) => Promise<void>) =>
    setUp(withMoments(azure, at), twoToSetUp(number), { environment: 'dev', certificate: anyCertificate, confirm });
  let most = 0;
  await setUpDev(0, async (moment) => {
    most = Math.max(most, moment);
  });
  for (const moment of part(below(most))) {
    const number = moment + 1;
    let isMade = false;
    const other = () => setUp(azure, twoToSetUp(number), { environment: 'prod', confirm });
    await setUpDev(number, async (now) => {
      if (now !== moment || isMade) return;
      isMade = true;
      await other();
    });
    for (const environment of ['dev', 'prod']) {
      const again = await setUp(azure, twoToSetUp(number), { environment, confirm });
      expect([moment, environment, again.outcome, again.wrong]).toEqual([
        moment,
        environment,
        expect.stringMatching(/^(unchanged|set up)$/),
        undefined,
      ]);
    }
    const registered = [...state.applications.values()].filter(({ displayName }) => displayName === `HR ${number}`);
    expect([moment, registered.map(({ keyCredentials }) => keyCredentials.length)]).toEqual([moment, [2]]);
  }
});
