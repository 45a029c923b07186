import { expect, test } from 'vitest';
import { connect } from '../../src/azure/azure.ts';
import { startTrigger } from '../../src/azure/runs.ts';
import { until } from '../until.ts';
import { readyCloud, specFile } from './cloud.ts';
import { subscription } from './sites.ts';

const site = 'logic-contoso-dev';
const standard = { subscription, resourceGroup: 'rg-flows', location: 'westeurope', site };
const at = { subscription, resourceGroup: 'rg-flows', name: 'hr-lists', site };

test('runs of a Logic App (Standard) are listed, shown, started again and cancelled, at the host of the app', async () => {
  const { certflow, appRegistration, profile, requests, hold } = await readyCloud();
  const spec = specFile({ targets: { standard }, appRegistration });
  expect((await certflow('deploy', spec, '--yes')).code).toBe(0);
  const none = await certflow('runs', 'list', spec);
  expect([none.code, none.stderr]).toEqual([0, expect.stringContaining('There are no such runs.')]);
  const azure = connect(profile, { application: 'certflow/test' });
  const { run = '' } = await startTrigger(azure, at, 'manual');
  const list = async (...args: string[]) => JSON.parse((await certflow('runs', 'list', spec, '--json', ...args)).stdout).runs;
  // What the emulator does not run fails, and is a run all the same.
  await until(async () => (await list()).some(({ status }: { status: string }) => status === 'Failed'));
  expect(await list('--status', 'Failed')).toMatchObject([{ id: run, trigger: 'manual' }]);
  const shown = await certflow('runs', 'show', 'latest', spec);
  expect([shown.code, shown.stdout]).toEqual([
    1,
    expect.stringMatching(new RegExp(`^run ${run}: Failed.*\\n {2}Failed +Get_secret(?: +[\\d.]+ s)?\\n`)),
  ]);
  const release = hold();
  const again = await certflow('runs', 'resubmit', run, spec, '--target', 'standard');
  expect([again.code, again.stdout]).toEqual([0, expect.stringMatching(`^${run}: started again as `)]);
  const cancelled = await certflow('runs', 'cancel', 'latest', spec);
  expect([cancelled.code, cancelled.stdout]).toEqual([0, expect.stringMatching(/: cancelled\n$/)]);
  release();
  expect(await list()).toHaveLength(2);
  expect((await certflow('status', spec)).stdout).toContain('  run ');
  const asked = requests().filter(({ url }) => url.includes('/hostruntime/'));
  expect(new Set(asked.map(({ url }) => new URL(url).searchParams.get('api-version')))).toEqual(new Set(['2018-11-01']));
  expect(requests().filter(({ url }) => /Microsoft\.Logic\/workflows\/hr-lists\/runs/.test(url))).toEqual([]);
});

test('a web app has no runs, and says so', async () => {
  const { certflow, appRegistration } = await readyCloud();
  const appService = { subscription, resourceGroup: 'rg-flows', site: 'app-contoso-dev' };
  const { code, stderr } = await certflow('runs', 'list', specFile({ targets: { appService }, appRegistration }));
  expect([code, stderr]).toEqual([2, expect.stringContaining('goes to a web app, which has no runs')]);
});
