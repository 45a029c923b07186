import { problemRule } from '../../problem-rule.ts';

export const unknownFunction = problemRule('unknown-function', 'error', 'Every function that an expression calls exists');
