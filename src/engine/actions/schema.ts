import { type OutputUnit, type Schema, Validator } from '@cfworker/json-schema';
import { isObject, textOf } from '../../json/json.ts';
import { member } from '../../json/member.ts';

/** Errors that are told at most. */
const most = 10;

const validators = new WeakMap<object, Validator>();

/** What in a value does not fit a JSON Schema, in words; empty where it fits, and where the schema is none. */
export function schemaErrors(schema: unknown, value: unknown): string[] {
  if (!isSchema(schema)) return [];
  let validator = validators.get(schema);
  if (!validator) {
    const isOld = /draft-04/.test(textOf(member(schema, '$schema')));
    validator = new Validator(schema, isOld ? '4' : '7', false);
    validators.set(schema, validator);
  }
  try {
    // A leaf says what is wrong; those around it only that something is.
    const { errors } = validator.validate(value);
    const leaves = errors.filter(({ keyword }) => !around.has(keyword));
    return (leaves.length > 0 ? leaves : errors).slice(0, most).map(inWords);
  } catch {
    // A reference that leads nowhere: the service would not look further either.
    return [];
  }
}

const around = new Set(['properties', 'items', 'additionalProperties', 'allOf', 'anyOf', 'oneOf', 'not', '$ref']);

function inWords({ instanceLocation, error }: OutputUnit): string {
  return `${instanceLocation.slice(1) || 'the value'}: ${error}`;
}

function isSchema(value: unknown): value is Schema {
  return isObject(value);
}
