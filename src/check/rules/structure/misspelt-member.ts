import { actionTypes, runtimeMembers, triggerTypes } from '../../../definition/operations.ts';
import { nearest } from '../../../diagnostics/nearest.ts';
import { aboutWord } from '../../../diagnostics/words.ts';
import { isObject } from '../../../json/json.ts';
import { pointerStep } from '../../../json/pointer.ts';
import type { Rule } from '../../rule.ts';
import { isOneOf } from '../../words.ts';

export const misspeltMember: Rule = {
  name: 'misspelt-member',
  severity: 'warning',
  category: 'correctness',
  summary: 'No member of inputs or runtimeConfiguration is a slip of one that the service knows',
  check: ({ triggers, actions }, report) => {
    const look = (group: unknown, known: readonly string[], pointer: string) => {
      for (const key of isObject(group) ? Object.keys(group) : []) {
        if (known.includes(key) || isOneOf(key, known)) continue;
        const near = nearest(key, known);
        if (near === undefined) continue;
        report({
          pointer: pointer + pointerStep(key),
          part: 'key',
          message: `"${key}" has no effect: there is no such member here`,
          help: `did you mean "${near}"?`,
          about: aboutWord(key, known, near),
        });
      }
    };
    for (const [types, entries] of [
      [triggerTypes, triggers],
      [actionTypes, actions],
    ] as const) {
      for (const { node, typeWord, pointer } of entries) {
        const known = types.get(typeWord)?.inputs;
        if (known) look(node.inputs, known, `${pointer}/inputs`);
        look(node.runtimeConfiguration, runtimeMembers, `${pointer}/runtimeConfiguration`);
      }
    }
  },
};
