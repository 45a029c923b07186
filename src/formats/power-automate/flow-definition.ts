import type { Definition } from '../../definition/definition.ts';

/** A definition as exports of flows have it: its description at the end. */
export function flowDefinition({ description, ...definition }: Definition): Definition {
  return { ...definition, ...(description === undefined ? {} : { description }) };
}
