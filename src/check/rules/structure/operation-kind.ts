import { actionTypes, triggerTypes } from '../../../definition/operations.ts';
import { nearest } from '../../../diagnostics/nearest.ts';
import { spell } from '../../mends.ts';
import type { Rule } from '../../rule.ts';
import { isOneOf, suggestName } from '../../words.ts';

export const operationKind: Rule = {
  name: 'operation-kind',
  severity: 'error',
  category: 'correctness',
  summary: 'The kind of a trigger or an action is one that its type has',
  check: (subject, report) => {
    for (const [types, entries] of [
      [triggerTypes, subject.triggers],
      [actionTypes, subject.actions],
    ] as const) {
      for (const { node, type, typeWord, pointer } of entries) {
        const known = types.get(typeWord)?.kinds;
        const kind = subject.literal(node.kind);
        if (!known || kind === undefined || kind === '' || isOneOf(kind, known)) continue;
        report({
          pointer: `${pointer}/kind`,
          message: `${type} has no kind "${kind}"`,
          ...suggestName(kind, known, 'kinds'),
          fix: spell(kind, known, `${pointer}/kind`),
          // New kinds appear every year: only what looks like a slip is sure to be wrong.
          ...(nearest(kind, known) === undefined ? { severity: 'info' } : {}),
        });
      }
    }
  },
};
