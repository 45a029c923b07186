import { expect, test } from 'vitest';
import type { Surroundings } from '../../src/definition/surroundings.ts';
import { applyTextEdits } from '../../src/document/text-edits.ts';
import { declarationsOf, nameAt, renameEdits } from '../../src/editor/names.ts';
import { isSameName, occurrencesIn } from '../../src/editor/occurrences.ts';
import { EditedWorkflow } from '../../src/editor/workflow.ts';
import { check } from '../../src/index.ts';
import { fromPointer } from '../../src/json/pointer.ts';
import { type CorpusRecord, corpusFiles, surroundingsOf } from '../corpus/record.ts';
import { corpusLines } from '../shared.ts';
import { part, randomOf } from '../sweep.ts';

function opened(text: string, record: CorpusRecord) {
  const surroundings: Surroundings = surroundingsOf(record);
  return new EditedWorkflow({ file: 'workflow.json', text, pointer: '', definition: JSON.parse(text), ...surroundings });
}

const surroundingsIn = ({ text, pointer, file, ...surroundings }: EditedWorkflow['opened']) => surroundings;

/** Findings, what runs before what, and what is referred to; one name of all is left out. */
function graph({ subject, opened: { ...opened } }: EditedWorkflow, kind: string, name: string) {
  const isIt = (one: string | undefined) => one?.toLowerCase() === name.toLowerCase();
  // An action, a variable and a parameter may have one name.
  const inPointer = (step: string, at: number, steps: readonly string[]) =>
    kind === 'action' && isIt(step) && /^(?:actions|runAfter|transitions)$/.test(steps[at - 1] ?? '') ? 'the one' : step;
  const inUse = (of: string, one: string | undefined) =>
    isIt(one) && (of === 'loop' ? 'action' : of) === kind ? 'the one' : one;
  // A name that was wrong may be right now.
  const told = check(opened.definition, surroundingsIn(opened)).filter(({ rule }) => rule !== 'names');
  const findings = told.map(({ rule, severity, pointer }) => [...[rule, severity], ...fromPointer(pointer).map(inPointer)]);
  const some = subject.actions.slice(0, 60);
  const order = some.map((one) => some.map((other) => subject.order.mayRefer(one, other)));
  const uses = subject.templates.map(({ references }) => references.map(({ kind: of, name: used }) => [of, inUse(of, used)]));
  return { findings, order, uses };
}

test('a renamed action or variable leaves findings, order and references of real definitions as they were', (context) => {
  const records = corpusFiles.flatMap((file) => [...corpusLines<CorpusRecord>(context, file)]);
  let count = 0;
  // 300 in a run of the long tests, all in a sweep.
  for (const record of part(records)) {
    const text = JSON.stringify(record.definition, null, 2);
    const workflow = opened(text, record);
    const random = randomOf(count);
    const declared = occurrencesIn(workflow.subject).filter(
      ({ isDeclaration, kind }) => isDeclaration && (kind === 'action' || kind === 'variable'),
    );
    const chosen = declared[Math.floor(random() * declared.length)];
    // Two of one name are one: to tell them apart again is no rename.
    if (!chosen || declared.filter((other) => isSameName(other, chosen)).length > 1) continue;
    const newName = `It's "new" ${count}`;
    const range = workflow.rangeOf(chosen.pointer, chosen.part);
    const found = nameAt(workflow, range.start.offset + 1);
    expect([record.id, found?.name]).toEqual([record.id, chosen.name]);
    if (!found) continue;
    const renamed = applyTextEdits(text, renameEdits(workflow, found, newName));
    const after = opened(renamed, record);
    expect([record.id, graph(after, chosen.kind, newName)]).toEqual([record.id, graph(workflow, chosen.kind, chosen.name)]);
    const place = declarationsOf(after, { ...found, name: newName })[0];
    expect(place && renamed.slice(place.start.offset, place.end.offset)).toBe(JSON.stringify(newName));
    count++;
  }
  expect(count).toBeGreaterThan(200);
});
