import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createApplication, findApplications, findUser, readApplication } from '../../src/azure/graph.ts';
import { assignRole, listRoleAssignments } from '../../src/azure/role-assignments.ts';
import { whoIsSignedIn } from '../../src/azure/signed-in.ts';
import { untilSignedIn } from '../../src/azure/try-sign-in.ts';
import { changePolicy, findVault } from '../../src/azure/vaults.ts';
import { privateKeyToPem } from '../../src/certificate/index.ts';
import { certificatesOfficer, vaultRoles } from '../../src/cloud/roles.ts';
import { thumbprintOf, thumbprintOfEntry } from '../../src/proofs/thumbprints.ts';
import { uniqueNameOf } from '../../src/setup/scene.ts';
import { guid } from '../../src/template-language/guid.ts';
import { anyCertificate } from '../certificate/tools.ts';
import { azure as clientsOf } from '../emulator/azure.ts';
import { vaultClients } from '../emulator/vaults.ts';
import { becomeOfficer } from './become-officer.ts';
import { states, subscription, tenantId, wholeSpec, world } from './world.ts';

const vaultId = `/subscriptions/${subscription}/resourceGroups/rg-shared/providers/Microsoft.KeyVault/vaults/kv-contoso-dev`;
const place = { subscription, resourceGroup: 'rg-shared', name: 'kv-contoso-dev' };
const known = (clientId: string | undefined) => ({ appRegistration: { ...wholeSpec.appRegistration, clientId } });

