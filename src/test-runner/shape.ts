import { isObject } from '../json/json.ts';

/** A text of which nothing is known. */
export const madeUp = 'text';

/** What is asked of a value: the members that expressions pick, and the schemas that there are of them. */
export class Shape {
  readonly name: string;
  readonly #members = new Map<string, Shape>();
  /** A JSON Schema of it. */
  schema: unknown;
  /** What a function that takes it directly wants of it. */
  wanted: unknown;
  isList = false;

  constructor(name = '') {
    this.name = name;
  }

  /** What lies on a path of members, whose case does not count. */
  at(path: readonly string[]): Shape {
    let here: Shape = this;
    for (const name of path) {
      const next = here.#members.get(name.toLowerCase()) ?? new Shape(name);
      here.#members.set(name.toLowerCase(), next);
      here = next;
    }
    return here;
  }

  /** A value that has all of it. */
  sample(): unknown {
    if (this.schema !== undefined) return sampleOf(this.schema);
    if (this.isList) return [this.members()];
    return this.#members.size > 0 ? this.members() : (this.wanted ?? madeUp);
  }

  members(): Readonly<Record<string, unknown>> {
    return Object.fromEntries([...this.#members.values()].map((shape) => [shape.name, shape.sample()]));
  }
}

/** Deeper members of a schema are left out: it may hold itself. */
const deepest = 20;

/** A value that fits a JSON Schema. */
export function sampleOf(schema: unknown, depth = 0): unknown {
  if (!isObject(schema) || depth > deepest) return madeUp;
  if ('default' in schema && schema.default !== null) return schema.default;
  if (Array.isArray(schema.enum) && schema.enum.length > 0) return schema.enum[0];
  const [type] = [schema.type].flat();
  if (type === 'object' || isObject(schema.properties))
    return Object.fromEntries(
      Object.entries(isObject(schema.properties) ? schema.properties : {}).map(([name, inner]) => [
        name,
        sampleOf(inner, depth + 1),
      ]),
    );
  if (type === 'array') return [sampleOf(schema.items, depth + 1)];
  if (type === 'integer') return 1;
  if (type === 'number') return 1.5;
  if (type === 'boolean') return true;
  if (type === 'null') return null;
  return /date|time/i.test(String(schema.format ?? '')) ? '2026-01-05T06:00:00Z' : madeUp;
}
