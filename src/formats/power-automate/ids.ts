import { v5 } from 'uuid';
import type { Environment, Spec } from '../../spec/spec.ts';

/** Of all that certflow names. Made once at random; another one would give every package new ids. */
const namespace = '93a3352a-8649-498c-9506-6fe18ed8c0f0';

/**
 * Gives the id of a thing in a spec's packages: always the same for the same publisher prefix, solution and name of the spec (or
 * the id that it pins), so that a new version updates what the one before made. Tenants and environments do not count.
 */
export function packageIds(spec: Spec, { targets: { powerAutomate } }: Environment): (thing: string) => string {
  const { publisher, solution } = powerAutomate ?? {};
  const seed = [publisher?.prefix ?? '', solution ?? '', (spec.id ?? spec.name).toLowerCase()];
  return (thing) => v5(JSON.stringify([...seed, thing]), namespace);
}
