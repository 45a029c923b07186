import { operatorAt, operatorError } from './operators.ts';
import type { Token } from './scanner.ts';
import type { Expression } from './syntax.ts';
import { ExpressionSyntaxError, quote } from './syntax-error.ts';

/** Where the parser stands. */
export interface ParserState {
  readonly text: string;
  /** The token that does not fit. */
  readonly token: Token;
  /** End of the token before it: what is missing is missing there. */
  readonly previousEnd: number;
}

const doubledQuote = "A quote that belongs to the text is written twice: `''`";

/** No value can start with the token. */
export function noExpression({ text, token }: ParserState): ExpressionSyntaxError {
  const found = token.kind === 'end' ? 'the end of the string' : quote(text.slice(token.start, token.end));
  const cure = token.kind === '[' ? 'Expressions have no array literals; write `createArray(…)`' : undefined;
  return new ExpressionSyntaxError(`Expected an expression, found ${found}`, token, cure);
}

/** A name at the offset `start` that no parenthesis follows. */
export function bareWord({ text, token }: ParserState, name: string, start: number): ExpressionSyntaxError {
  const where = { start, end: start + name.length };
  if (name.startsWith('"')) return new ExpressionSyntaxError('A string is in double quotes', where, 'Write it in single quotes');
  const operator = operatorAt(text, start);
  if (operator) return operatorError(operator, start);
  // At offset 1 only the first @ of the string stands before it: it may be no expression at all.
  const looksLikeText = start === 1 && (token.kind === 'end' || token.kind === 'identifier' || token.kind === '.');
  const cure = looksLikeText
    ? `A string that starts with \`@\` is an expression; for the text itself write ${quote(`@${text}`)}`
    : `Text is written in single quotes, ${quote(`'${name}'`)}, and a function is called with parentheses, ${quote(`${name}(…)`)}`;
  return new ExpressionSyntaxError(`Expected \`(\` after ${quote(name)}`, where, cure);
}

/** `what` should stand where the token is; `before` is the value that stands before it, if one does. */
export function missing(
  { text, token, previousEnd }: ParserState,
  what: string,
  before?: Expression,
  cure?: string,
): ExpressionSyntaxError {
  if (token.kind === 'end')
    return new ExpressionSyntaxError(`Expected ${what}, found the end of the string`, { start: previousEnd, end: previousEnd });
  const operator = operatorAt(text, token.start);
  if (operator) return operatorError(operator, token.start);
  const found = quote(text.slice(token.start, token.end));
  return new ExpressionSyntaxError(
    `Expected ${what}, found ${found}`,
    token,
    isUnescapedQuote(token, before) ? doubledQuote : cure,
  );
}

/** Something stands after the whole expression `before`. */
export function textAfter({ text, token }: ParserState, before: Expression, closing: 'end' | '}'): ExpressionSyntaxError {
  const operator = operatorAt(text, token.start);
  if (operator) return operatorError(operator, token.start);
  const where = { start: token.start, end: closing === 'end' ? text.length : token.end };
  return new ExpressionSyntaxError('The expression ends before this text', where, cureAfter(token, before, closing));
}

function cureAfter(token: Token, before: Expression, closing: 'end' | '}'): string | undefined {
  if (token.kind === ')' || token.kind === ']') return `This \`${token.kind}\` closes nothing; take it out`;
  if (token.kind === '[' || token.kind === '?' || token.kind === '.')
    return 'Only the result of a call has properties and elements';
  if (isUnescapedQuote(token, before)) return doubledQuote;
  return closing === 'end' ? 'To mix text and expressions, write each expression as `@{…}`' : undefined;
}

/** Whether a word follows a string without a gap, as in `'it's'`. */
function isUnescapedQuote(token: Token, before: Expression | undefined): boolean {
  return before?.kind === 'string' && token.kind === 'identifier' && token.start === before.end;
}
