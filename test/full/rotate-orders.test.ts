import { describe, expect, test } from 'vitest';
import { certificateAt, environments, type Name, shared, thumbprint } from '../setup/shared-registration.ts';

const steps = ['rotate dev', 'rotate prod', 'finish dev', 'finish prod'] as const;
type Step = (typeof steps)[number];

/** Every order in which no environment finishes before it has rotated. */
const orders = permutations(steps).filter((order) =>
  environments.every((name) => order.indexOf(`rotate ${name}`) < order.indexOf(`finish ${name}`)),
);

describe.each([
  ['a certificate each', { dev: 0, prod: 1 }],
  ['the same certificate in both vaults', { dev: 0, prod: 0 }],
])('dev and prod share a registration, %s', (_, start) => {
  test.each(orders.map((order) => [order.join(', '), order] as const))('%s: nobody loses the newest', async (_name, order) => {
    const { rotate, finish, registered, bothSignIn, handedOut } = await shared({ start });
    for (const step of order) {
      const [verb, name] = step.split(' ') as ['rotate' | 'finish', Name];
      const result = await (verb === 'rotate' ? rotate(name, name === 'dev' ? 2 : 3) : finish(name));
      expect([step, result.outcome]).toEqual([step, expect.stringMatching(/^(rotated|finished|nothing to finish)$/)]);
      const there = await registered();
      expect([step, environments.filter((one) => !there.includes(thumbprint(handedOut[one])))]).toEqual([step, []]);
      await bothSignIn();
    }
    // What was old is gone in the end, too.
    expect((await registered()).sort()).toEqual([thumbprint(certificateAt(2)), thumbprint(certificateAt(3))].sort());
  });
});

function permutations(all: readonly Step[]): Step[][] {
  if (all.length === 0) return [[]];
  return all.flatMap((one) => permutations(all.filter((other) => other !== one)).map((rest) => [one, ...rest]));
}
