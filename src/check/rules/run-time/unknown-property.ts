import { problemRule } from '../../problem-rule.ts';

export const unknownProperty = problemRule(
  'unknown-property',
  'warning',
  'No expression asks for a property that the value cannot have',
);
