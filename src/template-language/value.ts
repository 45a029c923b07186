/** What only the deployment knows. */
export const unknown: unique symbol = Symbol('unknown');
export type Known = string | number | boolean | null | object;
export type Value = Known | typeof unknown;
