import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type CheckOptions, check } from '../../src/index.ts';
import { hostile, replaced } from '../hostile.ts';
import { part } from '../sweep.ts';

const folder = new URL('../fixtures/rules/', import.meta.url);

test.each(readdirSync(folder))('%s: no value anywhere makes the checker throw', (name) => {
  const { definition, ...surroundings }: { definition: unknown } & CheckOptions = JSON.parse(
    readFileSync(new URL(`${name}/bad.json`, folder), 'utf8'),
  );
  for (const by of hostile) {
    for (const other of part(replaced(definition, by))) expect(() => check(other, surroundings)).not.toThrow();
    // What comes from files; the rest is the caller's own.
    for (const name of ['parameters', 'connections', 'connectionReferences'] as const) {
      for (const other of part(replaced(surroundings[name], by)))
        expect(() => check(definition, { ...surroundings, [name]: other })).not.toThrow();
    }
  }
});
