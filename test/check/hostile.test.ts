import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type CheckOptions, check } from '../../src/index.ts';
import { hostile, replaced } from '../hostile.ts';

const folder = new URL('../fixtures/rules/', import.meta.url);

test.each(readdirSync(folder))('%s: no value anywhere makes the checker throw', (name) => {
  const { definition, ...surroundings }: { definition: unknown } & CheckOptions = JSON.parse(
    readFileSync(new URL(`${name}/bad.json`, folder), 'utf8'),
  );
  for (const by of hostile) {
    for (const other of replaced(definition, by)) expect(() => check(other, surroundings)).not.toThrow();
    // What comes from files; the rest is the caller's own.
    for (const part of ['parameters', 'connections', 'connectionReferences'] as const) {
      for (const other of replaced(surroundings[part], by))
        expect(() => check(definition, { ...surroundings, [part]: other })).not.toThrow();
    }
  }
});
