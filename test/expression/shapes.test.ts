import { expect, test } from 'vitest';
import { typeFromSchema } from '../../src/expression/shapes.ts';
import { anything, array, integer, nothing, number, object, string } from '../../src/expression/types.ts';

test('properties and elements', () => {
  const schema = {
    type: 'object',
    properties: { id: { type: 'integer' }, tags: { type: 'array', items: { type: ['String', 'null'] } } },
    required: ['id'],
  };
  expect(typeFromSchema(schema)).toEqual({
    kinds: object,
    open: true,
    properties: new Map([
      ['id', { kinds: integer }],
      ['tags', { kinds: array, items: { kinds: string | nothing } }],
    ]),
  });
});

test.each([
  ['no schema', undefined, anything],
  ['true', true, anything],
  ['an empty schema', {}, anything],
  ['an unknown type', { type: 'file' }, anything],
  ['a name of Object.prototype', { type: 'constructor' }, anything],
  ['a number', { type: 'number' }, number],
  ['an open object', { type: 'object' }, object],
  ['an object without named properties', { type: 'object', properties: {} }, object],
  ['an object of any other properties', { type: 'object', properties: { a: {} }, additionalProperties: true }, object],
  ['an object of patterns', { type: 'object', properties: { a: {} }, patternProperties: { '^x': {} } }, object],
  ['alternatives', { type: 'object', properties: { a: {} }, anyOf: [{ type: 'object' }] }, anything],
  ['a reference', { $ref: '#/definitions/a' }, anything],
  ['no types', { type: [] }, anything],
])('%s', (_, schema, kinds) => {
  expect(typeFromSchema(schema)).toEqual({ kinds });
});

test('only additionalProperties: false closes an object', () => {
  const closed = typeFromSchema({ type: 'object', properties: { a: {} }, additionalProperties: false });
  expect(closed).toEqual({ kinds: object, properties: new Map([['a', { kinds: anything }]]) });
});

test('a schema without end does not exhaust the stack', () => {
  let schema: unknown = {};
  for (let depth = 0; depth < 50_000; depth++) schema = { type: 'array', items: schema };
  expect(typeFromSchema(schema).kinds).toBe(array);
});
