import type { Edit } from '../diagnostics/fix.ts';
import type { OpenedDocument } from '../formats/reading/opened-document.ts';
import { type AdoptedDefinition, adoptDefinition } from './definition.ts';
import type { Ground } from './ground.ts';
import { groundsOf } from './grounds/index.ts';
import type { AdoptItem, AdoptPlan, Aim, FileEdit } from './plan.ts';
import { tasksOf } from './tasks.ts';

/** A plan, and the changes that carry it out: for each definition all of them, or none. */
export interface AdoptedDocument {
  readonly plan: AdoptPlan;
  readonly edits: readonly FileEdit[];
}

/** Finds the sign-ins of a document that are not to last, and works out the changes that make others of them. Changes nothing. */
export function adoptDocument(document: OpenedDocument, aim: Aim, isLeft: LeftOnes = new Map()): AdoptedDocument {
  const groundOf = groundsOf(document, aim);
  const items: AdoptItem[] = [];
  const edits: FileEdit[] = [];
  const adopted: AdoptedDefinition[] = [];
  for (const opened of document.definitions) {
    const ground: Ground = groundOf(opened);
    const reason = isLeft.get(opened.file + opened.pointer);
    const one = adoptDefinition(opened, aim, reason === undefined ? ground : { ...ground, problem: reason });
    if (document.source) {
      // The text is of a template that stands nowhere.
      items.push(...one.items.map(({ becomes: _, ...item }) => ({ left: sourceWords, ...item })));
      continue;
    }
    const around = one.edits.length > 0 ? ground.around(opened, one, aim) : [];
    if ('left' in around) {
      items.push(...adoptDefinition(opened, aim, { ...ground, problem: around.left }).items);
      continue;
    }
    items.push(...one.items);
    edits.push(...one.edits.map((edit): FileEdit => ({ file: opened.file, edit: moved(opened.pointer, edit) })), ...around);
    adopted.push(one);
  }
  const [registration] = adopted.flatMap((one) => one.registration ?? []);
  return {
    plan: { items, tasks: tasksOf(adopted, aim), ...(registration && { registration }) },
    edits,
  };
}

const sourceWords = 'it is made from files in another language: change it there';

/** Definitions that are to be left as they are, by file and pointer, and why. */
export type LeftOnes = ReadonlyMap<string, string>;

function moved(start: string, edit: Edit): Edit {
  return { ...edit, pointer: start + edit.pointer, ...(edit.kind === 'move' && { from: start + edit.from }) };
}
