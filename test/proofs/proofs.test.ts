import { afterAll, beforeAll, expect, test } from 'vitest';
import { linkNames } from '../../src/proofs/proof.ts';
import { appBreaks, standardBreaks } from './apps.ts';
import { addTwin, type Break, breaks, workflowId } from './breaks.ts';
import { dropConnection, foreignBreaks } from './foreign.ts';
import { identityBreaks } from './identity.ts';
import { expectNamed } from './named.ts';
import { signInBreaks } from './sign-ins.ts';
import { brokenWorld, clientId, healthySpec, subscription, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await brokenWorld();
});
afterAll(() => world.close());

test('every link has a break', () => {
  const broken = [...breaks, ...signInBreaks, ...foreignBreaks, ...appBreaks, ...standardBreaks, ...identityBreaks].map(
    ({ link }) => link,
  );
  expect(linkNames.filter((name) => !broken.includes(name))).toEqual([]);
});

test('the healthy chain says so', async () => {
  world.restore();
  const proofs = await world.prove();
  expect(proofs.filter(({ result }) => result !== 'ok')).toEqual([]);
});

// All of them, one at a time, are in test/full/proofs.test.ts.
test.each([...breaks, ...signInBreaks, ...foreignBreaks].filter((_, index) => index % 8 === 3))(
  '$what: named rightly, and alone',
  (one) => expectNamed(world, one),
);

const named = (what: string) => breaks.find((one) => one.what === what) as Break;

test('of two that hang on each other the first is named, and the second is not looked at', async () => {
  world.restore();
  for (const what of ['an expired certificate', 'a vault that renews by itself', 'no certificate on the registration'])
    await named(what).break?.(world);
  const proofs = await world.prove();
  const told = proofs.filter(({ result }) => result !== 'ok').map(({ link, result, found }) => [link, result, found]);
  const waits = 'it hangs on the certificate, which is wrong';
  expect(told).toEqual([
    ['certificate', 'wrong', expect.stringMatching(/^it ended on/)],
    ['private key', 'not looked at', waits],
    ['renewal', 'not looked at', waits],
    ['registered certificate', 'not looked at', waits],
  ]);
});

test('of two that do not hang on each other both are named', async () => {
  world.restore();
  for (const what of ['no consent', 'a Compose that shows the PFX']) await named(what).break?.(world);
  const told = (await world.prove()).filter(({ result }) => result !== 'ok').map(({ link, result }) => [link, result]);
  expect(told).toEqual([
    ['permissions', 'wrong'],
    ['site', 'not looked at'],
    ['secrets', 'wrong'],
  ]);
});

test('what may not be looked at cannot be told, with the right that is missing; the rest is looked at all the same', async () => {
  world.restore();
  world.setFaults([
    { kind: 'forbidden', service: 'graph', times: 1000 },
    { kind: 'forbidden', service: 'vault', times: 1000 },
  ]);
  const proofs = await world.prove();
  const told = proofs.filter(({ result }) => result === 'cannot tell');
  expect(told.map(({ link, cure }) => [link, cure])).toEqual([
    ['certificate', 'It takes the role Key Vault Reader on the vault; an Owner of the vault can give it.'],
    ...['app registration', 'service principal', 'API', 'API', 'API'].map((link) => [
      link,
      expect.stringMatching(/^It takes the Graph permission Application\.Read\.All.*can give it\.$/),
    ]),
  ]);
  expect(proofs.filter(({ result }) => result === 'wrong')).toEqual([]);
  expect(proofs.find(({ link }) => link === 'secrets')?.result).toBe('ok');
});

test('a tenant that is named by its domain is the same one', async () => {
  world.restore();
  const proofs = await world.prove({
    appRegistration: { ...healthySpec.appRegistration, tenantId: 'contoso.onmicrosoft.com' },
  });
  expect(proofs.filter(({ link }) => /^(tenant|app registration)$/.test(link)).map(({ found }) => found)).toEqual([
    'contoso.onmicrosoft.com is 11111111-1111-1111-1111-111111111111',
    'hr-lists, client id 22222222-2222-2222-2222-222222222222',
  ]);
});

test("a person's connection of the same name is to change in the plan, with who else uses it; after that nothing is", async () => {
  world.restore();
  await named("a person's connection").break?.(world);
  addTwin(world, 'other-flow');
  const [change] = (await world.plan()).changes.filter(({ action }) => action !== 'none');
  expect(change).toMatchObject({
    action: 'change',
    what: 'Key Vault connection',
    name: 'keyvault-kv-contoso-dev',
    properties: [{ path: 'sign-in', before: '"jane@contoso.com"', after: 'the identity of whoever uses it' }],
    alsoUsedBy: ['other-flow'],
  });
  await world.deploy();
  expect((await world.plan()).changes.filter(({ action }) => action !== 'none')).toEqual([]);
  expect((await world.prove()).filter(({ result }) => result !== 'ok')).toEqual([]);
});

test('a run shows what somebody added in the portal, which the spec knows nothing of', async () => {
  world.restore();
  const before = await world.plan();
  await named('a Compose that shows the PFX').break?.(world);
  const { run, proofs } = await world.deploy(before);
  expect(run?.shown).toEqual(['inputs of Show']);
  expect(proofs.find(({ link }) => link === 'secrets')?.result).toBe('wrong');
});

