/** The kinds a value can have, as bits: a type that may be several is the union of them. */
export const string = 1;
export const integer = 2;
export const float = 4;
export const boolean = 8;
export const nothing = 16;
export const array = 32;
export const object = 64;

export const number = integer | float;
export const anything = string | number | boolean | nothing | array | object;

/** What is known of a value before the workflow runs. */
export interface Type {
  /** Every kind the value may have. */
  readonly kinds: number;
  /** The properties of an object; when absent, any name may be right. */
  readonly properties?: ReadonlyMap<string, Type>;
  /** Whether the object may have other properties. Then a name that is not among them is wrong only where it looks like a slip. */
  readonly open?: true;
  /** The elements of an array; when absent, they may be anything. */
  readonly items?: Type;
}

export const unknownType: Type = { kinds: anything };

/** The type of a value that has one of the two types. What only one of them says of properties and elements is dropped. */
export function either(left: Type, right: Type): Type {
  const kinds = left.kinds | right.kinds;
  const known = right.kinds === nothing ? left : left.kinds === nothing ? right : undefined;
  return known ? { ...known, kinds } : { kinds };
}

const names: readonly (readonly [number, string])[] = [
  [string, 'a string'],
  [number, 'a number'],
  [integer, 'an integer'],
  [float, 'a float'],
  [boolean, 'a boolean'],
  [nothing, 'null'],
  [array, 'an array'],
  [object, 'an object'],
];

/** The kinds in words: `a string or an array`. */
export function describeKinds(kinds: number): string {
  if (kinds === anything) return 'anything';
  let left = kinds;
  const words: string[] = [];
  for (const [bits, name] of names) {
    if ((left & bits) !== bits) continue;
    words.push(name);
    left &= ~bits;
  }
  return words.length < 2 ? words.join() : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}
