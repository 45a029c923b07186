import { expect } from 'vitest';
import type { Break } from './breaks.ts';
import type { World } from './world.ts';

/** Breaks one thing, and wants it named rightly and alone; what hangs on it is not looked at. */
export async function expectNamed(world: World, { link, about, found, command, spec, ...one }: Break) {
  world.restore();
  await one.break?.(world);
  const proofs = await (one.prove?.(world) ?? world.prove(spec));
  const told = proofs.filter(({ result }) => result === 'wrong' || result === 'cannot tell');
  expect(told).toEqual([
    expect.objectContaining({
      link,
      ...(about === undefined ? {} : { about }),
      result: 'wrong',
      found: expect.stringMatching(found),
      known: expect.stringMatching(/\w/),
      cure: expect.stringMatching(/\.$|\)$/),
      command: expect.stringMatching(command),
    }),
  ]);
  const name = about === undefined ? link : `${link} ${about}`;
  const waiting = proofs.filter(({ result }) => result === 'not looked at').map((proof) => proof.found);
  expect(waiting.filter((text) => text !== `it hangs on the ${name}, which is wrong`)).toEqual([]);
}
