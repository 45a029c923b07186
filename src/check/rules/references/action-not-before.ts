import { isInside } from '../../../definition/walk.ts';
import { partIn } from '../../part-in.ts';
import type { Rule } from '../../rule.ts';
import { isTracked } from './tracked-properties.ts';

export const actionNotBefore: Rule = {
  name: 'action-not-before',
  severity: 'error',
  category: 'correctness',
  summary: 'An expression refers only to actions that run before the one it is in',
  check: (subject, report) => {
    for (const { entry, reference } of subject.references('action')) {
      if (isTracked({ entry })) continue;
      const { pointer, action } = entry;
      const { name, function: called } = reference;
      const target = action && name !== undefined ? subject.actionNamed(name) : undefined;
      if (!action || !target || subject.order.mayRefer(action, target)) continue;
      const place = { pointer, part: partIn(entry, reference), about: { found: target.name } };
      if (target === action)
        report({
          ...place,
          message: `${called}() refers to the action that it is in`,
          help: 'refer to an action that runs before it',
        });
      else if (isInside(target, action))
        report({
          ...place,
          message: `${called}() refers to "${target.name}", which is in "${action.name}" and runs after this is worked out`,
          help: `refer to an action that runs before "${action.name}"`,
        });
      else
        report({
          ...place,
          message: `${called}() refers to "${target.name}", which need not have run before "${action.name}"`,
          help: `let "${action.name}", or the action around it, run after "${target.name}"`,
        });
    }
  },
};
