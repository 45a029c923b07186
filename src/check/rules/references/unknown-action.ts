import type { Rule } from '../../rule.ts';
import { suggestName } from '../../words.ts';

export const unknownAction: Rule = {
  name: 'unknown-action',
  severity: 'error',
  category: 'correctness',
  summary: 'Every action that an expression refers to exists',
  check: (subject, report) => {
    let names: string[] | undefined;
    for (const { references, pointer } of subject.templates) {
      for (const { kind, name, function: called, start, end } of references) {
        if (kind !== 'action' || name === undefined || subject.actionNamed(name)) continue;
        names ??= subject.actions.map((action) => action.name);
        report({
          pointer,
          part: { start, end },
          message: `${called}() refers to "${name}", but there is no such action`,
          help: suggestName(name, names, 'actions'),
        });
      }
    }
  },
};
