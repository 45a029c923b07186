import type { ActionEntry } from '../../../definition/walk.ts';
import type { Rule } from '../../rule.ts';

export const variableInOwnInitialization: Rule = {
  name: 'variable-in-own-initialization',
  severity: 'warning',
  category: 'correctness',
  summary: 'The first value of a variable uses none that the same action initializes',
  check: (subject, report) => {
    const own = new Map<ActionEntry, Set<string>>();
    for (const { name, action } of subject.variables)
      own.set(action, (own.get(action) ?? new Set<string>()).add(name.toLowerCase()));
    for (const { name, action, pointer, part } of subject.variableUses) {
      if (!action || !own.get(action)?.has(name.toLowerCase()) || !pointer.startsWith(`${action.pointer}/inputs/`)) continue;
      report({
        pointer,
        part,
        message: `"${action.name}" uses the variable "${name}" before it has made it: the run fails`,
        about: { found: name },
        help: `initialize "${name}" in an action of its own, before this one`,
      });
    }
  },
};
