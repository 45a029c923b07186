import { isObject } from '../../json/json.ts';

/** The keys that a model tells of: `1` for all that is behind a key, a group for some of it. */
export interface Modelled {
  readonly [key: string]: 1 | Modelled;
}

/** Keys of a JSON value, as paths, that a model does not tell of. */
export function keysBeside(value: unknown, modelled: Modelled, path = ''): string[] {
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, member]) => {
    const known = Object.hasOwn(modelled, key) ? modelled[key] : undefined;
    const here = path === '' ? key : `${path}/${key}`;
    if (known === undefined) return [here];
    return known === 1 ? [] : keysBeside(member, known, here);
  });
}

/** Parts of a file, each once, with the file's name before them. */
export function partsOf(file: string, parts: readonly string[]): string[] {
  return [...new Set(parts)].map((part) => `${file}: ${part}`);
}
