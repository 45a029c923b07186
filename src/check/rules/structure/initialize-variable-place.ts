import { cutValue } from '../../../diagnostics/show.ts';
import type { Rule } from '../../rule.ts';

export const initializeVariablePlace: Rule = {
  name: 'initialize-variable-place',
  severity: 'error',
  category: 'correctness',
  summary: 'Variables are initialized at the top of the workflow, in no other action',
  check: (subject, report) => {
    for (const { name, pointer, parent } of subject.actionsOfType('initializevariable')) {
      if (!parent) continue;
      report({
        pointer,
        part: 'key',
        message: `"${name}" initializes a variable inside "${parent.name}" (${cutValue(parent.type)})`,
        about: { found: parent.name },
        help: 'initialize it at the top of the workflow, and use SetVariable here',
      });
    }
  },
};
