import { loopAround } from '../../../definition/loops.ts';
import type { Rule } from '../../rule.ts';

export const agentPlace: Rule = {
  name: 'agent-place',
  severity: 'error',
  category: 'correctness',
  summary: 'An agent cannot be in a loop',
  check: (subject, report) => {
    for (const entry of subject.actionsOfType('agent')) {
      const loop = loopAround(entry);
      if (!loop) continue;
      report({
        pointer: entry.pointer,
        part: 'key',
        message: `the agent "${entry.name}" is in the loop "${loop.name}"`,
        about: { found: loop.name },
        help: 'put the agent into a workflow of its own, and call that from the loop',
      });
    }
  },
};
