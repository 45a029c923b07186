import { problemRule } from '../../problem-rule.ts';

export const argumentCount = problemRule('argument-count', 'warning', 'Every function gets as many arguments as it takes');
