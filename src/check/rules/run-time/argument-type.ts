import { problemRule } from '../../problem-rule.ts';

export const argumentType = problemRule('argument-type', 'warning', 'No argument is of a type that its function can never take');
