import { anything, array, boolean, integer, nothing, number, object, string, type Type, unknownType } from './types.ts';

const kindsOfSchemaType: ReadonlyMap<unknown, number> = new Map(
  Object.entries({ string, integer, number, boolean, null: nothing, array, object }),
);

/** Members that say what their neighbours alone do not: with one of them, the type is not known from `type` and `properties`. */
const combining = ['$ref', 'allOf', 'anyOf', 'oneOf', 'not', 'if'];

/** Deeper levels are unknown, so that a hostile schema cannot exhaust the stack. */
const deepest = 64;

/**
 * The type that a JSON Schema describes, such as that of a Request trigger or of a Parse JSON action. Objects are
 * open, as JSON Schema has it, unless `additionalProperties` is false: real flows read properties that their schema does not name,
 * such as `entity` of a trigger for a selected item. Never throws: what is not understood is unknown.
 */
export function typeFromSchema(schema: unknown): Type {
  return typeAt(schema, 0);
}

function typeAt(schema: unknown, depth: number): Type {
  if (!isRecord(schema) || depth > deepest || combining.some((member) => member in schema)) return unknownType;
  const kinds = kindsOf(schema.type);
  const properties = kinds & object ? propertiesOf(schema, depth) : undefined;
  const items = kinds & array && isRecord(schema.items) ? typeAt(schema.items, depth + 1) : undefined;
  const open = properties && schema.additionalProperties !== false;
  return { kinds, ...(properties && { properties }), ...(open && { open }), ...(items && { items }) };
}

function kindsOf(type: unknown): number {
  const types = Array.isArray(type) ? type : [type];
  let kinds = 0;
  for (const each of types) kinds |= kindsOfSchemaType.get(typeof each === 'string' ? each.toLowerCase() : each) ?? anything;
  return kinds || anything;
}

function propertiesOf(schema: Record<string, unknown>, depth: number): ReadonlyMap<string, Type> | undefined {
  const { properties, patternProperties, additionalProperties } = schema;
  const saysOthers = patternProperties !== undefined || additionalProperties === true || isRecord(additionalProperties);
  if (saysOthers || !isRecord(properties)) return undefined;
  const types = new Map<string, Type>();
  for (const name of Object.keys(properties)) types.set(name, typeAt(properties[name], depth + 1));
  return types.size > 0 ? types : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
