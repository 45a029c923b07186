import { isObject } from '../../../json/json.ts';
import type { Rule } from '../../rule.ts';

export const flowTrigger: Rule = {
  name: 'flow-trigger',
  severity: 'warning',
  category: 'correctness',
  summary: 'A flow has a trigger',
  check: ({ definition, surroundings }, report) => {
    // How many there may be is told by the limits.
    const { triggers } = definition;
    if (surroundings.host !== 'power-automate' || !isObject(triggers) || Object.keys(triggers).length > 0) return;
    report({
      pointer: '/triggers',
      part: 'key',
      message: 'the flow has no trigger: it is imported, never starts, and the portal cannot open it',
      help: 'write one trigger, such as a Request of kind Button',
    });
  },
};
