import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { evaluate, kindOf } from '../../src/engine/evaluate.ts';
import { NotRun } from '../../src/engine/refusal.ts';
import { utf8 } from '../../src/engine/values/bytes.ts';
import { bytesIn } from '../../src/engine/values/content.ts';
import { toPlain } from '../../src/engine/values/json.ts';
import { isList, type Value } from '../../src/engine/values/value.ts';
import { inferTemplate } from '../../src/expression/infer.ts';
import { parseTemplate } from '../../src/expression/template.ts';
import { type Given, worldOf } from './world.ts';

/**
 * One call of Microsoft's page. `result` is what it gives there; where the page is wrong or shows something else than a value, `page` has
 * what stands there and `why` says why that is not expected.
 */
interface Example {
  readonly call: string;
  readonly result?: unknown;
  /** XML as text, or a list of it. */
  readonly xml?: string | readonly string[];
  readonly oneOf?: readonly unknown[];
  readonly matches?: string;
  readonly notRun?: string;
  readonly page?: unknown;
  readonly why?: string;
  readonly given?: Given;
}

const { examples }: { examples: readonly Example[] } = JSON.parse(
  readFileSync(new URL('reference.json', import.meta.url), 'utf8'),
);

test.for(examples)('$call', ({ call, given, ...expected }) => {
  const template = parseTemplate(`@${call}`);
  if (template.kind !== 'expression') return expect.fail('it is no expression');
  const { expression } = template;
  if (expected.notRun !== undefined) {
    expect(() => evaluate(expression, worldOf(given))).toThrow(NotRun);
    expect(() => evaluate(expression, worldOf(given))).toThrow(expected.notRun);
    return;
  }
  const value = evaluate(expression, worldOf(given));
  if (expected.xml !== undefined) expect(isList(value) ? value.map(xmlText) : xmlText(value)).toEqual(expected.xml);
  else if (expected.oneOf) expect(expected.oneOf).toContain(value);
  else if (expected.matches !== undefined) expect(value).toMatch(new RegExp(expected.matches));
  else expect(toPlain(value)).toEqual(expected.result);
  // What the checker says of the call before it runs holds for what it gives.
  const { type, problems } = inferTemplate(template, { typeOf: () => undefined });
  expect(type.kinds & kindOf(value)).toBeGreaterThan(0);
  expect(problems.filter(({ code }) => code !== 'constant-condition')).toEqual([]);
});

test('all examples of the page are there that have a result', () => {
  expect(examples).toHaveLength(232);
});

test('an example that does not expect what the page shows says why', () => {
  expect(examples.filter((example) => 'page' in example && !example.why)).toEqual([]);
});

function xmlText(value: Value): string {
  const bytes = bytesIn(value);
  return bytes ? utf8(bytes) : 'no XML';
}
