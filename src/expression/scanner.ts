import { operatorAt, operatorError } from './operators.ts';
import type { Span } from './syntax.ts';
import { ExpressionSyntaxError, quote } from './syntax-error.ts';

/** Punctuation is its own kind. `}` ends an interpolation. */
export type TokenKind = 'string' | 'number' | 'identifier' | 'end' | '.' | ',' | '(' | ')' | '[' | ']' | '?' | '}';

export interface Token extends Span {
  readonly kind: TokenKind;
}

const QUOTE = 0x27;
const punctuation = new Set<string>(['.', ',', '(', ')', '[', ']', '?', '}']);
/** What ends an identifier besides white space; docs/facts/definitions.md#expressions. */
const delimiters = new Set<string>([...punctuation, '{', '@', "'"]);

const PUNCTUATION = 1;
const DELIMITER = 2;
const SPACE = 4;
const DIGIT = 8;

/** Class bits of the characters below U+0080; the scanner asks for every one of them. */
const classes = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  const isSpace = code === 0x20 || (code >= 0x09 && code <= 0x0d);
  const isDigit = character >= '0' && character <= '9';
  return (
    (punctuation.has(character) ? PUNCTUATION : 0) |
    (delimiters.has(character) ? DELIMITER : 0) |
    (isSpace ? SPACE : 0) |
    (isDigit ? DIGIT : 0)
  );
});

/** White space of .NET (System.Char.IsWhiteSpace), which the service runs on: U+0085 is in it, U+FEFF is not. */
const wideSpace = /[\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;

function classOf(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code < 128) return classes[code] as number;
  return wideSpace.test(text.charAt(at)) ? SPACE : 0;
}

/** Whether the character at `at` can stand in an identifier. False past the end. */
function isIdentifierPart(text: string, at: number): boolean {
  return at < text.length && (classOf(text, at) & (DELIMITER | SPACE)) === 0;
}

/**
 * The token of `text` at or after the offset `from`, white space skipped.
 * Throws ExpressionSyntaxError on a character that can start none, an unterminated string and a malformed number.
 */
export function scanToken(text: string, from: number): Token {
  let start = from;
  while (start < text.length && classOf(text, start) & SPACE) start++;
  if (start >= text.length) return { kind: 'end', start, end: start };

  const characterClass = classOf(text, start);
  if (characterClass & PUNCTUATION) return { kind: text.charAt(start) as TokenKind, start, end: start + 1 };
  if (text.charCodeAt(start) === QUOTE) return { kind: 'string', start, end: endOfString(text, start) };
  if (characterClass & DELIMITER) throw unexpectedBrace(text, start);
  if (characterClass & DIGIT || text[start] === '+' || text[start] === '-') return scanNumber(text, start);

  let end = start + 1;
  while (isIdentifierPart(text, end)) end++;
  return { kind: 'identifier', start, end };
}

/** The offset after the closing quote of the string that opens at `start`; two quotes in a row are one quote of its text. */
function endOfString(text: string, start: number): number {
  for (let at = text.indexOf("'", start + 1); at !== -1; at = text.indexOf("'", at + 2)) {
    if (text.charCodeAt(at + 1) !== QUOTE) return at + 1;
  }
  throw new ExpressionSyntaxError(
    'The string that starts here has no closing quote',
    { start, end: text.length },
    "Close it with `'`; a quote that belongs to the text is written twice: `''`",
  );
}

/** Sticky, so that it reads at one place without cutting the text. */
const numberPattern = /[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;

function scanNumber(text: string, start: number): Token {
  numberPattern.lastIndex = start;
  const end = numberPattern.test(text) ? numberPattern.lastIndex : start;
  if (end > start && !isIdentifierPart(text, end)) return { kind: 'number', start, end };

  let wrongEnd = end;
  while (isIdentifierPart(text, wrongEnd)) wrongEnd++;
  const wrong = text.slice(start, wrongEnd);
  const operator = operatorAt(text, end);
  if (operator) throw operatorError(operator, end);
  throw new ExpressionSyntaxError(
    `${quote(wrong)} is neither a number nor a name`,
    { start, end: wrongEnd },
    `Text is written in single quotes, ${quote(`'${wrong}'`)}; a function name does not start with a digit`,
  );
}

function unexpectedBrace(text: string, start: number): ExpressionSyntaxError {
  if (text.startsWith('@{', start)) {
    return new ExpressionSyntaxError(
      'An `@{` stands inside an expression',
      { start, end: start + 2 },
      'Inside an expression a call stands without `@{` and `}`',
    );
  }
  if (text[start] === '@') {
    return new ExpressionSyntaxError(
      'An `@` stands inside an expression',
      { start, end: start + 1 },
      'Only the first call has an `@` before it',
    );
  }
  return new ExpressionSyntaxError(
    'A `{` stands inside an expression',
    { start, end: start + 1 },
    "Expressions have no object literals; write `json('{…}')` or `addProperty(…)`",
  );
}
