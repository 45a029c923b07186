import type { Big } from 'big.js';

/**
 * What an expression gives. Whole numbers are `number`, or `bigint` where a `number` would lose digits; a float is a `number` with a
 * fraction, or a `Float` where it has none, so that `7.0` stays apart from `7`. `Big` is what decimal() makes.
 * Source: docs/facts/engine.md#numbers.
 */
export type Value = null | boolean | string | Numeric | readonly Value[] | Group;

export interface Group {
  readonly [name: string]: Value;
}

export type Numeric = number | bigint | Float | Big;

/** A float without a fraction. */
export class Float {
  readonly value: number;

  constructor(value: number) {
    this.value = value;
  }

  /** As JSON: without its point, which no number of JavaScript keeps. */
  toJSON(): number {
    return this.value;
  }
}

export function isGroup(value: unknown): value is Group {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

export function isList(value: unknown): value is readonly Value[] {
  return Array.isArray(value);
}
