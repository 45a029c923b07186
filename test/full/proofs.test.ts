import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { appBreaks, appService, standard, standardBreaks } from '../proofs/apps.ts';
import { breaks } from '../proofs/breaks.ts';
import { foreignBreaks } from '../proofs/foreign.ts';
import { identityBreaks, identitySpec } from '../proofs/identity.ts';
import { expectNamed } from '../proofs/named.ts';
import { signInBreaks } from '../proofs/sign-ins.ts';
import { brokenWorld, type World } from '../proofs/world.ts';

describe.each([
  { of: 'a Logic App (Consumption)', table: [...breaks, ...signInBreaks, ...foreignBreaks], overrides: {}, target: undefined },
  { of: 'a web app', table: appBreaks, overrides: appService, target: 'app-service' },
  { of: 'a Logic App that signs in with its identity', table: identityBreaks, overrides: identitySpec, target: undefined },
  { of: 'a Logic App (Standard)', table: standardBreaks, overrides: standard, target: 'standard' },
])('$of', ({ table, overrides, target }) => {
  let world: World;
  beforeAll(async () => {
    world = await brokenWorld(overrides, target);
  });
  afterAll(() => world.close());

  test('healthy, it says so', async () => {
    expect((await world.prove()).filter(({ result }) => result !== 'ok')).toEqual([]);
  });

  test.each(table)('$what: named rightly, and alone', (one) => expectNamed(world, one));
});
