import { problemRule } from '../../problem-rule.ts';

export const wrongAccess = problemRule(
  'wrong-access',
  'warning',
  'Elements of lists are picked by number, properties by name, and nothing from a plain value',
);
