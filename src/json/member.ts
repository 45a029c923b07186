import { isObject } from './json.ts';

/** A member of a value that may be anything. */
export function member(value: unknown, ...path: string[]): unknown {
  let here = value;
  for (const key of path) {
    if (!isObject(here) || !Object.hasOwn(here, key)) return undefined;
    here = here[key];
  }
  return here;
}

/** The member of an object whose name differs at most in case. */
export function memberNamed(object: unknown, name: string): unknown {
  const key = keyNamed(object, name);
  return key === undefined ? undefined : member(object, key);
}

/** The name of that member as it is written. */
export function keyNamed(object: unknown, name: string): string | undefined {
  if (!isObject(object)) return undefined;
  if (Object.hasOwn(object, name)) return name;
  const word = name.toLowerCase();
  // Asked for what mostly is not there: a key of another length is another one, and need not be put into lower case.
  for (const key of Object.keys(object)) if (key.length === name.length && key.toLowerCase() === word) return key;
  return undefined;
}

/** The entry of a table for a word that comes from a file: every object of JavaScript has a "constructor" too, and that is none. */
export function entryOf<Entry>(table: Readonly<Record<string, Entry>>, word: string): Entry | undefined {
  return Object.hasOwn(table, word) ? table[word] : undefined;
}
