import { hideSecretForms } from '../diagnostics/secret-forms.ts';
import type { Span } from './syntax.ts';

/** A string that the expression grammar refuses. Its message is one sentence without a full stop. */
export class ExpressionSyntaxError extends Error {
  override readonly name = 'ExpressionSyntaxError';
  /** First character that is wrong, in UTF-16 units from 0; the length of the string when something is missing at its end. */
  readonly offset: number;
  /** Just after the last character that is wrong; equals `offset` when something is missing. */
  readonly end: number;
  /** The likely cure. */
  readonly help: string | undefined;

  constructor(message: string, where: Span, help?: string) {
    super(message);
    this.offset = where.start;
    this.end = where.end;
    this.help = help;
  }
}

/** Source text in a message, in backticks and never long. A secret is hidden before it is cut: its form goes with its end. */
export function quote(text: string): string {
  const shown = hideSecretForms(text);
  return `\`${shown.length > 60 ? `${shown.slice(0, 60)}…` : shown}\``;
}
