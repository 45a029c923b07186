import { refuse } from '../refusal.ts';
import { isNumeric, isWhole, toDouble } from '../values/numbers.ts';
import { type Group, isGroup, isList, type Numeric, type Value } from '../values/value.ts';

/** Arguments as the kind that the signature says they are. Each refuses what slipped through a wider signature. */

export function text(values: readonly Value[], index: number): string {
  const value = values[index];
  return typeof value === 'string' ? value : refuse(`Argument ${index + 1} must be a string.`);
}

export function optionalText(values: readonly Value[], index: number): string | undefined {
  const value = values[index];
  return value === undefined || value === null ? undefined : text(values, index);
}

export function list(values: readonly Value[], index: number): readonly Value[] {
  const value = values[index] ?? null;
  return isList(value) ? value : refuse(`Argument ${index + 1} must be an array.`);
}

export function group(values: readonly Value[], index: number): Group {
  const value = values[index] ?? null;
  return isGroup(value) ? value : refuse(`Argument ${index + 1} must be an object.`);
}

export function numeric(values: readonly Value[], index: number): Numeric {
  const value = values[index];
  return isNumeric(value) ? value : refuse(`Argument ${index + 1} must be a number.`);
}

/** A whole number that counts something; one that a float stands for is taken too. */
export function count(values: readonly Value[], index: number): number {
  const value = numeric(values, index);
  const double = toDouble(value);
  if (!isWhole(value) && !Number.isInteger(double)) refuse(`Argument ${index + 1} must be an integer.`);
  return double;
}

export function truth(values: readonly Value[], index: number): boolean {
  const value = values[index];
  return typeof value === 'boolean' ? value : refuse(`Argument ${index + 1} must be a boolean.`);
}

export function any(values: readonly Value[], index: number): Value {
  return values[index] ?? null;
}