test('doctor signs in for real: with the key of the vault, with a file alone, and in a Logic App that it knows nothing of', async () => {
  world.restore();
  const chains = [await world.doctor('Get lists'), await world.doctorOfPfx()];
  const foreign = await world.doctorOfLogicApp();
  expect(foreign.map(({ heading }) => heading)).toEqual([
    'hr-lists',
    'hr-lists, Get_lists',
    'hr-lists, Get_users',
    'hr-lists, Get_orders',
  ]);
  const proofs = [...chains, ...foreign.map((chain) => chain.proofs)].flat();
  expect(proofs.filter(({ result }) => result !== 'ok')).toEqual([]);
  expect(proofs.filter(({ link }) => link === 'token')).toHaveLength(7);
  const said = proofs.find(({ link }) => link === 'token')?.found;
  expect(said).toMatch(/^audience https:\/\/contoso\.sharepoint\.com, app id 2{8}-.*, roles Sites\.Selected, until \d{4}-/);
  expect(proofs.find(({ link }) => link === 'call')?.found).toBe('"Get lists" is answered with 200');
  // Neither a key nor a token is told.
  const text = JSON.stringify(proofs);
  expect(world.secrets.length).toBeGreaterThan(2);
  for (const secret of world.secrets) expect(text).not.toContain(secret.slice(40, 80));
  expect(text).not.toMatch(/eyJ[\w-]{20}/);
});

test('what several sign-ins of a Logic App share is told by each', async () => {
  world.restore();
  dropConnection(world);
  const chains = await world.doctorOfLogicApp();
  const wrong = chains.map(({ proofs }) => proofs.filter(({ result }) => result === 'wrong').map(({ link }) => link));
  expect(wrong).toEqual([[], ['connection'], ['connection'], ['connection']]);
});

test('a secret under the name of the certificate is no certificate: what is in it cannot be told without reading it', async () => {
  world.restore();
  world.state.certificates.delete('kv-contoso-dev/sharepoint-cert');
  const told = (await world.prove()).filter(({ result }) => result === 'cannot tell');
  expect(told.map(({ link, found }) => [link, found])).toEqual([
    ['certificate', 'sharepoint-cert is a secret, and no certificate: what is in it shows only to who reads it'],
  ]);
  // Doctor reads it.
  expect((await world.doctor()).filter(({ link }) => link === 'sign-in').map(({ result }) => result)).toEqual(['ok', 'ok', 'ok']);
});

test('a certificate that is on the registration twice is good where one entry of it holds', async () => {
  world.restore();
  const found = [...world.state.applications.values()].find(({ appId }) => appId === clientId);
  const [entry] = found?.keyCredentials ?? [];
  if (!found || !entry) throw new Error('no entry');
  const ended = { ...entry, keyId: 'old', endDateTime: '2020-01-01T00:00:00Z' };
  world.state.applications.set(found.id, { ...found, keyCredentials: [ended, entry] });
  expect((await world.prove()).filter(({ result }) => result !== 'ok')).toEqual([]);
});

test('a site that is asked through Graph is opened by the permission of Graph', async () => {
  const site = { url: 'https://contoso.sharepoint.com/sites/hr', role: 'read' };
  const throughGraph = await brokenWorld({
    appRegistration: {
      ...healthySpec.appRegistration,
      permissions: [{ api: 'graph', roles: ['Sites.Selected', 'User.Read.All'], sites: [site] }],
    },
    requests: [{ name: 'Get lists', url: 'https://graph.microsoft.com/v1.0/sites/contoso.sharepoint.com:/sites/hr:/lists' }],
  });
  try {
    expect((await throughGraph.prove()).filter(({ result }) => result !== 'ok')).toEqual([]);
    throughGraph.state.sitePermissions.clear();
    const told = (await throughGraph.prove()).filter(({ result }) => result !== 'ok');
    expect(told.map(({ link, result, found }) => [link, result, found])).toEqual([
      ['site', 'wrong', 'the app has Sites.Selected, and no right on this site'],
    ]);
  } finally {
    await throughGraph.close();
  }
});

test('a user-assigned identity that the Logic App no longer has, or that was deleted, reads nothing, whatever its role says', async () => {
  const id = `/subscriptions/${subscription}/resourceGroups/rg-ids/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-hr`;
  const { consumption } = healthySpec.targets;
  const assigned = await brokenWorld({ targets: { consumption: { ...consumption, managedIdentity: id } } });
  const told = async () =>
    (await assigned.prove()).filter(({ result }) => result === 'wrong').map(({ link, found }) => [link, found]);
  try {
    expect(await told()).toEqual([]);
    const own = assigned.state.resources.get(workflowId);
    if (!own) throw new Error('no workflow');
    assigned.state.resources.set(workflowId, { ...own, identity: { type: 'SystemAssigned', principalId: 'x' } });
    expect(await told()).toEqual([
      ['access to the vault', 'the identity id-hr was taken from it, with which it would read kv-contoso-dev'],
    ]);
    assigned.restore();
    assigned.state.resources.delete(id.toLowerCase());
    expect(await told()).toEqual([['access to the vault', 'there is no identity that could']]);
  } finally {
    await assigned.close();
  }
});
