import { expect, test } from 'vitest';
import { azure, ground, subscription } from './azure.ts';
import { send } from './request.ts';
import { credential, emulator } from './start.ts';

test('an app gets an identity that stays, and its settings are shown to who may list them', async () => {
  const { profile } = await emulator();
  const clients = azure(profile);
  await ground(clients);
  const id = `subscriptions/${subscription}/resourceGroups/rg-flows/providers/Microsoft.Web/sites/app`;
  const { resources } = clients.resources;
  const plain = await resources.createOrUpdateById(id, '2023-12-01', { location: 'westeurope', properties: { httpsOnly: true } });
  expect(plain.identity).toBeUndefined();
  const first = await resources.updateById(id, '2023-12-01', { identity: { type: 'SystemAssigned' } });
  const second = await resources.updateById(id, '2023-12-01', { tags: { a: 'b' } });
  expect([second.identity?.principalId, second.properties]).toEqual([
    first.identity?.principalId,
    expect.objectContaining({ httpsOnly: true }),
  ]);
  await resources.createOrUpdateById(`${id}/config/appsettings`, '2023-12-01', { properties: { A: '1' } });
  const { token } = await credential(profile).getToken('https://management.azure.com/.default');
  const url = `${profile.resourceManager.endpoint}/${id}/config/appsettings/list?api-version=2023-12-01`;
  expect((await send(profile, 'POST', url, undefined, { authorization: `Bearer ${token}` })).body.properties).toEqual({ A: '1' });
});
