import { ExpressionSyntaxError } from './syntax-error.ts';

/** What to write for the operators of other languages; the longer ones stand first. */
const operatorCures: Readonly<Record<string, string>> = {
  '==': '`equals(a, b)`',
  '!=': '`not(equals(a, b))`',
  '<>': '`not(equals(a, b))`',
  '<=': '`lessOrEquals(a, b)`',
  '>=': '`greaterOrEquals(a, b)`',
  '&&': '`and(a, b)`',
  '||': '`or(a, b)`',
  '??': '`coalesce(a, b)`',
  '+': '`add(a, b)` for numbers, `concat(a, b)` for text',
  '-': '`sub(a, b)`',
  '*': '`mul(a, b)`',
  '/': '`div(a, b)`',
  '%': '`mod(a, b)`',
  '<': '`less(a, b)`',
  '>': '`greater(a, b)`',
  '=': '`equals(a, b)`',
  '&': '`concat(a, b)`',
  '!': '`not(a)`',
};
const operators = Object.keys(operatorCures);

/** The operator of some other language that stands at the offset, if one does. */
export function operatorAt(text: string, at: number): string | undefined {
  return operators.find((operator) => text.startsWith(operator, at));
}

/** The error for an operator that stands at the offset, with the function to call instead. */
export function operatorError(operator: string, at: number): ExpressionSyntaxError {
  const where = { start: at, end: at + operator.length };
  return new ExpressionSyntaxError(`Expressions have no operator \`${operator}\``, where, `Write ${operatorCures[operator]}`);
}
