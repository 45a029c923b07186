import type { VariableEntry } from '../../../definition/variables.ts';
import type { Rule } from '../../rule.ts';

export const variableNotBefore: Rule = {
  name: 'variable-not-before',
  // A template with such a use is deployed: the service saves it, and the run fails when the two come in the wrong order.
  severity: 'warning',
  category: 'correctness',
  summary: 'A variable is initialized before it is read or changed',
  check: (subject, report) => {
    const initialized = new Map<string, VariableEntry[]>();
    for (const variable of subject.variables) {
      const word = variable.name.toLowerCase();
      const others = initialized.get(word);
      if (others) others.push(variable);
      else initialized.set(word, [variable]);
    }
    for (const { name, action, pointer, part } of subject.variableUses) {
      // Of one that is initialized twice, the rule variable-twice tells.
      const [variable, second] = initialized.get(name.toLowerCase()) ?? [];
      if (!action || !variable || second || variable.action === action) continue;
      if (pointer.startsWith(`${action.pointer}/trackedProperties/`)) continue;
      if (subject.order.mayRefer(action, variable.action)) continue;
      report({
        pointer,
        part,
        message: `"${action.name}" uses the variable "${variable.name}", which "${variable.action.name}" need not have initialized before`,
        about: { found: variable.name, others: [variable.action.name] },
        help: `let "${action.name}", or the action around it, run after "${variable.action.name}"`,
      });
    }
  },
};
