import { nearest } from './nearest.ts';
import { hideSecretForms } from './secret-forms.ts';

/** The words of messages: what was found, what is near it. */

/** `did you mean "x"?` where a word is near, else the list of what is allowed. */
export function suggest(written: string, known: readonly string[], allowed = 'allowed here'): string {
  const near = nearest(written, known);
  return near === undefined ? `${allowed}: ${known.join(', ')}` : `did you mean "${near}"?`;
}

/** A value as a message quotes it: JSON, at most 60 characters, on one line. A secret is hidden before it is cut: its form goes with its end. */
export function quote(value: unknown): string {
  const text = hideSecretForms(JSON.stringify(value) ?? String(value));
  return text.length <= 60 ? text : `${text.slice(0, 56)}…${typeof value === 'string' ? '"' : ''}`;
}

/**
 * A value as text where it is one or reads as one; empty for a group or a list. Not String(): a group that comes from a file may have
 * a member called toString, and then that throws.
 */
export function asText(value: unknown): string {
  return typeof value === 'object' && value !== null ? '' : String(value);
}
