import { expect, test } from 'vitest';
import { isGetSecret } from '../../src/definition/get-secret.ts';
import { listActions } from '../../src/definition/walk.ts';
import { applyFixes } from '../../src/document/edit-json.ts';
import { check, type Diagnostic, type Edit, type Fix } from '../../src/index.ts';
import { fromPointer } from '../../src/json/pointer.ts';
import { type CorpusRecord, corpusFiles, surroundingsOf } from '../corpus/record.ts';
import { corpusLines } from '../shared.ts';
import { part } from '../sweep.ts';

// biome-ignore lint/suspicious/noExplicitAny: each mistake looks at what it needs of a real definition
type Group = Record<string, any>;

/** Mistakes that people make, put into an action in place; true where it could be made. */
const mistakes: Readonly<Record<string, (action: Group) => boolean>> = {
  'get-secret-outputs': (action) => isGetSecret(action) && delete action.runtimeConfiguration,
  'secure-data-place': (action) => {
    const { runtimeConfiguration: moved, inputs } = action;
    if (!moved?.secureData || Object.keys(moved).length > 1 || typeof inputs !== 'object') return false;
    delete action.runtimeConfiguration;
    inputs.runtimeConfiguration = moved;
    return true;
  },
  'unknown-member': (action) => {
    if (!/^(Http|ApiConnection|OpenApiConnection)$/.test(action.type) || !action.inputs?.retryPolicy) return false;
    action.retryPolicy = action.inputs.retryPolicy;
    return delete action.inputs.retryPolicy;
  },
  'operation-type': (action) => {
    if (!/^(Compose|Foreach|ParseJson|ApiConnection|InitializeVariable)$/.test(action.type)) return false;
    action.type = `${action.type.slice(0, -2)}${action.type.at(-1)}`;
    return true;
  },
};

test('fixes mend what they are for, and change nothing else', (context) => {
  const mended = new Map<string, number>();
  for (const [index, record] of part(corpusFiles.flatMap((file) => corpusLines<CorpusRecord>(context, file)).entries())) {
    for (const [rule, spoil] of [['', () => true] as const, ...Object.entries(mistakes)]) {
      const definition = structuredClone(record.definition) as Group;
      let isSpoilt = rule === '';
      if (rule !== '') for (const { node: action } of listActions(definition)) isSpoilt = spoil(action as Group) || isSpoilt;
      if (!isSpoilt) continue;
      const text = JSON.stringify(definition, null, [undefined, 2, '\t', 4][index % 4]);
      const options = { ...surroundingsOf(record), text };
      const name = `${record.repo} ${record.path} ${rule}`;
      // Round by round, as certflow does it: of two fixes that put a member at one place, the second adds to what the first has put there.
      let [after, written] = [definition, text];
      for (let applied: readonly Fix[] = [], round = 0; round === 0 || applied.length > 0; round++) {
        const fixes = check(after, { ...options, text: written }).flatMap(({ fix }) => fix ?? []);
        const result = applyFixes(written, fixes);
        applied = result.applied;
        const expected = applied.flatMap(({ edits }) => edits).reduce<unknown>(edited, after);
        [after, written] = [JSON.parse(result.text), result.text];
        expect(after, name).toEqual(expected);
      }
      if (written === text) continue;
      const left = new Set(check(after, { ...options, text: written }).map(placeOf));
      for (const diagnostic of check(definition, options)) {
        if (!diagnostic.fix) continue;
        expect([name, placeOf(diagnostic), left.has(placeOf(diagnostic))]).toEqual([name, placeOf(diagnostic), false]);
        mended.set(diagnostic.rule, (mended.get(diagnostic.rule) ?? 0) + 1);
      }
      // Whoever takes back a mistake has what there was before.
      if (rule !== '' && rule !== 'get-secret-outputs') {
        const before = check(record.definition, options).flatMap(({ fix }) => fix ?? []);
        if (before.length === 0) expect(after, name).toEqual(record.definition);
      }
    }
  }
  for (const rule of Object.keys(mistakes))
    expect([rule, mended.get(rule) ?? 0]).toEqual([rule, expect.toSatisfy((count) => count > 0)]);
  process.stdout.write(`fixed: ${[...mended].map(([rule, count]) => `${rule} ${count}`).join(', ')}\n`);
});

function placeOf({ rule, pointer }: Diagnostic): string {
  return `${rule} ${pointer}`;
}

/** A copy of a value with one edit made, the plain way. */
function edited(value: unknown, edit: Edit): unknown {
  const copy = structuredClone(value);
  const at = (pointer: string) => {
    const steps = fromPointer(pointer);
    const key = steps.pop() as string;
    return { group: steps.reduce((here, step) => here[step] as Group, copy as Group), key };
  };
  const { group, key } = at(edit.pointer);
  if (edit.kind === 'add' || edit.kind === 'replace') group[key] = edit.value;
  if (edit.kind === 'cut')
    for (const { start, end } of edit.parts.toReversed()) group[key] = group[key].slice(0, start) + group[key].slice(end);
  if (edit.kind === 'move') {
    const from = at(edit.from);
    group[key] = from.group[from.key];
    delete from.group[from.key];
  }
  return copy;
}
