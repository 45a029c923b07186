import { limits } from '../definition/limits.ts';
import type { Range } from '../diagnostics/diagnostic.ts';
import { UsageError } from '../diagnostics/errors.ts';
import type { TextEdit } from '../document/edit-json.ts';
import { isSameName, type Occurrence, occurrencesIn } from './occurrences.ts';
import type { EditedWorkflow } from './workflow.ts';

/** The name that stands at an offset of the text, and where. */
export function nameAt(workflow: EditedWorkflow, offset: number): (Occurrence & { readonly range: Range }) | undefined {
  const cursor = workflow.at(offset);
  if (!cursor) return undefined;
  for (const found of occurrencesIn(workflow.subject)) {
    if (found.pointer !== cursor.pointer || !workflow.isAsWritten(found.pointer)) continue;
    const range = workflow.rangeOf(found.pointer, found.part);
    if (range.start.offset <= offset && offset <= range.end.offset) return { ...found, range };
  }
  return undefined;
}

/** Where else the same name stands, and itself: in the order of the text, declarations included where they are asked for. */
export function sameNames(workflow: EditedWorkflow, name: Occurrence, withDeclarations = true): Range[] {
  return occurrencesIn(workflow.subject)
    .filter((other) => isSameName(other, name) && (withDeclarations || !other.isDeclaration))
    .map(({ pointer, part }) => workflow.rangeOf(pointer, workflow.isAsWritten(pointer) ? part : 'value'))
    .sort((a, b) => a.start.offset - b.start.offset);
}

/** Where a name is declared; none where nothing declares it. */
export function declarationsOf(workflow: EditedWorkflow, name: Occurrence): Range[] {
  return occurrencesIn(workflow.subject)
    .filter((other) => other.isDeclaration && isSameName(other, name))
    .map(({ pointer, part }) => workflow.rangeOf(pointer, part));
}

/**
 * The changes of the text that give an action or a variable another name, everywhere. Throws a UsageError where the name cannot be, and
 * where one of the places cannot be changed: a rename is whole or none.
 */
export function renameEdits(workflow: EditedWorkflow, name: Occurrence, newName: string): TextEdit[] {
  refuse(workflow, name, newName);
  return occurrencesIn(workflow.subject)
    .filter((other) => isSameName(other, name))
    .map(({ pointer, part, form }) => {
      if (!workflow.isAsWritten(pointer))
        throw new UsageError(
          `"${name.name}" also stands in what the template fills in (${pointer}), which cannot be renamed here`,
        );
      const { start, end } = workflow.rangeOf(pointer, part);
      const written =
        form === 'json' ? JSON.stringify(newName) : JSON.stringify(`'${newName.replaceAll("'", "''")}'`).slice(1, -1);
      return { offset: start.offset, length: end.offset - start.offset, content: written };
    });
}

/** What the service refuses of names: docs/facts/definitions.md#limits, and the rule `names`. */
function refuse({ subject }: EditedWorkflow, { kind, name }: Occurrence, newName: string) {
  const word = newName.toLowerCase();
  if (kind !== 'action' && kind !== 'variable')
    throw new UsageError(`a ${kind} is known outside of this file, too: it is renamed where it is given`);
  if (newName === '' || newName.trim() !== newName) throw new UsageError('a name has no blanks around it, and is not empty');
  if (newName.length > limits.name) throw new UsageError(`a name has at most ${limits.name} characters`);
  if (/[@\p{Cc}]/u.test(newName)) throw new UsageError('a name has no "@" and no control characters');
  if (kind === 'action' && newName.endsWith('.')) throw new UsageError('the name of an action does not end in a period');
  const taken =
    kind === 'action' ? subject.actions.map(({ nameWord }) => nameWord) : subject.variables.map((one) => one.name.toLowerCase());
  if (word !== name.toLowerCase() && taken.includes(word)) throw new UsageError(`there is another ${kind} "${newName}"`);
}
