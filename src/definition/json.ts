import { deepest } from './walk.ts';

/** The characters of a value as JSON without white space. What is nested too deep to be read by Azure is not counted. */
export function lengthAsJson(value: unknown, depth = 0): number {
  if (depth > deepest) return 0;
  if (Array.isArray(value))
    return value.reduce((sum: number, each) => sum + lengthAsJson(each, depth + 1) + 1, value.length ? 1 : 2);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)?.length ?? 0;
  const entries = Object.entries(value);
  return entries.reduce(
    (sum, [key, each]) => sum + JSON.stringify(key).length + 1 + lengthAsJson(each, depth + 1) + 1,
    entries.length ? 1 : 2,
  );
}
