import { operatorError } from './operators.ts';
import { scanToken, type Token, type TokenKind } from './scanner.ts';
import type { Access, Call, Expression } from './syntax.ts';
import { ExpressionSyntaxError, quote } from './syntax-error.ts';
import { bareWord, missing, noExpression, textAfter } from './unexpected.ts';

/** Deepest nesting taken. The deepest of 11,062 real expressions has 10; without a bound, hostile ones would exhaust the stack of every walker. */
const deepest = 500;

/**
 * Reads one expression of `text` from the offset `from`, up to `closing`: the end of the text, or the `}` of an interpolation.
 * `closedAt` is the offset just after the closing token. Throws ExpressionSyntaxError.
 */
export function parseExpression(text: string, from: number, closing: 'end' | '}'): { expression: Expression; closedAt: number } {
  const parser = new Parser(text, from);
  const expression = parser.parse();
  return { expression, closedAt: parser.close(closing, expression) };
}

/** Recursive descent with one token of lookahead. */
class Parser {
  readonly text: string;
  /** The token to be read next. */
  token: Token;
  /** End of the token read last. */
  previousEnd: number;
  private depth = 0;

  constructor(text: string, from: number) {
    this.text = text;
    this.previousEnd = from;
    this.token = scanToken(text, from);
  }

  parse(): Expression {
    const { kind, start, end } = this.token;
    switch (kind) {
      case 'string':
        this.advance();
        return { kind, value: this.text.slice(start + 1, end - 1).replaceAll("''", "'"), start, end };
      case 'number':
        this.advance();
        return { kind, text: this.text.slice(start, end), start, end };
      case 'identifier':
        return this.parseWord();
      default:
        throw noExpression(this);
    }
  }

  /** Takes the token that must follow the whole expression and gives the offset after it. */
  close(closing: 'end' | '}', expression: Expression): number {
    const { kind, end } = this.token;
    if (kind === closing) return end;
    throw kind === 'end' ? missing(this, '`}`') : textAfter(this, expression, closing);
  }

  /** `null`, `true` and `false` in any case are values; any other word is the name of a function. */
  private parseWord(): Expression {
    const { start, end } = this.token;
    const name = this.text.slice(start, end);
    const word = name.length <= 5 ? name.toLowerCase() : name;
    if (word !== 'null' && word !== 'true' && word !== 'false') return this.parseCall(name);
    this.advance();
    return word === 'null' ? { kind: 'null', start, end } : { kind: 'boolean', value: word === 'true', start, end };
  }

  private parseCall(name: string): Call {
    const { start } = this.token;
    if (++this.depth > deepest) throw new ExpressionSyntaxError(`Calls are nested more than ${deepest} deep`, this.token);
    this.advance();
    if (isDoubleQuoted(name) || !this.take('(')) throw bareWord(this, name, start);
    const arguments_ = this.parseArguments(name);
    const accesses = this.parseAccesses();
    this.depth--;
    return { kind: 'call', name, arguments: arguments_, accesses, start, end: this.previousEnd };
  }

  private parseArguments(name: string): Expression[] {
    if (this.take(')')) return [];
    const arguments_ = [this.parse()];
    while (this.take(',')) arguments_.push(this.parse());
    if (!this.take(')')) throw missing(this, `\`,\` or \`)\` in the call of ${quote(name)}`, arguments_.at(-1));
    return arguments_;
  }

  private parseAccesses(): Access[] {
    const accesses: Access[] = [];
    for (;;) {
      const { start } = this.token;
      const safe = this.take('?');
      if (this.take('.')) {
        accesses.push({ safe, notation: 'dot', key: this.parseDotName(), start, end: this.previousEnd });
      } else if (this.take('[')) {
        const key = this.parse();
        if (!this.take(']')) throw missing(this, '`]`', key);
        accesses.push({ safe, notation: 'bracket', key, start, end: this.previousEnd });
      } else if (safe) {
        if (this.text.startsWith('??', start)) throw operatorError('??', start);
        throw missing(this, '`[` or `.` after `?`', undefined, 'A choice between two values is written `if(condition, a, b)`');
      } else {
        return accesses;
      }
    }
  }

  private parseDotName(): Expression {
    const { kind, start, end } = this.token;
    if (kind !== 'identifier') throw missing(this, 'the name of a property after `.`');
    this.advance();
    return { kind: 'string', value: this.text.slice(start, end), start, end };
  }

  private take(kind: TokenKind): boolean {
    if (this.token.kind !== kind) return false;
    this.advance();
    return true;
  }

  private advance(): void {
    this.previousEnd = this.token.end;
    this.token = scanToken(this.text, this.token.end);
  }
}

/** Such a name is taken for a string even with a parenthesis after it, as the designer does. */
function isDoubleQuoted(name: string): boolean {
  return name.startsWith('"') && name.endsWith('"');
}
