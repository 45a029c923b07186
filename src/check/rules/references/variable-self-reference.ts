import { changedVariable } from '../../../definition/variables.ts';
import type { Rule } from '../../rule.ts';

export const variableSelfReference: Rule = {
  name: 'variable-self-reference',
  severity: 'error',
  category: 'correctness',
  summary: 'What changes a variable does not read the same variable',
  check: (subject, report) => {
    for (const { name, action, pointer, part } of subject.variableUses) {
      const changed = action && changedVariable(action);
      if (!action || changed === undefined || changed.toLowerCase() !== name.toLowerCase()) continue;
      if (pointer === `${action.pointer}/inputs/name` || !pointer.startsWith(`${action.pointer}/inputs/`)) continue;
      report({
        pointer,
        part,
        message: `"${action.name}" changes the variable "${name}" and reads it in the same step, which the service refuses`,
        about: { found: name },
        help: cures[action.typeWord] ?? 'read the variable in a Compose action before, and use the outputs of that',
      });
    }
  },
};

/** By type in lower case. */
const cures: Readonly<Record<string, string>> = {
  setvariable:
    'use IncrementVariable or an Append action where that is meant; else read the variable in a Compose action before, and use the outputs of that',
};
