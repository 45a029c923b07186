import type { FoundReference, Subject, TemplateEntry } from '../check/subject.ts';
import { type ActionEntry, walkStrings } from '../definition/walk.ts';
import type { Edit } from '../diagnostics/fix.ts';
import type { ReferenceKind } from '../expression/functions.ts';
import { listReferences, type Reference } from '../expression/references.ts';
import { isTemplate, parseTemplate } from '../expression/template.ts';
import { RunAfter } from './run-after.ts';

/** A definition while sign-ins in it are rewritten: what goes, what changes, and who signs in by the certificate then. */
export class Rewriting {
  readonly subject: Subject;
  runAfter = new RunAfter();
  /** Actions that sign in by the certificate. */
  readonly users = new Set<ActionEntry>();
  readonly #edits: Edit[] = [];
  /** Places whose text goes, by their pointers. */
  readonly #gone = new Set<string>();
  readonly #added: Reference[] = [];

  constructor(subject: Subject) {
    this.subject = subject;
  }

  get edits(): readonly Edit[] {
    return this.#edits;
  }

  add(edits: readonly Edit[]) {
    this.#edits.push(...edits);
    for (const edit of edits) {
      if (edit.kind === 'remove' || edit.kind === 'put') this.#gone.add(edit.pointer);
      if (edit.kind === 'add' || edit.kind === 'put')
        walkStrings(edit.value, [], (text) => {
          if (isTemplate(text)) this.#added.push(...listReferences(parseTemplate(text)));
        });
    }
  }

  /** Whether what stands at a pointer stays. `also` are places that would go, too. */
  stays(pointer: string, action: ActionEntry | undefined, also?: Leaving): boolean {
    if (action && (this.runAfter.isGone(action) || isIn(action, also?.actions))) return false;
    for (let here = pointer; here !== ''; here = here.slice(0, here.lastIndexOf('/')))
      if (this.#gone.has(here) || also?.places.has(here)) return false;
    return true;
  }

  /** References of a kind in what stays. */
  staying(kind: ReferenceKind, also?: Leaving): FoundReference[] {
    return this.subject.references(kind).filter(({ entry }) => this.stays(entry.pointer, entry.action, also));
  }

  /** The names that what is written anew refers to, of one kind, in lower case. */
  wanted(kind: ReferenceKind): ReadonlySet<string> {
    return new Set(this.#added.flatMap((one) => (one.kind === kind && one.name !== undefined ? [one.name.toLowerCase()] : [])));
  }

  /** Expressions in what goes. */
  leaving(): TemplateEntry[] {
    return this.subject.templates.filter(({ pointer, action }) => !this.stays(pointer, action));
  }
}

/** What would go. */
export interface Leaving {
  readonly places: ReadonlySet<string>;
  readonly actions: ReadonlySet<ActionEntry>;
}

function isIn(action: ActionEntry, actions: ReadonlySet<ActionEntry> | undefined): boolean {
  if (!actions) return false;
  for (let here: ActionEntry | undefined = action; here; here = here.parent) if (actions.has(here)) return true;
  return false;
}
