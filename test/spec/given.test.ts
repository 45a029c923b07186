import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { generate, parseSpec, SpecError } from '../../src/index.ts';
import { specText } from '../specs.ts';

function mistakesOf(value: object) {
  try {
    parseSpec(value, { file: 'made.ts' });
    return [];
  } catch (error) {
    if (!(error instanceof SpecError)) throw error;
    return error.diagnostics;
  }
}

test('a spec that a program has made gives the same files as its text', () => {
  for (const format of ['definition', 'arm', 'solution'] as const) {
    const options = { format };
    const text = specText('  powerAutomate: { solution: Flows, publisher: { name: contoso, prefix: cto } }');
    expect(generate(parseSpec(parse(text)), options)).toEqual(generate(parseSpec(text), options));
  }
});

test('its mistakes have a pointer, and no place in a text', () => {
  const spec = parse(specText());
  const { name: _, ...unnamed } = spec;
  const found = mistakesOf({ ...unnamed, nmae: 'x', appRegistration: { ...spec.appRegistration, tenantId: 'a b' } });
  expect(found.map(({ pointer, file, range }) => [pointer, file, range])).toEqual([
    ['/nmae', 'made.ts', undefined],
    ['/appRegistration/tenantId', 'made.ts', undefined],
  ]);
  expect(found.every((each) => !('range' in each))).toBe(true);
});

test('what changes after it was read counts no more', () => {
  const value = parse(specText('actions:\n  Note: { type: Compose, inputs: { a: 1 } }'));
  const spec = parseSpec(value);
  value.actions.Note.inputs.a = 2;
  expect(spec.actions.Note).toEqual({ type: 'Compose', inputs: { a: 1 } });
});

test('what no JSON can say is told, and nothing crashes', () => {
  const circle: Record<string, unknown> = {};
  circle.itself = circle;
  let deep: object = {};
  for (let level = 0; level < 100_000; level++) deep = { deep };
  let tooDeep: object = {};
  for (let level = 0; level < 250; level++) tooDeep = { tooDeep };
  expect(mistakesOf(tooDeep).map(({ message }) => message)).toEqual(['it is nested more than 200 levels deep']);
  for (const value of [circle, deep, { name: 1n }])
    expect(mistakesOf(value).map(({ rule, message }) => `${rule}: ${message}`)).toEqual([
      expect.stringMatching(/^spec-syntax: it cannot be written as JSON: \S/),
    ]);
  for (const value of [[], new Map(), () => 1]) expect(mistakesOf(value).length).toBeGreaterThan(0);
});
