import { operatorAt, operatorError } from './operators.ts';
import { scanToken, type Token, type TokenKind } from './scanner.ts';
import type { Access, Call, Expression } from './syntax.ts';
import { ExpressionSyntaxError } from './syntax-error.ts';

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
  private readonly text: string;
  /** The token to be read next. */
  private token: Token;
  /** End of the token read last: a missing character is missed there. */
  private previousEnd: number;
  private depth = 0;

  constructor(text: string, from: number) {
    this.text = text;
    this.previousEnd = from;
    this.token = scanToken(text, from);
  }

  parse(): Expression {
    const { token } = this;
    const { start, end } = token;
    switch (token.kind) {
      case 'string':
        this.advance();
        return { kind: 'string', value: this.text.slice(start + 1, end - 1).replaceAll("''", "'"), start, end };
      case 'number':
        this.advance();
        return { kind: 'number', text: this.text.slice(start, end), start, end };
      case 'identifier':
        return this.parseWord();
      default:
        throw this.noExpression();
    }
  }

  /** `null`, `true` and `false` in any case are values; any other word is the name of a function. */
  private parseWord(): Expression {
    const { start, end } = this.token;
    const name = this.text.slice(start, end);
    const word = end - start <= 5 ? name.toLowerCase() : name;
    if (word !== 'null' && word !== 'true' && word !== 'false') return this.parseCall(name);
    this.advance();
    return word === 'null' ? { kind: 'null', start, end } : { kind: 'boolean', value: word === 'true', start, end };
  }

  private parseCall(name: string): Call {
    const { start } = this.token;
    this.descend();
    this.advance();
    if (isDoubleQuoted(name) || !this.take('(')) throw this.bareWord(name, start);
    const arguments_ = this.parseArguments(name);
    const accesses = this.parseAccesses();
    this.depth--;
    return { kind: 'call', name, arguments: arguments_, accesses, start, end: this.previousEnd };
  }

  private parseArguments(name: string): Expression[] {
    if (this.take(')')) return [];
    const arguments_ = [this.parse()];
    while (this.take(',')) arguments_.push(this.parse());
    if (!this.take(')')) throw this.expected('`,` or `)`', `in the call of \`${name}\``, arguments_.at(-1));
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
        if (!this.take(']')) throw this.expected('`]`', 'after the key', key);
        accesses.push({ safe, notation: 'bracket', key, start, end: this.previousEnd });
      } else if (safe) {
        throw this.expected('`[` or `.`', 'after `?`', undefined);
      } else {
        return accesses;
      }
    }
  }

  private parseDotName(): Expression {
    const { kind, start, end } = this.token;
    if (kind !== 'identifier') throw this.expected('A property name', 'after `.`', undefined);
    this.advance();
    return { kind: 'string', value: this.text.slice(start, end), start, end };
  }

  /** Takes the token that must follow the whole expression and gives the offset after it. */
  close(closing: 'end' | '}', expression: Expression): number {
    const { token } = this;
    if (token.kind === closing) return token.end;
    if (token.kind === 'end') throw this.expected('`}`', 'at the end of the `@{…}`', undefined);
    const where = { start: token.start, end: closing === 'end' ? this.text.length : token.end };
    const cure =
      token.kind === ')' || token.kind === ']'
        ? `This \`${token.kind}\` closes nothing; take it out`
        : this.cureAfter(expression, closing);
    throw this.operatorHere() ?? new ExpressionSyntaxError('The expression ends before this text', where, cure);
  }

  private cureAfter(expression: Expression, closing: 'end' | '}'): string | undefined {
    if (this.token.kind === '[' || this.token.kind === '?' || this.token.kind === '.')
      return 'Only the result of a call has properties and elements';
    if (expression.kind === 'string' && this.token.start === expression.end) return doubledQuote;
    return closing === 'end' ? 'To mix text and expressions, write each expression as `@{…}`' : undefined;
  }

  private noExpression(): ExpressionSyntaxError {
    const { kind, start, end } = this.token;
    if (kind === '[') {
      const cure = 'Expressions have no array literals; write `createArray(…)`';
      return new ExpressionSyntaxError('Expected an expression, found `[`', this.token, cure);
    }
    const found = kind === 'end' ? 'the end of the string' : `\`${this.text.slice(start, end)}\``;
    const cure = kind === '.' || kind === '?' ? 'Start with a function, such as `body(…)` or `item()`' : undefined;
    return new ExpressionSyntaxError(`Expected an expression, found ${found}`, this.token, cure);
  }

  /** A name without parentheses; `start` is where it stands. */
  private bareWord(name: string, start: number): ExpressionSyntaxError {
    const where = { start, end: start + name.length };
    if (name.startsWith('"')) {
      return new ExpressionSyntaxError('A string stands in double quotes', where, 'Write it in single quotes');
    }
    const operator = operatorAt(name, 0);
    if (operator) return operatorError(operator, { start, end: start + operator.length });
    const looksLikeText = start === 1 && (this.token.kind === 'end' || this.token.kind === 'identifier');
    const cure = looksLikeText
      ? `A string that starts with \`@\` is an expression; for the text itself write \`@@${name}\``
      : `Text is written in single quotes: \`'${name}'\`; a function is called with parentheses: \`${name}(…)\``;
    return new ExpressionSyntaxError(`Expected \`(\` after \`${name}\``, where, cure);
  }

  /** Something else should stand where the next token is; `before` is the expression just read. */
  private expected(what: string, context: string, before: Expression | undefined): ExpressionSyntaxError {
    const { kind, start, end } = this.token;
    if (kind === 'end') {
      return new ExpressionSyntaxError(`${what} is missing ${context}`, { start: this.previousEnd, end: this.previousEnd });
    }
    const cure = before?.kind === 'string' && start === before.end ? doubledQuote : undefined;
    const found = this.text.slice(start, end);
    return (
      this.operatorHere() ?? new ExpressionSyntaxError(`${what} is missing ${context}; found \`${found}\``, this.token, cure)
    );
  }

  private operatorHere(): ExpressionSyntaxError | undefined {
    const operator = operatorAt(this.text, this.token.start);
    return operator ? operatorError(operator, { start: this.token.start, end: this.token.start + operator.length }) : undefined;
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

  private descend(): void {
    this.depth++;
    if (this.depth > deepest) throw new ExpressionSyntaxError(`Calls are nested deeper than ${deepest} levels`, this.token);
  }
}

function isDoubleQuoted(name: string): boolean {
  return name.startsWith('"') && name.endsWith('"');
}

const doubledQuote = "A quote that belongs to the text is written twice: `''`";
