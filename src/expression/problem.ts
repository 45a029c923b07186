import type { About } from '../diagnostics/diagnostic.ts';
import type { Span } from './syntax.ts';

export type ProblemCode =
  | 'unknown-function'
  | 'argument-count'
  | 'argument-type'
  | 'unknown-property'
  | 'wrong-access'
  | 'constant-condition';

/** Something in an expression that parses and cannot be right. */
export interface Problem extends Span {
  readonly code: ProblemCode;
  /** One sentence without a full stop. */
  readonly message: string;
  /** The likely cure. */
  readonly help?: string;
  /** The function or the property that it is about. */
  readonly about?: About;
}

export function problemAt(code: ProblemCode, { start, end }: Span, message: string, help?: string, about?: About): Problem {
  return { code, message, ...(help && { help }), ...(about && { about }), start, end };
}
