import { hostile } from './hostile.ts';

/** Numbers from 0 to 1, below 1. */
export type Random = () => number;

/** A word that no output may hold: it stands in what is a secret wherever it stands. */
export const canary = 'cAn4ry';

const jwt = `eyJhbGciOiJIUzI1NiJ9.eyJ${canary}0000000.${canary}_abcdefghij`;
const secrets = [
  jwt,
  `https://a.example/x?sp=r&sv=1&sig=${canary}0123456789abcdefghijkl`,
  `https://user:${canary}0123456789@a.example/x`,
  `AccountKey=${canary}0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ01234567890abcd==`,
];

/** What breaks code that takes it for something else, steers a terminal or CI, exhausts a stack, or is a secret. */
const values: readonly unknown[] = [
  ...hostile,
  ...secrets,
  `text ${jwt} text`,
  'x\n::add-mask::y\r\n##vso[task.prependpath]z\u2028##[error]\u001b[8m\u202e',
  '@',
  '@{',
  '@@{',
  `@${'concat('.repeat(300)}`,
  '@{body('.repeat(100),
  `@${'['.repeat(200)}`,
  "[concat('a', parameters('b'))]",
  '\ud800',
  'a'.repeat(5000),
  JSON.parse(`${'['.repeat(300)}${']'.repeat(300)}`),
  JSON.parse('{ "__proto__": { "a": 1 }, "constructor": { "prototype": null } }'),
  Array(300).fill({}),
  1e308,
  true,
  [],
  {},
];

export function oneOf<Item>(items: readonly Item[], random: Random): Item {
  return items[Math.floor(random() * items.length)] as Item;
}

/** A copy of a JSON value with some members that are other ones, gone, doubled, or called otherwise. */
export function mutatedValue(value: unknown, random: Random): unknown {
  let changed = structuredClone(value);
  for (let left = 1 + Math.floor(random() * 3); left > 0; left--) changed = changedOnce(changed, random);
  return changed;
}

function changedOnce(value: unknown, random: Random): unknown {
  const isGroup = typeof value === 'object' && value !== null && Object.keys(value).length > 0;
  if (!isGroup || random() < 0.05) return oneOf(values, random);
  const key = oneOf(Object.keys(value), random);
  const member = (value as Record<string, unknown>)[key];
  const way = random();
  const inner = way < 0.7 && typeof member === 'object' && member !== null ? changedOnce(member, random) : oneOf(values, random);
  if (Array.isArray(value)) return way > 0.95 ? [...value, ...value] : value.with(Number(key), inner);
  const { [key]: _, ...rest } = value as Record<string, unknown>;
  if (way > 0.92) return rest;
  return { ...rest, [way > 0.85 ? oneOf([...secrets, '', '__proto__', 'toString', key.toUpperCase()], random) : key]: inner };
}

/** A copy of bytes with some that are other ones, cut off, left out, or there twice. */
export function mutatedBytes(bytes: Uint8Array, random: Random): Uint8Array {
  let changed = Uint8Array.from(bytes);
  for (let left = 1 + Math.floor(random() * 4); left > 0 && changed.length > 0; left--) {
    const at = Math.floor(random() * changed.length);
    const way = random();
    if (way < 0.7) changed[at] = Math.floor(random() * 256);
    else if (way < 0.8) changed = changed.slice(0, at);
    else {
      const end = at + Math.floor(random() * 40);
      const again = way < 0.9 ? [] : [...changed.slice(at, end), ...changed.slice(at, end)];
      changed = Uint8Array.from([...changed.slice(0, at), ...again, ...changed.slice(end)]);
    }
  }
  return changed;
}

/** A copy of a text with parts that are other ones, or stand elsewhere. `words` are what may come in. */
export function mutatedText(text: string, words: readonly string[], random: Random): string {
  let changed = text;
  for (let left = 1 + Math.floor(random() * 4); left > 0; left--) {
    const at = Math.floor(random() * (changed.length + 1));
    const end = at + Math.floor(random() ** 3 * 30);
    const way = random();
    const middle = way < 0.6 ? oneOf(words, random) : way < 0.8 ? '' : changed.slice(at, end).repeat(2);
    changed = changed.slice(0, at) + middle + changed.slice(way < 0.3 ? at : end);
  }
  return changed;
}
