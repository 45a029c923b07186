import { expect, test } from 'vitest';
import { UsageError } from '../../src/diagnostics/errors.ts';
import { runDefinition } from '../../src/engine/run.ts';
import { firstTest } from '../../src/test-runner/first-test.ts';
import { runTests } from '../../src/test-runner/run-tests.ts';
import { parseTestFile } from '../../src/test-runner/test-file.ts';
import { type CorpusRecord, corpusFiles, surroundingsOf } from '../corpus/record.ts';
import { automaticMocks } from '../engine/automatic-mocks.ts';
import { corpusLines } from '../shared.ts';

test('real workflows run, or say by name what is not run', (context) => {
  const counts = { all: 0, succeeded: 0, failed: 0, held: 0, notRun: 0, refused: 0 };
  const names = new Map<string, number>();
  for (const file of corpusFiles)
    for (const { definition } of corpusLines<CorpusRecord>(context, file)) {
      counts.all += 1;
      try {
        const { status, notRun, others } = runDefinition(definition, { ...automaticMocks(definition), mostSteps: 100_000 });
        const missing = new Set([notRun, ...others.map((one) => one.notRun)].flat());
        for (const what of missing) names.set(what, (names.get(what) ?? 0) + 1);
        if (missing.size > 0) counts.notRun += 1;
        else if (status === 'Succeeded' || status === 'Cancelled') counts.succeeded += 1;
        else if (status === 'Skipped') counts.held += 1;
        else counts.failed += 1;
      } catch (error) {
        // Nothing else may come out of the engine: a fault fails the test.
        if (!(error instanceof UsageError)) throw error;
        counts.refused += 1;
      }
    }
  context.annotate(`${JSON.stringify(counts)} ${JSON.stringify([...names].sort((a, b) => b[1] - a[1]))}`);
  expect(counts.all).toBe(1606);
  expect(counts.all - counts.notRun - counts.refused).toBeGreaterThanOrEqual(1350);
});

test('the first test that is made of a real workflow passes', (context) => {
  const broken: string[] = [];
  let count = 0;
  for (const file of corpusFiles)
    for (const [index, record] of corpusLines<CorpusRecord>(context, file).entries()) {
      const workflow = { definition: record.definition as Record<string, unknown>, ...surroundingsOf(record) };
      try {
        const { text } = firstTest(workflow, { workflow: 'w.json' });
        const { cases, mistakes } = runTests(parseTestFile(text, 'w.certflow-test.yaml'), workflow);
        const told = [...cases.flatMap(({ failures }) => failures), ...mistakes].map(({ message }) => message);
        count += 1;
        if (told.length > 0) broken.push(`${file}:${index + 1}: ${told.join('; ')}`);
      } catch (error) {
        if (!(error instanceof UsageError)) broken.push(`${file}:${index + 1}: ${error}`);
      }
    }
  context.annotate(`${count} first tests`);
  expect(broken).toEqual([]);
  expect(count).toBeGreaterThan(1500);
});
