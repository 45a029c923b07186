import { problemRule } from '../../problem-rule.ts';
import type { Rule } from '../../rule.ts';

const found = problemRule('unknown-function', 'error', 'Every function that an expression calls exists');

/** Functions of ARM templates that people call in expressions of the workflow, where only ARM's own `[…]` may. */
const armFunctions = new Set([
  'resourcegroup',
  'subscription',
  'resourceid',
  'reference',
  'deployment',
  'uniquestring',
  'listkeys',
]);

export const unknownFunction: Rule = {
  ...found,
  check: (subject, report) => {
    found.check(subject, (finding) => {
      const isArm = armFunctions.has(finding.about?.found?.toLowerCase() ?? '');
      report({
        ...finding,
        ...(isArm && { help: 'it is a function of ARM templates: hand its value over in a parameter of the workflow' }),
        // A template that does this is published, and no one says that its deployment fails.
        ...(isArm && subject.surroundings.armExpressions && { severity: 'warning' }),
      });
    });
  },
};
