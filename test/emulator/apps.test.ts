import { expect, test } from 'vitest';
import { type FormatName, generate } from '../../src/index.ts';
import { specOf } from '../specs.ts';
import { azure, ground, subscription } from './azure.ts';
import { send } from './request.ts';
import { credential, emulator } from './start.ts';

const target = { subscription, resourceGroup: 'rg-flows', location: 'westeurope' };

test.each<[FormatName, object]>([
  ['standard-project', { standard: { ...target, site: 'logic-contoso' } }],
  ['standard-project', { standard: { ...target, site: 'logic-contoso', keyVaultConnector: 'managed' } }],
  ['app-service', { appService: { ...target, site: 'app-contoso', existingSite: false } }],
])('the infrastructure of %s is deployed, and settings that an app has stay', async (format, targets) => {
  const { profile } = await emulator();
  const clients = azure(profile);
  await ground(clients);
  const files = generate(specOf({ targets }), { format });
  const json = (name: string) =>
    JSON.parse(String(files.find(({ path }) => path.endsWith(`/${name}`) || path === name)?.contents));
  const properties = {
    mode: 'Incremental' as const,
    template: json('azuredeploy.json'),
    parameters: json('azuredeploy.parameters.json').parameters,
  };
  const { deployments } = clients.deployments;
  const deploy = async () => {
    await deployments.createOrUpdate('rg-flows', 'd', { properties }, { updateIntervalInMs: 1 }).catch(() => {});
    const { properties: ended } = await deployments.get('rg-flows', 'd');
    expect(ended?.error).toBeUndefined();
    return (ended?.outputs ?? {}) as Record<string, { value: string }>;
  };
  const { siteId, principalId } = await deploy();
  const site = await clients.resources.resources.getById(siteId?.value.slice(1) ?? '', '2024-04-01');
  expect(site.identity?.principalId).toBe(principalId?.value);
  const { token } = await credential(profile).getToken('https://management.azure.com/.default');
  const settings = `${profile.resourceManager.endpoint}${siteId?.value}/config/appsettings`;
  const ask = (method: string, path: string, body?: object) =>
    send(profile, method, `${settings}${path}?api-version=2024-04-01`, body, { authorization: `Bearer ${token}` });
  const { body: before } = await ask('POST', '/list');
  expect(Object.keys(before.properties).length).toBeGreaterThan(0);
  await ask('PUT', '', { properties: { ...before.properties, MINE: 'stays' } });
  await deploy();
  expect((await ask('POST', '/list')).body.properties).toEqual({ ...before.properties, MINE: 'stays' });
});

test('an app gets an identity that stays, and its settings are shown to who may list them', async () => {
  const { profile } = await emulator();
  const clients = azure(profile);
  await ground(clients);
  const id = `subscriptions/${subscription}/resourceGroups/rg-flows/providers/Microsoft.Web/sites/app`;
  const { resources } = clients.resources;
  const { token } = await credential(profile).getToken('https://management.azure.com/.default');
  const url = `${profile.resourceManager.endpoint}/${id}/config/appsettings/list?api-version=2023-12-01`;
  const list = () => send(profile, 'POST', url, undefined, { authorization: `Bearer ${token}` });
  expect((await list()).status).toBe(404);
  const plain = await resources.createOrUpdateById(id, '2023-12-01', { location: 'westeurope', properties: { httpsOnly: true } });
  expect(plain.identity).toBeUndefined();
  const first = await resources.updateById(id, '2023-12-01', { identity: { type: 'SystemAssigned' } });
  const second = await resources.updateById(id, '2023-12-01', { tags: { a: 'b' } });
  expect([second.identity?.principalId, second.properties]).toEqual([
    first.identity?.principalId,
    expect.objectContaining({ httpsOnly: true }),
  ]);
  await resources.createOrUpdateById(`${id}/config/appsettings`, '2023-12-01', { properties: { A: '1' } });
  expect((await list()).body.properties).toEqual({ A: '1' });
});
