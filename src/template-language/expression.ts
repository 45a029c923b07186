import type { Expression } from '../expression/syntax.ts';
import { ExpressionSyntaxError } from '../expression/syntax-error.ts';
import { parseTemplate } from '../expression/template.ts';

/** ARM takes no longer expression. Source: docs/facts/resource-manager.md#expressions-and-escapes. */
const longest = 24_576;

/** Whether ARM works out a string. Source: docs/facts/resource-manager.md#expressions-and-escapes. */
export function isArmExpression(text: string): boolean {
  return text.startsWith('[') && text.endsWith(']') && !text.startsWith('[[');
}

/** A string that would be an expression but for a second bracket at its start. */
export function isEscaped(text: string): boolean {
  return text.startsWith('[[') && text.endsWith(']');
}

/**
 * The tree of an ARM expression, brackets included; undefined where it does not parse. Its grammar (calls, strings in single
 * quotes, numbers, `.name`, `[index]`) is part of that of the workflow definition language, but for `true()`, `false()` and `null()`,
 * which are literals there.
 */
export function parseArmExpression(text: string): Expression | undefined {
  if (text.length > longest) return undefined;
  try {
    const template = parseTemplate(`@${withLiterals(text.slice(1, -1).trim())}`);
    return template.kind === 'expression' ? template.expression : undefined;
  } catch (error) {
    if (error instanceof ExpressionSyntaxError || error instanceof RangeError) return undefined;
    throw error;
  }
}

function withLiterals(text: string): string {
  return text.replaceAll(/'(?:[^']|'')*'|\b(true|false|null)\s*\(\s*\)/gi, (found, literal) => literal ?? found);
}
