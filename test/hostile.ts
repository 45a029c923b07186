/** Values that JSON can hold and that break code which takes them for something else. */
export const hostile = [
  { toString: false },
  [{ toString: false }],
  { toString: { valueOf: 1 }, length: -1 },
  null,
  -0.5,
  '',
  'constructor',
  '__proto__',
];

/** Every copy of a value in which one of its members, at any depth, is another one. */
export function* replaced(value: unknown, by: unknown): Generator<unknown> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, member] of Object.entries(value)) {
    const withMember = (other: unknown) => (Array.isArray(value) ? value.with(Number(key), other) : { ...value, [key]: other });
    yield withMember(by);
    // Names that every object of JavaScript has by itself.
    if (!Array.isArray(value)) for (const name of ['constructor', 'toString']) yield { ...value, [name]: member };
    for (const inner of replaced(member, by)) yield withMember(inner);
  }
}
