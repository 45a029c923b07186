import { ExpressionSyntaxError } from '../../src/expression/syntax-error.ts';
import { parseTemplate } from '../../src/expression/template.ts';

/** The error that a string is refused with; undefined when it parses. Any other error is a bug and goes through. */
export function syntaxErrorOf(text: string): ExpressionSyntaxError | undefined {
  try {
    parseTemplate(text);
    return undefined;
  } catch (error) {
    if (error instanceof ExpressionSyntaxError) return error;
    throw error;
  }
}
