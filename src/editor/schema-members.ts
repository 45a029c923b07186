import { Validator } from '@cfworker/json-schema';
import { isObject } from '../json/json.ts';

type Schema = Readonly<Record<string, unknown>>;

/** A key or a value that a schema has at a place. */
export interface SchemaMember {
  readonly name: string;
  readonly about: string | undefined;
  /** Whether the schema wants it there. */
  readonly isRequired: boolean;
}

/** What may stand at a place of a document, as its schema (draft 7) says: branches count by what the document has there. */
export class SchemaView {
  readonly #root: Schema;
  readonly #conditions = new Map<unknown, Validator>();

  constructor(root: Schema) {
    this.#root = root;
  }

  /** The keys of the group at a path, without those that it has. */
  keysAt(document: unknown, path: readonly (string | number)[]): SchemaMember[] {
    const value = valueAt(document, path);
    const there = new Set(isObject(value) ? Object.keys(value) : []);
    const found = new Map<string, SchemaMember>();
    for (const schema of this.#schemasAt(document, path)) {
      const required = Array.isArray(schema.required) ? schema.required : [];
      for (const [name, member] of Object.entries(isObject(schema.properties) ? schema.properties : {}))
        if (!there.has(name) && !found.has(name) && member !== false)
          found.set(name, { name, about: this.#describe(member), isRequired: required.includes(name) });
    }
    return [...found.values()];
  }

  /** The values that the schema names for a place. */
  valuesAt(document: unknown, path: readonly (string | number)[]): SchemaMember[] {
    const found = new Map<string, SchemaMember>();
    for (const schema of this.#schemasAt(document, path)) {
      const values = Array.isArray(schema.enum) ? schema.enum : schema.const !== undefined ? [schema.const] : [];
      const named = schema.type === 'boolean' ? [true, false] : values;
      for (const value of [...named, ...(schema.default === undefined || isObject(schema.default) ? [] : [schema.default])])
        found.set(JSON.stringify(value), { name: String(value), about: this.#describe(schema), isRequired: false });
    }
    return [...found.values()];
  }

  /** What the schema says of a place. */
  aboutAt(document: unknown, path: readonly (string | number)[]): string | undefined {
    const parent = path.slice(0, -1);
    const last = path.at(-1);
    for (const schema of this.#schemasAt(document, parent))
      for (const member of this.#step(schema, last)) {
        const about = this.#describe(member);
        if (about !== undefined) return about;
      }
    return undefined;
  }

  #describe(schema: unknown): string | undefined {
    if (!isObject(schema)) return undefined;
    if (typeof schema.description === 'string') return schema.description;
    const target = typeof schema.$ref === 'string' ? this.#resolve(schema.$ref) : undefined;
    return typeof target?.description === 'string' ? target.description : undefined;
  }

  #schemasAt(document: unknown, path: readonly (string | number)[]): Schema[] {
    let value = document;
    let schemas = this.#expand(this.#root, value);
    for (const step of path) {
      value = childOf(value, step);
      schemas = schemas.flatMap((schema) => this.#step(schema, step)).flatMap((schema) => this.#expand(schema, value));
    }
    return schemas;
  }

  /** The schemas of a member of what a schema describes. */
  #step(schema: Schema, step: string | number | undefined): unknown[] {
    if (typeof step === 'number') return [schema.items];
    const { properties, patternProperties, additionalProperties } = schema;
    const name = String(step);
    if (isObject(properties) && Object.hasOwn(properties, name)) return [properties[name]];
    const patterns = Object.entries(isObject(patternProperties) ? patternProperties : {});
    const matching = patterns.filter(([pattern]) => new RegExp(pattern, 'u').test(name)).map(([, member]) => member);
    return matching.length > 0 ? matching : [additionalProperties];
  }

  /** A schema with all that it refers to, and of its branches those that this value takes. */
  #expand(schema: unknown, value: unknown, found: Schema[] = []): Schema[] {
    if (!isObject(schema) || found.includes(schema)) return found;
    found.push(schema);
    if (typeof schema.$ref === 'string') this.#expand(this.#resolve(schema.$ref), value, found);
    for (const word of ['allOf', 'anyOf', 'oneOf'])
      for (const branch of Array.isArray(schema[word]) ? schema[word] : []) this.#expand(branch, value, found);
    if (schema.if !== undefined) this.#expand(this.#holds(schema.if, value) ? schema.then : schema.else, value, found);
    return found;
  }

  #holds(condition: unknown, value: unknown): boolean {
    let validator = this.#conditions.get(condition);
    if (!validator) {
      const { definitions, $defs } = this.#root;
      const whole = {
        ...(isObject(condition) ? condition : {}),
        ...(definitions ? { definitions } : {}),
        ...($defs ? { $defs } : {}),
      };
      validator = new Validator(whole, '7', true);
      this.#conditions.set(condition, validator);
    }
    return validator.validate(value).valid;
  }

  #resolve(reference: string): Schema | undefined {
    let here: unknown = this.#root;
    for (const step of reference.replace(/^#\/?/, '').split('/'))
      here = step === '' ? here : childOf(here, step.replaceAll('~1', '/').replaceAll('~0', '~'));
    return isObject(here) ? here : undefined;
  }
}

function childOf(value: unknown, step: string | number): unknown {
  if (Array.isArray(value)) return value[Number(step)];
  return isObject(value) && Object.hasOwn(value, String(step)) ? value[String(step)] : undefined;
}

/** The value at a path of keys and places; undefined where there is none. */
export function valueAt(document: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce(childOf, document);
}
