import { expect, test } from 'vitest';
import { deploy, type ProgressEvent } from '../../src/index.ts';
import { baseSpec, specOf } from '../specs.ts';
import { readyCloud } from './cloud.ts';

const targets = { consumption: { ...baseSpec.targets.consumption, resourceGroup: 'rg-flows' } };

test('the library plans, deploys and runs, and tells how it goes on', async () => {
  const { profile, appRegistration, writes } = await readyCloud();
  const spec = specOf({ targets, appRegistration });
  const events: ProgressEvent[] = [];
  const options = { cloud: profile, progress: (event: ProgressEvent) => events.push(event) };
  const planned = await deploy(spec, options);
  expect(planned).toMatchObject({
    outcome: 'planned',
    plan: { source: 'azure', changes: [{ action: 'create' }, { action: 'create' }] },
  });
  expect((await deploy(spec, { ...options, confirm: () => false })).outcome).toBe('planned');
  expect(writes()).toEqual([]);
  const done = await deploy(spec, { ...options, confirm: ({ changes }) => changes.length === 2, run: true });
  expect(done).toMatchObject({ outcome: 'deployed', run: { run: { status: 'Succeeded' }, shown: [] } });
  expect(events).toContainEqual({
    spec: 'hr-lists',
    environment: '',
    about: 'Logic App hr-lists',
    state: 'Succeeded',
  });
});

test('the library can be stopped, and its errors say what they are', async () => {
  const { profile, appRegistration } = await readyCloud();
  const spec = specOf({ targets, appRegistration });
  const stopped = deploy(spec, { cloud: profile, signal: AbortSignal.abort() });
  await expect(stopped).rejects.toMatchObject({ name: 'AzureError', kind: 'stopped' });
  await expect(deploy(spec, { cloud: { ...profile, authority: 'https://localhost:1' } })).rejects.toMatchObject({
    name: 'AzureError',
    kind: 'unreachable',
  });
  await expect(deploy(spec, { cloud: profile, environment: 'prod' })).rejects.toMatchObject({ name: 'UsageError' });
});