test('from nothing to ready; the second run finds everything, and changes nothing', async () => {
  const { run, azure, requests } = await world();
  const { plan, items: result, clientId, written, told } = await run();
  expect(states(plan)).toEqual([
    'to create resource group rg-shared',
    'to create vault kv-contoso-dev',
    'to create certificate sharepoint-cert',
    'to create app registration "HR lists reader"',
    'to change client id in certflow.yaml',
    'to create certificate sharepoint-cert on the app registration',
    'to create service principal of the app registration',
    'to create permission Sites.Selected on SharePoint',
    'to create right read on https://contoso.sharepoint.com/sites/hr',
    'to create permission User.Read.All on Microsoft Graph',
    'left to others the Logic App "hr-lists" reads the vault',
    'to create flows@contoso.com, who signs in to the connection of the flow, reads the vault',
  ]);
  expect(result?.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
  expect(result?.at(-2)).toMatchObject({ outcome: 'left to others', detail: 'it does not exist yet: granted by deploy' });
  expect(written).toBe(clientId);

  // What it is all for: the certificate in the vault signs in.
  expect(told).toContain(
    'your right on the vault kv-contoso-dev: given for as long as this takes: Key Vault Certificates Officer',
  );
  const me = await whoIsSignedIn(azure);
  const assignments = await listRoleAssignments(azure, vaultId, me.objectId);
  expect(assignments.map(({ roleId }) => roleId)).not.toContain(certificatesOfficer.id);

  const before = requests().length;
  const again = await run(known(clientId));
  expect(states(again.plan).filter((line) => !line.startsWith('present'))).toEqual([
    'cannot tell certificate sharepoint-cert',
    'cannot tell certificate sharepoint-cert on the app registration',
    'left to others the Logic App "hr-lists" reads the vault',
  ]);
  expect(
    requests()
      .slice(before)
      .filter(({ service, method }) => service === 'graph' && method !== 'GET'),
  ).toEqual([]);
});

describe('the certificate', () => {
  test('from a file gets into the vault, onto the registration beside others, and signs in', async () => {
    const { run, azure, requests } = await world();
    const { clientId = '', items: result } = await run({}, { certificate: anyCertificate });
    expect(result?.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
    const [found] = await findApplications(azure, { appId: clientId });
    const { keyCredentials } = await readApplication(azure, found?.id ?? '');
    expect(keyCredentials.map(thumbprintOfEntry)).toEqual([thumbprintOf(anyCertificate.certificate.raw)]);
    const pem = privateKeyToPem(anyCertificate.privateKey, undefined) + anyCertificate.certificate.toString();
    await untilSignedIn(azure, { tenantId, clientId, pem });
    const imported = requests().filter(({ url, answer }) => url.includes('/import') && answer?.status === 200);
    expect(imported).toHaveLength(1);
    expect(JSON.parse(imported[0]?.body ?? '').policy).toMatchObject({
      key_props: { exportable: true },
      secret_props: { contentType: 'application/x-pkcs12' },
      lifetime_actions: [{ action: { action_type: 'EmailContacts' } }],
    });
  });

  test('another one in the vault is not replaced', async () => {
    const { run } = await world();
    const { clientId } = await run();
    const { items: result } = await run(known(clientId), { certificate: anyCertificate });
    expect(result?.find(({ name }) => name === 'certificate sharepoint-cert')).toMatchObject({
      outcome: 'failed',
      detail: expect.stringContaining('cert rotate --pfx'),
    });
  });
});

describe('what is there already', () => {
  test('a registration of that name is taken, and its certificates and permissions stay', async () => {
    const { run, azure } = await world();
    const { clientId } = await run({}, { only: ['vault', 'entra'] });
    const again = await run({
      appRegistration: { ...wholeSpec.appRegistration, permissions: [{ api: 'graph', roles: ['Mail.Send', 'User.Read.All'] }] },
      certificate: { name: 'another-cert' },
    });
    expect(again.clientId).toBe(clientId);
    const [found] = await findApplications(azure, { appId: clientId ?? '' });
    const { keyCredentials, requiredResourceAccess } = await readApplication(azure, found?.id ?? '');
    expect(keyCredentials).toHaveLength(2);
    expect(requiredResourceAccess.map(({ resourceAccess }) => resourceAccess?.length)).toEqual([1, 2]);
  });

  test('a stronger right on a site stays, and a weaker one is raised', async () => {
    const { run, requests } = await world();
    const withRole = (role: string, clientId?: string) => {
      const site = { url: 'https://contoso.sharepoint.com/sites/hr', role };
      const permissions = [{ api: 'sharepoint', roles: ['Sites.Selected'], sites: [site] }];
      return { appRegistration: { tenantId, displayName: 'HR', permissions, ...(clientId && { clientId }) } };
    };
    const entra = { only: ['entra'] } as const;
    const { clientId } = await run(withRole('read'), entra);
    const item = async (role: string) => {
      const before = requests().length;
      const { plan } = await run(withRole(role, clientId), entra);
      const { state, detail } = plan.find(({ name }) => name.startsWith('right')) ?? {};
      const written = requests()
        .slice(before)
        .some(({ method, url }) => method !== 'GET' && url.includes('/permissions'));
      return [state, detail, written];
    };
    expect(await item('write')).toEqual(['to change', 'it has read there', true]);
    expect(await item('read')).toEqual(['present', 'by the stronger right write, which stays', false]);
    expect(await item('fullcontrol')).toEqual(['to change', 'it has write there', true]);
    expect(await item('manage')).toEqual(['present', 'by the stronger right fullcontrol, which stays', false]);
    expect(await item('fullcontrol')).toEqual(['present', undefined, false]);
  });

  test('two registrations of one name: nothing is guessed', async () => {
    const { run, azure } = await world();
    const make = (uniqueName: string) => createApplication(azure, { displayName: 'HR lists reader', uniqueName });
    const made = [await make('one'), await make('two')];
    const { plan, items: result } = await run({}, { only: ['entra'] });
    expect(result).toBeUndefined();
    const detail = plan.find(({ state }) => state === 'blocked')?.detail ?? '';
    for (const { appId } of made) expect(detail).toContain(appId);
  });

  test('one that certflow has made is found again by its unique name, whatever it is called now', async () => {
    const { run, azure, ask } = await world();
    const { clientId } = await run({}, { only: ['entra'] });
    await ask('PATCH', `/applications(appId='${clientId}')`, { displayName: 'HR, renamed by somebody' });
    const again = await run({}, { only: ['entra'] });
    expect([again.clientId, again.plan[0]]).toMatchObject([clientId, { state: 'present' }]);
    expect(await findApplications(azure, { appId: clientId ?? '' })).toMatchObject([{ displayName: 'HR, renamed by somebody' }]);
    // Where the list does not show it yet, as right after it was made, it is not made twice either.
    const made = await createApplication(azure, { displayName: 'HR lists reader', uniqueName: uniqueNameOf('HR lists reader') });
    expect(made.appId).toBe(clientId);
  });

  test('an assignment by another name counts, also of a stronger role; what is made has the name that templates give', async () => {
    const { run, azure } = await world();
    await run({}, { only: ['vault'] });
    const principalId = (await findUser(azure, 'flows@contoso.com')) ?? '';
    const there = { name: randomUUID(), scope: vaultId, principalId, principalType: 'User' as const };
    await assignRole(azure, { ...there, role: vaultRoles.certificateUser });
    const { outcome, plan } = await run({}, { only: ['grant'] });
    expect(outcome).toBe('unchanged');
    expect(plan.at(-1)).toMatchObject({ state: 'present', detail: `by the role ${vaultRoles.certificateUser.name}` });

    const other = await world();
    await other.run({}, { only: ['vault', 'grant'] });
    const made = other.requests().findLast(({ method, url }) => method === 'PUT' && url.includes('roleAssignments'));
    const { properties } = JSON.parse(made?.body ?? '{}');
    expect(made?.url).toContain(guid([vaultId, properties.principalId, properties.roleDefinitionId]));
    expect(properties.roleDefinitionId).toContain(vaultRoles.secretsUser.id);
  });

  test('a vault with access policies keeps those there, and the own one is taken back', async () => {
    const { run, azure } = await world();
    const policy = { vault: { ...wholeSpec.vault, access: 'policy' } };
    await run(policy, { only: ['vault'], certificate: anyCertificate });
    const me = await whoIsSignedIn(azure);
    const other = { tenantId, objectId: me.objectId, secrets: ['list'], certificates: ['get'] };
    await changePolicy(azure, place, 'add', other);
    await run({ ...policy, certificate: { name: 'second' } });
    const vault = await findVault(azure, place);
    const own = vault?.policies.find(({ objectId }) => objectId === me.objectId);
    expect(own).toEqual({ objectId: me.objectId, secrets: ['list'], certificates: ['get'] });
    const others = vault?.policies.filter(({ objectId }) => objectId !== me.objectId);
    expect(others?.map(({ secrets }) => secrets)).toEqual([['get']]);
  });
});

describe('what is in the way', () => {
  const blocked = async (act: (w: Awaited<ReturnType<typeof world>>) => Promise<unknown>, overrides = {}) => {
    const w = await world();
    await act(w);
    const { plan, items: result } = await w.run(overrides);
    expect(result).toBeUndefined();
    return plan.filter(({ state }) => state === 'blocked').map(({ name, detail }) => `${name}: ${detail}`);
  };

  test('a vault that works in another way', async () => {
    const found = await blocked(({ run }) => run({ vault: { ...wholeSpec.vault, access: 'policy' } }, { only: ['vault'] }));
    expect(found).toEqual([
      expect.stringMatching(/^vault kv-contoso-dev: it works with access policies, .*vault\.access: policy/),
    ]);
  });

  test('a vault name that is taken', async () => {
    const taken = (w: Awaited<ReturnType<typeof world>>) =>
      w.run({ vault: { name: 'kv-contoso-dev', resourceGroup: 'rg-other' } }, { only: ['vault'] });
    expect(await blocked(taken)).toEqual([expect.stringContaining('is taken: names of vaults are shared by all of Azure')]);
  });

  test('a vault and a certificate that were deleted and can be recovered', async () => {
    const { run, profile, azure } = await world();
    const { vaults } = clientsOf(profile);
    await run({}, { only: ['vault'] });
    await becomeOfficer(azure);
    await vaultClients(profile).certificates.beginDeleteCertificate('sharepoint-cert', { intervalInMs: 1 });
    const certificate = await run({}, { only: ['vault'] });
    expect(certificate.plan.at(-1)).toMatchObject({
      state: 'blocked',
      detail: expect.stringContaining('az keyvault certificate recover'),
    });
    await vaults.vaults.delete('rg-shared', 'kv-contoso-dev');
    const vault = await run({}, { only: ['vault'] });
    expect(vault.plan[1]).toMatchObject({
      state: 'blocked',
      detail: expect.stringContaining('az keyvault recover --name kv-contoso-dev'),
    });
  });

  test('a firewall', async () => {
    const { run, profile } = await world();
    await run({}, { only: ['vault'] });
    const { vaults } = clientsOf(profile);
    await vaults.vaults.update('rg-shared', 'kv-contoso-dev', { properties: { networkAcls: { defaultAction: 'Deny' } } });
    const { outcome, plan } = await run({}, { only: ['vault'] });
    expect(outcome).toBe('blocked');
    expect(plan[1]?.detail).toContain('behind a firewall');
    expect(plan[2]).toMatchObject({ state: 'blocked', detail: expect.stringMatching(/firewall|address/i) });
  });

  test('a permission that the API does not have, and an API that is not there', async () => {
    const permissions = [
      { api: 'graph', roles: ['User.Raed.All'] },
      { api: 'api://nothing', roles: ['A'] },
    ];
    const found = await blocked(async () => {}, { appRegistration: { ...wholeSpec.appRegistration, permissions } });
    expect(found).toEqual([
      expect.stringContaining('no application permission "User.Raed.All": did you mean "User.Read.All"?'),
      expect.stringContaining('no service principal for api://nothing'),
    ]);
  });

  test('a client id, a site and a user that are not there', async () => {
    const permissions = [
      {
        api: 'sharepoint',
        roles: ['Sites.Selected'],
        sites: [{ url: 'https://elsewhere.sharepoint.com/sites/hr', role: 'read' }],
      },
    ];
    const found = await blocked(async () => {}, {
      appRegistration: { ...wholeSpec.appRegistration, permissions, clientId: '99999999-9999-9999-9999-999999999999' },
      targets: { ...wholeSpec.targets, powerAutomate: { connectionOwner: 'a@elsewhere.example' } },
    });
    expect(found.join('\n')).toContain('The tenant has no app registration 99999999');
    expect(found.join('\n')).toContain('there is no such site');
    expect(found.join('\n')).toContain('there is no such user');
  });

  test('another tenant than the one that is signed in to', async () => {
    const other = { appRegistration: { tenantId: '77777777-7777-7777-7777-777777777777' } };
    expect((await blocked(async () => {}, other))[0]).toContain('sign in there (--tenant 77777777-7777-7777-7777-777777777777)');
  });
});

test('consent that the caller may not give is left to an administrator, with the link and the text to send', async () => {
  const { run } = await world({ graphRoles: ['Application.ReadWrite.All', 'Sites.FullControl.All', 'User.Read.All'] });
  const { items: result, consent, clientId } = await run();
  expect(result?.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
  expect(result?.filter(({ outcome, part }) => outcome === 'left to others' && part === 'entra')).toHaveLength(2);
  expect(consent?.link).toMatch(new RegExp(`^https://localhost:\\d+/${tenantId}/adminconsent\\?client_id=${clientId}$`));
  expect(consent?.text).toContain('- Sites.Selected on SharePoint (on https://contoso.sharepoint.com/sites/hr: read alone)');
});

test('a right that is missing is a sentence with who can give it, and the rest goes on', async () => {
  const { run } = await world({ graphRoles: ['Directory.Read.All', 'User.Read.All'] });
  const { items: result } = await run();
  const failed = result?.filter(({ outcome }) => outcome === 'failed').map(({ name, detail }) => `${name}: ${detail}`) ?? [];
  expect(failed[0]).toMatch(/^app registration .*It takes the Entra role Application Developer/s);
  expect(result?.find(({ name }) => name === 'certificate sharepoint-cert')?.outcome).toBe('created');
  expect(result?.at(-1)?.outcome).toBe('created');
});

test('the target appService alone is set up from nothing, in the region that it names', async () => {
  const { run } = await world();
  const site = { subscription, resourceGroup: 'rg-web', site: 'app-contoso-dev' };
  const { items } = await run({ vault: { name: 'kv-web' }, targets: { appService: { ...site, location: 'westeurope' } } });
  expect(items?.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
  expect(items?.slice(0, 3).map(({ name, outcome }) => `${name} ${outcome}`)).toEqual([
    'resource group rg-web created',
    'vault kv-web created',
    'certificate sharepoint-cert created',
  ]);
  const nowhere = await run({ vault: { name: 'kv-other', resourceGroup: 'rg-other' }, targets: { appService: site } });
  expect(nowhere.plan[0]).toMatchObject({ state: 'blocked', detail: expect.stringContaining('write vault.location') });
});

test('nothing is changed without a yes', async () => {
  const { run, requests } = await world();
  const { items: result } = await run({}, { confirm: () => false });
  expect(result).toBeUndefined();
  expect(
    requests().filter(({ service, method, url }) => service !== 'entra' && method !== 'GET' && !url.includes('checkName')),
  ).toEqual([]);
});

test('the own right is taken back also where the import fails, and what a killed run left behind by the next one', async () => {
  const { run, azure, setFaults } = await world();
  setFaults([{ kind: 'reset', service: 'vault', path: /\/import/, times: 5 }]);
  await expect(run({}, { only: ['vault'], certificate: anyCertificate })).rejects.toThrow(/importing the certificate/i);
  setFaults([]);
  const me = await whoIsSignedIn(azure);
  const own = async () =>
    (await listRoleAssignments(azure, vaultId, me.objectId)).filter(({ roleId }) => roleId === certificatesOfficer.id);
  expect(await own()).toEqual([]);

  // As after a kill: the assignment is there, and nobody takes it back.
  setFaults([{ kind: 'reset', method: 'DELETE', path: /roleAssignments/, times: 100 }]);
  await expect(run({ certificate: { name: 'second' } }, { only: ['vault'] })).rejects.toThrow(/^Taking a role back failed/);
  setFaults([]);
  expect(await own()).toHaveLength(1);
  const { plan, items: result } = await run({}, { only: ['vault'] });
  expect(plan.at(-1)).toMatchObject({ name: 'your own role on the vault kv-contoso-dev', state: 'to change' });
  expect(result?.at(-1)?.outcome).toBe('changed');
  expect(await own()).toEqual([]);
});
