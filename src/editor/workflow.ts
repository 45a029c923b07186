import { Subject } from '../check/subject.ts';
import type { Range } from '../diagnostics/diagnostic.ts';
import { JsonLocator } from '../document/locate.ts';
import type { OpenedDefinition } from '../formats/reading/opened-document.ts';

/** One place of a workflow as a person edits it. */
export interface Cursor {
  /** Of the value in its definition. */
  readonly pointer: string;
  /** Whether it is in the key, not in the value. */
  readonly isKey: boolean;
  /** In a string, how many characters of it (escapes read) stand before the place; elsewhere 0. */
  readonly index: number;
}

/** A workflow in a text that is being edited: what rules see of it, and the way between its places and those of the text. */
export class EditedWorkflow {
  readonly opened: OpenedDefinition;
  readonly locator: JsonLocator;
  #subject: Subject | undefined;

  constructor(opened: OpenedDefinition, locator = new JsonLocator(opened.text)) {
    this.opened = opened;
    this.locator = locator;
  }

  /** Worked out at the first question that takes it: an outline does not. */
  get subject(): Subject {
    this.#subject ??= new Subject(this.opened.definition, this.opened);
    return this.#subject;
  }

  /** Where a place of the definition stands in the text. */
  rangeOf(pointer: string, part?: Parameters<JsonLocator['rangeOf']>[1]): Range {
    return this.locator.rangeOf(this.opened.pointer + pointer, part);
  }

  /** What stands at an offset of the text; undefined outside of this workflow. */
  at(offset: number): Cursor | undefined {
    const found = this.locator.placeAt(offset);
    const { pointer: start } = this.opened;
    if (!found || !(found.pointer === start || found.pointer.startsWith(`${start}/`))) return undefined;
    return { ...found, pointer: found.pointer.slice(start.length) };
  }

  /** Whether the text has, at a pointer, what the definition has: ARM fills some strings in. */
  isAsWritten(pointer: string): boolean {
    return this.opened.filledIn?.has(pointer) !== true;
  }
}
