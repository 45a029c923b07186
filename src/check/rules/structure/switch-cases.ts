import { quote } from '../../../diagnostics/words.ts';
import { isObject } from '../../../json/json.ts';
import { member } from '../../../json/member.ts';
import { pointerStep } from '../../../json/pointer.ts';
import type { Rule } from '../../rule.ts';

export const switchCases: Rule = {
  name: 'switch-cases',
  severity: 'error',
  category: 'correctness',
  summary: 'The cases of a Switch are constants, and no two are the same',
  check: (subject, report) => {
    for (const { node: action, pointer } of subject.actionsOfType('switch')) {
      const taken = new Map<string, string>();
      for (const [name, branch] of Object.entries(isObject(action.cases) ? action.cases : {})) {
        const at = `${pointer}/cases${pointerStep(name)}`;
        const value = member(branch, 'case');
        if (value === undefined) {
          report({
            pointer: at,
            part: 'key',
            message: `the case "${name}" does not say for which value it is`,
            about: { found: name },
            help: 'add "case"',
          });
          continue;
        }
        if (subject.isArmExpression(value)) continue;
        if (subject.isComputed(value) || (typeof value !== 'string' && typeof value !== 'number')) {
          report({
            pointer: `${at}/case`,
            message: `the value of the case "${name}" is no constant`,
            about: { found: name },
            help: 'write a text or a number; to compare with something computed, use If',
          });
          continue;
        }
        const key = JSON.stringify(value);
        const other = taken.get(key);
        if (other !== undefined)
          report({
            pointer: `${at}/case`,
            message: `the cases "${other}" and "${name}" are for the same value, ${quote(value)}`,
            about: { found: name, others: [other] },
            help: 'give each case a value of its own',
          });
        taken.set(key, name);
      }
    }
  },
};
