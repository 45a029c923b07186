import { partIn } from '../../part-in.ts';
import type { Rule } from '../../rule.ts';

export const triggerScope: Rule = {
  name: 'trigger-scope',
  severity: 'error',
  category: 'correctness',
  summary: 'What is in a trigger refers to the trigger, parameters and settings only: nothing has run yet',
  check: (subject, report) => {
    for (const kind of ['action', 'variable', 'loop', 'item', 'currentAction'] as const)
      for (const { entry, reference } of subject.references(kind)) {
        const { operation, action, pointer, member } = entry;
        if (!operation || action) continue;
        // What a trigger tracks may be its own.
        if (kind === 'currentAction' && member === 'trackedProperties') continue;
        const { name, function: called } = reference;
        report({
          pointer,
          part: partIn(entry, reference),
          message: `the trigger "${operation.name}" is worked out before any action runs, and ${called}() is about ${name === undefined ? 'one' : `"${name}"`}`,
          about: name === undefined ? undefined : { found: name },
          help: 'use the trigger itself, such as triggerBody(), or a parameter; what needs an action goes into a condition after the trigger',
        });
      }
  },
};
