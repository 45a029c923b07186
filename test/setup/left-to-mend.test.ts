import { expect, test } from 'vitest';
import { principalByAppId } from '../../src/emulator/entra/directory.ts';
import { tenantId, world } from './world.ts';

test('where everything is there and a sign-in would fail all the same, setup says what is wrong', async () => {
  const { run, state } = await world();
  const first = await run();
  expect([first.outcome, first.wrong]).toEqual(['set up', undefined]);
  const clientId = first.clientId ?? '';
  const own = principalByAppId(state, clientId);
  if (own) state.servicePrincipals.set(own.id, { ...own, accountEnabled: false });
  const appRegistration = {
    tenantId,
    clientId,
    displayName: 'HR lists reader',
    permissions: [
      { api: 'sharepoint', roles: ['Sites.Selected'], sites: [{ url: 'https://contoso.sharepoint.com/sites/hr', role: 'read' }] },
      { api: 'graph', roles: ['User.Read.All'] },
    ],
  };
  const again = await run({ appRegistration });
  expect(again.wrong).toMatchObject([{ link: 'service principal', command: expect.stringContaining(`--id ${clientId}`) }]);
  // The step says the same, and leaves it to whoever disabled it.
  const step = again.plan.find(({ name }) => name.startsWith('service principal'));
  expect(step).toMatchObject({
    state: 'left to others',
    detail: expect.stringMatching(/^it is disabled: it may not sign in: Enable it/),
  });
});
