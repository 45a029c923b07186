import { placeholderForms } from '../../src/diagnostics/placeholder.ts';
import { anyCase, conditions, readDemands, type Schema, type Schemas, wordPattern } from './demands.ts';

/**
 * schemas/definition.schema.json: the demands as a schema that holds by itself, for editors. It takes what the service takes beside its
 * own words: words and members in any case, null for what is absent, numbers in quotes; and where any value may stand, an expression,
 * what a template of ARM puts there, and what somebody is yet to fill in.
 */
export function publishedSchema(): Schema {
  const { $schema, title, description, definitions } = readDemands();
  const parts = new Set(Object.values(definitions).flatMap((each) => Object.values(each['x-dispatch']?.cases ?? {})));
  const { definition, ...others } = Object.fromEntries(
    Object.entries(definitions).map(([name, each]) => [
      name,
      parts.has(name) || name === 'tooDeep' ? members(each) : loosened(each),
    ]),
  );
  return { $schema, title, description, ...members(definitions.definition ?? {}), definitions: { ...others, open } };
}

/** The same as the text of the file. */
export function publishedText(): string {
  return `${JSON.stringify(publishedSchema(), null, 2)}\n`;
}

/** What stands for any value. */
const openText = ['^$', '^@(?!@)', '@\\{', '^\\[[\\s\\S]*\\]$', ...placeholderForms.map(({ source }) => anyCase(source))].join(
  '|',
);
const valued = ['string', 'number', 'boolean', 'array', 'object'];
const open: Schema = {
  description: 'An expression, or a value that is yet to be filled in.',
  // Null by what it is not: editors propose a value of a type that is named.
  anyOf: [{ type: 'string', pattern: openText }, { not: { anyOf: valued.map((type) => ({ type })) } }],
};

const toOpen: Schema = { $ref: '#/definitions/open' };
const number: Schema = { type: 'string', pattern: '^\\s*[-+]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d+)?\\s*$' };
const truth: Schema = { type: 'string', pattern: wordPattern(['true', 'false']) };

/** A schema, and what may stand in the place of what it describes. */
function loosened(schema: Schema): Schema {
  const { description, examples, enum: words, ...rest } = schema;
  const about = { ...(description !== undefined && { description }), ...(examples && { examples }) };
  if (words) return { ...about, anyOf: [{ enum: words }, { type: 'string', pattern: wordPattern(words) }, toOpen] };
  if (schema.type === undefined) return { ...about, ...members(rest) };
  const { type: _, ...untyped } = rest;
  const types = [schema.type].flat();
  return {
    ...about,
    anyOf: [
      ...types.map((type) => ({ type, ...members(untyped) })),
      ...(types.includes('integer') || types.includes('number') ? [number] : []),
      ...(types.includes('boolean') ? [truth] : []),
      toOpen,
    ],
  };
}

/** Words of our own; and that a text is not empty: a blank is left by templates of the gallery for whoever takes them. */
const dropped = new Set(['x-rule', 'x-unknown', 'x-expected', 'x-open', 'minLength']);

/** The same, with what is in it loosened. */
function members(schema: Schema): Schema {
  const { 'x-dispatch': dispatch, ...kept } = Object.fromEntries(
    Object.entries(schema).filter(([keyword]) => !dropped.has(keyword)),
  ) as Schema;
  const { properties, additionalProperties, items, propertyNames, allOf, anyOf } = kept;
  const otherCases = additionalProperties === false && Object.keys(properties ?? {}).length > 0;
  const all = [...(allOf ?? []).map(members), ...(dispatch ? conditions(dispatch) : [])];
  return {
    ...kept,
    ...(properties && { properties: loosenedMembers(properties, dispatch) }),
    ...(otherCases && { patternProperties: { [wordPattern(Object.keys(properties ?? {}))]: true } }),
    ...(typeof additionalProperties === 'object' && { additionalProperties: loosened(additionalProperties) }),
    ...(items && { items: loosened(items) }),
    ...(propertyNames?.not?.enum && { propertyNames: { not: { pattern: wordPattern(propertyNames.not.enum) } } }),
    ...(anyOf && { anyOf: anyOf.map(members) }),
    ...(all.length > 0 && { allOf: all }),
    ...(kept.if?.properties && { if: { ...kept.if, properties: worded(kept.if.properties) } }),
  };
}

function loosenedMembers(properties: Schemas, dispatch: Schema['x-dispatch']): Schemas {
  return Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => {
      const isFixed = dispatch?.by === name && dispatch['x-rule'] !== undefined;
      return [name, loosened(isFixed ? { ...schema, enum: Object.keys(dispatch.cases) } : schema)];
    }),
  );
}

/** In a condition, words in any case. */
function worded(properties: Schemas): Schemas {
  return Object.fromEntries(
    Object.entries(properties).map(([name, { enum: words = [] }]) => [name, { type: 'string', pattern: wordPattern(words) }]),
  );
}
