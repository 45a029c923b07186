import { expect, test } from 'vitest';
import { listActions, listTriggers } from '../../src/definition/walk.ts';
import { layOut } from '../../src/picture/layout.ts';
import { outlineOf } from '../../src/picture/outline.ts';
import { type CorpusRecord, corpusFiles } from '../corpus/record.ts';
import { faultsOf } from '../picture/faults.ts';
import { corpusLines } from '../shared.ts';

test('real definitions have no overlap, and every action is there', (context) => {
  const definitions = corpusFiles
    .flatMap((file) => corpusLines<CorpusRecord>(context, file))
    .map(({ definition, path: name }) => ({ name, definition }));
  expect(definitions.length).toBeGreaterThan(1000);
  for (const { name, definition } of definitions) {
    const { boxes } = layOut(outlineOf(definition, () => undefined));
    expect([name, boxes.length]).toEqual([name, listActions(definition).length + listTriggers(definition).length]);
    expect([name, faultsOf(definition)]).toEqual([name, []]);
  }
});
