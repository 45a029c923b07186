/** The tree of one string of the workflow definition language. Offsets count UTF-16 units from 0 in the original string. */

export interface Span {
  readonly start: number;
  /** Just after the last character. */
  readonly end: number;
}

/** What one string means. */
export type Template = LiteralTemplate | ExpressionTemplate | InterpolationTemplate;

/** No expression in it. */
interface LiteralTemplate extends Span {
  readonly kind: 'literal';
  /** What the service reads: a leading `@@` is one `@`, and `@@{` inside is `@{`. */
  readonly text: string;
}

/** The whole string is one expression; the value keeps its type. */
interface ExpressionTemplate extends Span {
  readonly kind: 'expression';
  readonly expression: Expression;
}

/** Text with at least one `@{…}`; the value is a string. */
interface InterpolationTemplate extends Span {
  readonly kind: 'interpolation';
  readonly segments: readonly Segment[];
}

export type Segment = TextSegment | ExpressionSegment;

/**
 * Never empty and never beside another one. The first does not start with `@`, and none that stands before an expression ends
 * with `@`: the language writes such text as a string literal, `@{'@'}`.
 */
interface TextSegment extends Span {
  readonly kind: 'text';
  /** With `@@{` read as `@{`. */
  readonly text: string;
}

/** From `@{` to `}`, both included. */
interface ExpressionSegment extends Span {
  readonly kind: 'expression';
  readonly expression: Expression;
}

export type Literal = StringLiteral | NumberLiteral | BooleanLiteral | NullLiteral;

export type Expression = Literal | Call;

interface StringLiteral extends Span {
  readonly kind: 'string';
  /** Without the quotes around it, and with `''` read as `'`. */
  readonly value: string;
}

interface NumberLiteral extends Span {
  readonly kind: 'number';
  /** As written: a JavaScript number would lose digits of a long integer, and the difference between `1` and `1.0`. */
  readonly text: string;
}

interface BooleanLiteral extends Span {
  readonly kind: 'boolean';
  readonly value: boolean;
}

interface NullLiteral extends Span {
  readonly kind: 'null';
}

/** A function call and what is picked from its result, the accesses included in `start` and `end`. */
export interface Call extends Span {
  readonly kind: 'call';
  /** As written; the language ignores its case. It stands at `start`. */
  readonly name: string;
  readonly arguments: readonly Expression[];
  readonly accesses: readonly Access[];
}

/** `.name`, `['name']`, `[expression]`, each with or without `?` before it; `start` is at the `?`, the `.` or the `[`. */
export interface Access extends Span {
  /** With `?`: null instead of a failure when the value before it is null or has no such property. */
  readonly safe: boolean;
  readonly notation: 'dot' | 'bracket';
  /** After a dot, a string literal of the name. */
  readonly key: Expression;
}
