import type { OperationEntry } from '../../../definition/walk.ts';
import { array, describeKinds, nothing } from '../../../expression/types.ts';
import { entryOf, member } from '../../../json/member.ts';
import type { Rule } from '../../rule.ts';
import type { Subject } from '../../subject.ts';

export const unusableInput: Rule = {
  name: 'unusable-input',
  severity: 'warning',
  category: 'correctness',
  summary: 'A loop and the data operations get a list, and Parse JSON gets a content',
  check: (subject, report) => {
    for (const operation of subject.actions) {
      const pointer = readBy(operation);
      const found = pointer === undefined ? undefined : unusable(subject, operation, pointer);
      if (pointer === undefined || found === undefined) continue;
      const isList = operation.typeWord !== 'parsejson';
      report({
        pointer,
        message: `"${operation.name}" gets ${found}${isList ? ', which is no list' : ''}: the run fails`,
        help: isList
          ? "name the list, as one expression: @body('…')?['value']; an empty one is json('[]')"
          : 'name what is to be parsed',
      });
    }
  },
};

/** What an action reads and cannot do without, by type in lower case. */
const readMembers: Readonly<Record<string, string>> = {
  foreach: '/foreach',
  parsejson: '/inputs/content',
  query: '/inputs/from',
  select: '/inputs/from',
  table: '/inputs/from',
  join: '/inputs/from',
};

/** The place of the value that an action reads, where its type has one that it cannot do without. */
export function readBy({ typeWord, pointer }: Pick<OperationEntry, 'typeWord' | 'pointer'>): string | undefined {
  const path = entryOf(readMembers, typeWord);
  return path === undefined ? undefined : pointer + path;
}

/** In words, a value that the action fails on; undefined for one that it may take. Never quotes it: it may be a secret. */
function unusable(subject: Subject, { node, typeWord, pointer }: OperationEntry, at: string): string | undefined {
  const entry = subject.templateAt(at);
  const value = member(node, ...at.slice(pointer.length + 1).split('/'));
  if (typeWord === 'parsejson') return value === null || (entry && subject.typeOf(entry).kinds === nothing) ? 'null' : undefined;
  if (entry?.template) {
    const { kinds } = subject.typeOf(entry);
    return kinds & array ? undefined : describeKinds(kinds);
  }
  if (value === undefined || entry || subject.isOpen(value) || Array.isArray(value)) return undefined;
  // Of other constants the rule members tells.
  return value === null ? 'null' : typeof value === 'string' ? 'a string' : undefined;
}
