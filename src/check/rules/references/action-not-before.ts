import type { Rule } from '../../rule.ts';
import { isTracked } from './tracked-properties.ts';

export const actionNotBefore: Rule = {
  name: 'action-not-before',
  severity: 'error',
  category: 'correctness',
  summary: 'An expression refers only to actions that run before the one it stands in',
  check: (subject, report) => {
    for (const { entry, reference } of subject.references('action')) {
      if (isTracked({ entry })) continue;
      const { pointer, action } = entry;
      const { name, function: called, start, end } = reference;
      const target = action && name !== undefined ? subject.actionNamed(name) : undefined;
      if (!action || !target || subject.order.mayRefer(action, target)) continue;
      const message =
        target === action
          ? `${called}() refers to the action that it stands in`
          : `${called}() refers to "${target.name}", which need not have run before "${action.name}"`;
      const help =
        target === action
          ? 'refer to an action that runs before it'
          : `let "${action.name}", or what it stands in, run after "${target.name}"`;
      report({ pointer, part: { start, end }, message, about: { found: target.name }, help });
    }
  },
};
