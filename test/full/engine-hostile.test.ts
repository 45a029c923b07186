import fc from 'fast-check';
import { expect, test } from 'vitest';
import { evaluate, kindOf } from '../../src/engine/evaluate.ts';
import { Refusal } from '../../src/engine/refusal.ts';
import { runDefinition } from '../../src/engine/run.ts';
import { functions } from '../../src/expression/functions.ts';
import { inferTemplate } from '../../src/expression/infer.ts';
import { parseTemplate } from '../../src/expression/template.ts';
import { check, runWorkflow, UsageError, WorkflowRefusedError } from '../../src/index.ts';
import { type CorpusRecord, corpusFiles, surroundingsOf } from '../corpus/record.ts';
import { automaticMocks } from '../engine/automatic-mocks.ts';
import { worldOf } from '../engine/world.ts';
import { mutated } from '../mutated.ts';
import { corpusLines } from '../shared.ts';
import { runs, size } from '../sweep.ts';

/** Runs it; only words to the user may come out. */
function attempt(work: () => unknown) {
  try {
    work();
  } catch (error) {
    if (!(error instanceof UsageError || error instanceof WorkflowRefusedError)) throw error;
  }
}

const json = fc.jsonValue({ maxDepth: 6 });
const trigger = { manual: { type: 'Request', kind: 'Http' } };

test('the engine has words for arbitrary JSON, alone and where something else belongs', () => {
  const type = fc.constantFrom(
    'If',
    'Foreach',
    'Until',
    'Switch',
    'Scope',
    'Query',
    'Select',
    'Table',
    'Http',
    'ApiConnection',
    'Wait',
    'Terminate',
    'Response',
    'ParseJson',
    'InitializeVariable',
    'SetVariable',
    'Expression',
  );
  const action = fc.record(
    {
      type,
      inputs: json,
      actions: json,
      expression: json,
      foreach: json,
      cases: json,
      else: json,
      limit: json,
      runAfter: json,
      runtimeConfiguration: json,
    },
    { requiredKeys: ['type'] },
  );
  fc.assert(
    fc.property(json, action, json, (any, one, body) => {
      attempt(() => runDefinition(any, { trigger: { body }, mostSteps: 1000 }));
      attempt(() =>
        runDefinition(
          { triggers: trigger, parameters: any, outputs: any, actions: { A: one, B: { type: 'Compose', inputs: any } } },
          { trigger: { body }, mocks: [{ method: 'GET', answer: { body } }], mostSteps: 1000 },
        ),
      );
    }),
    runs(20_000),
  );
});

test('what the checker calls an error is refused with its pointer, and what it accepts never ends in a fault', (context) => {
  const records = corpusFiles.flatMap((file) => corpusLines<CorpusRecord>(context, file));
  const other = fc.oneof(
    fc.jsonValue(),
    fc.constantFrom('@', '@{', "@body('x')", '@@', "@items('", '@item()', 1e300, -0, '', '@range(0, 9)'),
  );
  fc.assert(
    fc.property(fc.nat(records.length - 1), fc.array(fc.nat(), { minLength: 1, maxLength: 12 }), other, (at, path, value) => {
      const record = records[at] as CorpusRecord;
      const definition = mutated(record.definition, path, value);
      const surroundings = surroundingsOf(record);
      const errors = check(definition, surroundings).filter(({ severity }) => severity === 'error');
      let refused: string[] = [];
      try {
        runWorkflow(definition, { ...automaticMocks(definition), surroundings, mostSteps: 2000 });
      } catch (error) {
        if (error instanceof WorkflowRefusedError) refused = error.diagnostics.map(({ pointer }) => pointer);
        else if (!(error instanceof UsageError)) throw error;
      }
      expect(refused).toEqual(errors.map(({ pointer }) => pointer));
    }),
    // All of them in the sweep; the checker and the engine take some ten milliseconds for each.
    runs(size === 1 ? 100_000 : 25_000),
  );
});

test('a call of literals gives what the checker infers, or is refused', () => {
  const text = fc.oneof(
    fc.string(),
    fc.constantFrom(
      '2026-01-05T06:00:00Z',
      '01/31/2016',
      'UTC',
      'Day',
      'dd.MM.yyyy',
      'de-DE',
      '{"a":[1]}',
      '<a><b/></a>',
      'data:,x',
      'aGVsbG8=',
      '%41',
      'https://a.b:8/c?d',
      '//b',
      '#,##0.00',
      'C2',
    ),
  );
  const literal = fc.oneof(
    text.map((value) => `'${value.replaceAll("'", "''")}'`),
    fc.integer().map(String),
    fc
      .double({ noNaN: true, noDefaultInfinity: true })
      .map((value) => (/^-?\d+(\.\d+)?$/.test(String(value)) ? String(value) : '1.5')),
    fc.constantFrom('true', 'false', 'null', '1.0', "createArray(1, 'a', null)", 'json(\'{"a": {"b": 1.0}}\')', 'createArray()'),
  );
  const named = functions.filter(({ refersTo }) => !refersTo);
  fc.assert(
    fc.property(
      fc.constantFrom(...named),
      fc.array(literal, { maxLength: 4 }),
      ({ name, required, parameters, repeats }, values) => {
        const most = repeats ? 4 : parameters.length;
        const given = values.slice(0, Math.max(required, most));
        while (given.length < required) given.push("'a'");
        const template = parseTemplate(`@${name}(${given.join(', ')})`);
        if (template.kind !== 'expression') return;
        try {
          const value = evaluate(template.expression, worldOf());
          const { type } = inferTemplate(template, { typeOf: () => undefined });
          expect(type.kinds & kindOf(value), `${name}(${given.join(', ')}) is of kind ${kindOf(value)}`).toBeGreaterThan(0);
        } catch (error) {
          if (!(error instanceof Refusal)) throw error;
        }
      },
    ),
    runs(200_000),
  );
});
