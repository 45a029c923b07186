import { suggest } from '../../../diagnostics/words.ts';
import type { Rule } from '../../rule.ts';

export const unknownAction: Rule = {
  name: 'unknown-action',
  severity: 'error',
  category: 'correctness',
  summary: 'Every action that an expression refers to exists',
  check: (subject, report) => {
    const names = subject.actions.map(({ name }) => name);
    for (const { references, pointer } of subject.templates) {
      for (const { kind, name, function: called, start, end } of references) {
        if (kind !== 'action' || name === undefined || subject.actionNamed(name)) continue;
        report({
          pointer,
          part: { start, end },
          message: `${called}() refers to "${name}", but there is no such action`,
          help: suggest(name, names, 'actions'),
        });
      }
    }
  },
};
