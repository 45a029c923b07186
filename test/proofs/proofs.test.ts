import { afterAll, beforeAll, expect, test } from 'vitest';
import { linkNames } from '../../src/proofs/proof.ts';
import { appBreaks, standardBreaks } from './apps.ts';
import { type Break, breaks } from './breaks.ts';
import { expectNamed } from './named.ts';
import { brokenWorld, healthySpec, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await brokenWorld();
});
afterAll(() => world.close());

test('every link has a break', () => {
  const broken = [...breaks, ...appBreaks, ...standardBreaks].map(({ link }) => link);
  expect(linkNames.filter((name) => !broken.includes(name))).toEqual([]);
});

test('the healthy chain says so', async () => {
  world.restore();
  const proofs = await world.prove();
  expect(proofs.filter(({ result }) => result !== 'ok')).toEqual([]);
});

// All of them, one at a time, are in test/full/proofs.test.ts.
test.each(breaks.filter((_, index) => index % 8 === 3))('$what: named rightly, and alone', (one) => expectNamed(world, one));

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
