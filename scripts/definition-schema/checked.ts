import { conditions, type Dispatch, readDemands, referred, type Schema, type Schemas } from './demands.ts';

/**
 * The demands as the checker asks them: of each operation by itself, as it is walked to, and without what another rule tells. So no
 * nesting is too deep, and one look at a table finds what a type demands.
 */
export function checkedSchema(): Schema {
  const { definitions, ...root } = readDemands();
  return { ...root, definitions: mapped(definitions, (each, name) => checked(each, !operations.has(name))) };
}

/** The definitions that operations are told apart into, by their type in lower case. */
export function partsByType(kind: 'action' | 'trigger'): Record<string, string> {
  const cases = Object.entries(dispatchOf(kind).cases).filter(([, part]) => part !== '');
  return Object.fromEntries(cases.map(([type, part]) => [type.toLowerCase(), part]));
}

export function dispatchOf(name: string): Dispatch {
  const dispatch = readDemands().definitions[name]?.['x-dispatch'];
  if (!dispatch) throw new Error(`src/definition/demands.json: "${name}" has no x-dispatch`);
  return dispatch;
}

const operations = new Set(['action', 'trigger', 'toolAction']);

function checked(schema: Schema, dispatches = true): Schema {
  const { 'x-unknown': unknown, 'x-dispatch': dispatch, description: _, examples: __, ...kept } = schema;
  const { additionalProperties, properties = {}, required = [], items, allOf = [], anyOf = [] } = kept;
  if ([schema, ...anyOf].some((each) => operations.has(referred(each) ?? ''))) return { type: 'object' };
  const wanted = required.filter((name) => properties[name]?.['x-rule'] === undefined);
  const all = [...allOf.map((each) => checked(each)), ...(dispatch && dispatches ? conditions(dispatch) : [])];
  return {
    ...kept,
    properties: mapped(properties, (member, name) => ({
      ...(member['x-rule'] === undefined && checked(member)),
      // It is told where the member is missing.
      ...(wanted.includes(name) && member.description !== undefined && { description: member.description }),
    })),
    required: wanted,
    additionalProperties:
      typeof additionalProperties === 'object'
        ? checked(additionalProperties)
        : additionalProperties !== false || unknown !== undefined,
    ...(items && { items: checked(items) }),
    ...(all.length > 0 && { allOf: all }),
  };
}

function mapped(schemas: Schemas, change: (schema: Schema, name: string) => Schema): Schemas {
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, change(schema, name)]));
}
