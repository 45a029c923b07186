import { problemRule } from '../../problem-rule.ts';

export const constantCondition = problemRule('constant-condition', 'warning', 'No condition is the same on every run');
