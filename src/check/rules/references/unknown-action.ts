import { isPlaceholder } from '../../../diagnostics/placeholder.ts';
import { hasOpenActions } from '../../open-actions.ts';
import { partIn } from '../../part-in.ts';
import type { Rule } from '../../rule.ts';
import { suggestName } from '../../words.ts';

export const unknownAction: Rule = {
  name: 'unknown-action',
  severity: 'error',
  category: 'correctness',
  summary: 'Every action that an expression refers to exists',
  check: (subject, report) => {
    if (hasOpenActions(subject)) return;
    let names: string[] | undefined;
    for (const { entry, reference } of subject.references('action')) {
      const { name, function: called } = reference;
      if (name === undefined || subject.actionNamed(name) || isPlaceholder(name)) continue;
      names ??= subject.actions.map((action) => action.name);
      report({
        pointer: entry.pointer,
        part: partIn(entry, reference),
        message: `${called}() refers to "${name}", but there is no such action`,
        ...suggestName(name, names, 'actions'),
      });
    }
  },
};
