import { changedVariable } from '../definition/variables.ts';
import type { ActionEntry } from '../definition/walk.ts';
import type { Part } from '../document/locate.ts';
import { partIn } from './part-in.ts';
import type { Subject } from './subject.ts';

/** A place where a variable is read or changed. */
export interface VariableUse {
  readonly name: string;
  readonly action: ActionEntry | undefined;
  readonly pointer: string;
  readonly part: Part;
}

/** Every use of a variable whose name the definition tells. */
export function listVariableUses(subject: Subject): VariableUse[] {
  const found: VariableUse[] = [];
  for (const { entry, reference } of subject.references('variable')) {
    const { name } = reference;
    if (name !== undefined) found.push({ name, action: entry.action, pointer: entry.pointer, part: partIn(entry, reference) });
  }
  for (const action of subject.actions) {
    const name = changedVariable(action);
    if (name !== undefined && !subject.isComputed(name))
      found.push({ name, action, pointer: `${action.pointer}/inputs/name`, part: 'value' });
  }
  return found;
}
