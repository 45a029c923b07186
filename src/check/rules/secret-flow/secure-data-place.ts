import { member } from '../../../definition/walk.ts';
import type { Rule } from '../../rule.ts';

export const secureDataPlace: Rule = {
  name: 'secure-data-place',
  severity: 'warning',
  category: 'security',
  summary: 'runtimeConfiguration stands beside inputs, where the service looks for it',
  check: ({ actions, triggers }, report) => {
    for (const { pointer, operation } of [
      ...actions.map(({ pointer, action }) => ({ pointer, operation: action })),
      ...triggers.map(({ pointer, trigger }) => ({ pointer, operation: trigger })),
    ]) {
      if (member(operation, 'inputs', 'runtimeConfiguration', 'secureData') === undefined) continue;
      report({
        pointer: `${pointer}/inputs/runtimeConfiguration`,
        part: 'key',
        message: 'runtimeConfiguration stands inside inputs, where it has no effect: nothing is hidden from run history',
        help: 'move it out of inputs, to stand beside it',
      });
    }
  },
};
