import { expect, test } from 'vitest';
import { zip } from '../../src/document/zip.ts';
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

test('a project is taken as a zip; what is none is refused in the end, and what was there stays', async () => {
  const { profile } = await emulator();
  const clients = azure(profile);
  await ground(clients);
  const id = `subscriptions/${subscription}/resourceGroups/rg-flows/providers/Microsoft.Web/sites/app`;
  const { resources } = clients.resources;
  const app = await resources.createOrUpdateById(id, '2024-04-01', { location: 'westeurope', properties: {} });
  const hosts = (app.properties as { hostNameSslStates: { name: string; hostType: string }[] }).hostNameSslStates;
  const kudu = `https://${hosts.find(({ hostType }) => hostType === 'Repository')?.name}/api`;
  const { token } = await credential(profile).getToken('https://management.azure.com/.default');
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/zip' };
  const sent = async (bytes: Uint8Array) => {
    const taken = await send(profile, 'POST', `${kudu}/zipdeploy?isAsync=true`, bytes, headers);
    expect(taken.status).toBe(202);
    for (;;) {
      const { body } = await send(profile, 'GET', String(taken.headers.location), undefined, headers);
      if (body.complete) return body;
    }
  };
  const workflows = async () => {
    const url = `${profile.resourceManager.endpoint}/${id}/workflows?api-version=2018-11-01`;
    return (await send(profile, 'GET', url, undefined, headers)).body.value.map(({ name }: { name: string }) => name);
  };
  expect(await sent(zip([{ path: 'flow/workflow.json', contents: '{}' }]))).toMatchObject({ status: 4 });
  expect(await workflows()).toEqual(['app/flow']);
  expect(await sent(Buffer.from('no zip'))).toMatchObject({ status: 3, status_text: expect.stringContaining('cannot be read') });
  expect(await workflows()).toEqual(['app/flow']);
  expect((await send(profile, 'POST', `${kudu}/zipdeploy`, Buffer.from(''), {})).status).toBe(401);
});
