import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { findIdentity } from '../../src/azure/identities.ts';
import { listRoleAssignments } from '../../src/azure/role-assignments.ts';
import { vaultRoles } from '../../src/cloud/roles.ts';
import { anyCertificate } from '../certificate/tools.ts';
import { azure as clientsOf } from '../emulator/azure.ts';
import { graph } from '../emulator/graph.ts';
import { subscription, wholeSpec, world } from './world.ts';

const place = { subscription, resourceGroup: 'rg-flows' };
const siteId = `/subscriptions/${subscription}/resourceGroups/rg-flows/providers/Microsoft.Web/sites/app-contoso`;
const identityId = `/subscriptions/${subscription}/resourceGroups/rg-flows/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-flows`;
const vaultId = `/subscriptions/${subscription}/resourceGroups/rg-shared/providers/Microsoft.KeyVault/vaults/kv-contoso-dev`;
const vault = { ...wholeSpec.vault, ...{ subscription } };

/** A world with the vault in it, and Microsoft's clients for what others have made. */
async function withVault() {
  const w = await world();
  await w.run({}, { only: ['vault'] });
  const { resources } = clientsOf(w.profile);
  await resources.resourceGroups.createOrUpdate('rg-flows', { location: 'westeurope' });
  const make = (id: string, apiVersion: string, body: object) =>
    resources.resources.createOrUpdateById(
      id.slice(1),
      apiVersion,
      { location: 'westeurope', ...body },
      { updateIntervalInMs: 1 },
    );
  const grant = (targets: object) => w.run({ vault, targets }, { only: ['grant'] });
  return { ...w, make, grant };
}

const rolesOf = async ({ azure }: Awaited<ReturnType<typeof withVault>>, principalId = '') =>
  (await listRoleAssignments(azure, vaultId, principalId)).map(({ roleId }) => roleId);

describe('a web app', () => {
  test('without an identity gets one, and the right; its other identities stay', async () => {
    const w = await withVault();
    await w.make(identityId, '2023-01-31', {});
    await w.make(siteId, '2023-12-01', { identity: { type: 'UserAssigned', userAssignedIdentities: { [identityId]: {} } } });
    const { plan, items } = await w.grant({ appService: { ...place, site: 'app-contoso', role: 'certificateUser' } });
    expect([plan, items]).toMatchObject([[{ state: 'to change' }], [{ outcome: 'changed' }]]);
    const identity = await findIdentity(w.azure, siteId);
    expect(identity).toMatchObject({ type: 'SystemAssigned, UserAssigned', userAssigned: [expect.stringMatching(/id-flows$/)] });
    expect(await rolesOf(w, identity?.principalId)).toEqual([vaultRoles.certificateUser.id]);
    expect((await w.grant({ appService: { ...place, site: 'app-contoso' } })).plan).toMatchObject([{ state: 'present' }]);
  });

  test('that is not there is left to those who make it', async () => {
    const { grant } = await withVault();
    const site = { ...place, site: 'app-contoso' };
    expect((await grant({ appService: { ...site, assignVaultRole: false } })).plan).toMatchObject([
      { state: 'left to others', detail: 'it does not exist yet: run "certflow setup" again once it is there' },
    ]);
    expect((await grant({ standard: site })).plan).toMatchObject([{ detail: 'it does not exist yet: granted by deploy' }]);
  });
});

test('a user-assigned identity gets its right, and one that is not there is in the way', async () => {
  const w = await withVault();
  const targets = { consumption: { ...place, location: 'westeurope', managedIdentity: identityId } };
  expect((await w.grant(targets)).outcome).toBe('blocked');
  await w.make(identityId, '2023-01-31', {});
  expect((await w.grant(targets)).outcome).toBe('set up');
  const identity = await findIdentity(w.azure, identityId);
  expect(await rolesOf(w, identity?.principalId)).toEqual([vaultRoles.secretsUser.id]);
});

test("a custom API's permissions are found by its identifier", async () => {
  const { run, requests, profile } = await world();
  const ask = graph(profile);
  const appRoles = [
    {
      id: randomUUID(),
      value: 'Orders.Read',
      displayName: 'x',
      description: 'x',
      allowedMemberTypes: ['Application'],
      isEnabled: true,
    },
  ];
  const { body } = await ask('POST', '/applications', { displayName: 'Orders', identifierUris: ['api://orders'], appRoles });
  await ask('POST', '/servicePrincipals', { appId: body.appId });
  const appRegistration = { ...wholeSpec.appRegistration, permissions: [{ api: 'api://orders', roles: ['Orders.Read'] }] };
  const { items } = await run({ appRegistration }, { only: ['entra'], certificate: anyCertificate });
  expect(items?.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
  const consent = requests().find(({ method, url }) => method === 'POST' && url.endsWith('/appRoleAssignedTo'));
  expect(JSON.parse(consent?.body ?? '{}').appRoleId).toBe(appRoles[0]?.id);
});
