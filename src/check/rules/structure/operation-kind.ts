import { actionTypes, triggerTypes } from '../../../definition/operations.ts';
import { nearest } from '../../../diagnostics/nearest.ts';
import { spell } from '../../mends.ts';
import type { Rule } from '../../rule.ts';
import { isOneOf, suggestName } from '../../words.ts';

/** Kinds of triggers and responses that only flows have. Source: docs/facts/definitions.md#types-and-kinds. */
const kindsOfFlows = ['Button', 'PowerApp', 'PowerAppV2', 'Skills', 'VirtualAgent'];

export const operationKind: Rule = {
  name: 'operation-kind',
  severity: 'error',
  category: 'correctness',
  summary: 'The kind of a trigger or an action is one that its type has',
  check: (subject, report) => {
    const { host } = subject.surroundings;
    for (const [types, entries] of [
      [triggerTypes, subject.triggers],
      [actionTypes, subject.actions],
    ] as const) {
      for (const { node, type, typeWord, pointer } of entries) {
        const known = types.get(typeWord)?.kinds;
        const kind = known && subject.literal(node.kind);
        if (!known || kind === undefined || kind === '') continue;
        if (isOneOf(kind, known)) {
          if (host && host !== 'power-automate' && isOneOf(kind, kindsOfFlows))
            report({
              pointer: `${pointer}/kind`,
              message: `the kind "${kind}" is one of Power Automate, and Logic Apps does not open it`,
              about: { found: kind },
              help: typeWord === 'request' ? 'write Http, or leave kind out' : 'write Http',
              // It is saved, and no app of Power Platform can call it.
              severity: 'warning',
            });
          continue;
        }
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
