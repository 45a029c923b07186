import { isObject } from '../json/json.ts';
import { member } from '../json/member.ts';
import type { ActionEntry } from './walk.ts';

/** A variable where an InitializeVariable action makes it. */
export interface VariableEntry {
  readonly name: string;
  /** As written. */
  readonly type: unknown;
  readonly value: unknown;
  readonly action: ActionEntry;
  /** Of the entry under `variables`. */
  readonly pointer: string;
}

/** The variables that actions of type InitializeVariable make, in document order. */
export function listVariables(actions: readonly ActionEntry[]): VariableEntry[] {
  const found: VariableEntry[] = [];
  for (const action of actions) {
    const declared = member(action.node, 'inputs', 'variables');
    for (const [index, variable] of Array.isArray(declared) ? declared.entries() : []) {
      if (!isObject(variable) || typeof variable.name !== 'string') continue;
      const pointer = `${action.pointer}/inputs/variables/${index}`;
      found.push({ name: variable.name, type: variable.type, value: variable.value, action, pointer });
    }
  }
  return found;
}

const changing = new Set([
  'setvariable',
  'incrementvariable',
  'decrementvariable',
  'appendtoarrayvariable',
  'appendtostringvariable',
]);

/** The name in an action that changes a variable, if it is one. */
export function changedVariable({ node: action, typeWord }: ActionEntry): string | undefined {
  const name = changing.has(typeWord) ? member(action, 'inputs', 'name') : undefined;
  return typeof name === 'string' ? name : undefined;
}
