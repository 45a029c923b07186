import { expect, test } from 'vitest';
import { readyCloud, specFile } from './cloud.ts';
import { appService, deployedApp } from './deployed-app.ts';
import { appOf, subscription } from './sites.ts';

const standard = { subscription, resourceGroup: 'rg-flows', location: 'westeurope', site: 'logic-contoso-dev' };

test('from a web app its settings, its access and its identity are taken back, and nothing else', async () => {
  const { certflow, app, spec, writes, clients } = await deployedApp();
  const asked = await certflow('destroy', spec);
  expect([asked.code, asked.stdout]).toEqual([
    2,
    `hr-lists
  - settings of app-contoso-dev: TenantId, ClientId, Certificate, WEBSITE_LOAD_USER_PROFILE  goes
  - access to the vault kv-contoso-dev  goes
  - identity of app-contoso-dev  goes
  = key vault kv-contoso-dev  stays: it holds the certificate; --include vault removes it
`,
  ]);
  expect(writes().filter((write) => !write.endsWith('/list'))).toEqual([]);
  expect((await certflow('destroy', spec, '--yes')).code).toBe(0);
  expect(await app.settings()).toEqual({ OTHER: 'stays' });
  expect((await app.get()).identity).toBeUndefined();
  const scope = `subscriptions/${subscription}/resourceGroups/rg-shared/providers/Microsoft.KeyVault/vaults/kv-contoso-dev`;
  const roles = [];
  for await (const role of clients.authorization.roleAssignments.listForScope(scope)) roles.push(role);
  expect(roles.filter((role) => role.scope === `/${scope}` && role.principalType === 'ServicePrincipal').length).toBeLessThan(3);
  const again = await certflow('destroy', spec, '--yes', '--json');
  expect(JSON.parse(again.stdout).workflows[0].found).toMatchObject([{ what: 'key vault' }]);
});

test('a setting that somebody changed stays, and so does an identity that has other roles', async () => {
  const { certflow, app, spec, clients } = await deployedApp();
  const id = `subscriptions/${subscription}/resourceGroups/rg-flows/providers/Microsoft.Web/sites/${appService.site}`;
  const settings = (await app.settings()) as Record<string, string>;
  const properties = { ...settings, TenantId: 'changed' };
  await clients.resources.resources.createOrUpdateById(`${id}/config/appsettings`, '2024-04-01', { properties });
  const principalId = (await app.get()).identity?.principalId ?? '';
  const name = '90000000-0000-4000-8000-000000000009';
  const roleDefinitionId = `/subscriptions/${subscription}/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7`;
  const group = `subscriptions/${subscription}/resourceGroups/rg-flows`;
  await clients.authorization.roleAssignments.create(group, name, {
    roleDefinitionId,
    principalId,
    principalType: 'ServicePrincipal',
  });
  const { code, stdout } = await certflow('destroy', spec, '--yes');
  expect([code, stdout]).toEqual([
    0,
    expect.stringMatching(/= identity of app-contoso-dev {2}stays: it has other roles, such as on .*rg-flows/),
  ]);
  expect(await app.settings()).toEqual({ OTHER: 'stays', TenantId: 'changed' });
  expect((await app.get()).identity?.principalId).toBe(principalId);
});

test('a Logic App (Standard) that the spec makes goes with all that was made for it', async () => {
  const { certflow, appRegistration, requests } = await readyCloud();
  const spec = specFile({ targets: { standard }, appRegistration });
  expect((await certflow('deploy', spec, '--yes')).code).toBe(0);
  const { code, stdout } = await certflow('destroy', spec, '--yes');
  expect([
    code,
    stdout
      .split('\n')
      .filter((line) => line.endsWith('goes'))
      .map((line) => line.trim()),
  ]).toEqual([
    0,
    [
      '- access to the vault kv-contoso-dev  goes',
      '- app logic-contoso-dev  goes',
      '- App Service plan plan-logic-contoso-dev  goes',
      '- Application Insights appi-logic-contoso-dev  goes',
      expect.stringMatching(/- log workspace .*goes/),
      '- storage account stlogiccontosodev  goes',
    ],
  ]);
  const deleted = requests().flatMap(({ method, url }) => (method === 'DELETE' ? [new URL(url).pathname.split('/').at(-1)] : []));
  expect(deleted.slice(1)[0]).toBe('logic-contoso-dev');
  expect((await certflow('destroy', spec, '--yes')).stdout).not.toContain('goes');
});

test('from a Logic App that was there its workflow is removed; with other workflows in it, it keeps what they need', async () => {
  const { certflow, appRegistration, clients, profile, requests } = await readyCloud();
  await appOf({ clients, profile }, standard.site, { OTHER: 'stays' }, { kind: 'functionapp,workflowapp' });
  const spec = specFile({ targets: { standard: { ...standard, existingSite: true } }, appRegistration });
  expect((await certflow('deploy', spec, '--yes')).code).toBe(0);
  const { code, stdout } = await certflow('destroy', spec, '--yes');
  expect([code, stdout]).toEqual([
    0,
    expect.stringMatching(/- workflow hr-lists {2}goes\n {2}- settings of logic-contoso-dev: /),
  ]);
  const status = await certflow('status', spec);
  expect([status.code, status.stdout]).toEqual([1, expect.stringMatching(/hr-lists is not in logic-contoso-dev/)]);
  expect(
    requests().filter(({ method, url }) => method === 'DELETE' && url.endsWith('/site/wwwroot/hr-lists/?recursive=true')),
  ).toHaveLength(1);
});
