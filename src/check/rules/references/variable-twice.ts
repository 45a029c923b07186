import type { Rule } from '../../rule.ts';

export const variableTwice: Rule = {
  name: 'variable-twice',
  severity: 'error',
  category: 'correctness',
  summary: 'Every variable is initialized once',
  check: (subject, report) => {
    const taken = new Map<string, string>();
    for (const { name, action, pointer } of subject.variables) {
      if (subject.isComputed(name)) continue;
      const other = taken.get(name.toLowerCase());
      if (other !== undefined)
        report({
          pointer: `${pointer}/name`,
          message: `the variable "${name}" is initialized by "${other}" already`,
          about: { found: name, others: [other] },
          help: 'give it another name, or change it with SetVariable',
        });
      else taken.set(name.toLowerCase(), action.name);
    }
  },
};
