import type { About } from './diagnostic.ts';
import { nearest } from './nearest.ts';
import { hideSecretForms } from './secret-forms.ts';

/** The words of messages: what was found, what is near it. */

/** `did you mean "x"?` where a word is near, else the list of what is allowed. */
export function suggest(written: string, known: readonly string[], allowed?: string): string {
  return suggestion(written, known, allowed).help;
}

/** The same behind a colon: `there is no target "x": choose from a, b`. */
export function choice(written: string, known: readonly string[]): string {
  if (known.length === 0) return 'there is none';
  const meant = nearest(written, known);
  return meant === undefined ? `choose from ${known.join(', ')}` : `did you mean "${meant}"?`;
}

/** What a finding has beside its message about a word that is not among those known: in words, and as data. */
export interface Suggestion {
  readonly help: string;
  readonly about: About;
}

/** The same words as `suggest`, with their data. */
export function suggestion(found: string, known: readonly string[], allowed = 'allowed here'): Suggestion {
  const about = aboutWord(found, known, nearest(found, known));
  return { help: about.meant === undefined ? `${allowed}: ${known.join(', ')}` : `did you mean "${about.meant}"?`, about };
}

/** More names than this are no list that somebody chooses from. */
const mostAllowed = 200;

/** A word, those that may stand in its place, and the one that was probably meant. */
export function aboutWord(found: string, allowed: readonly string[], meant?: string): About {
  return {
    found,
    ...(allowed.length <= mostAllowed && { allowed }),
    ...(meant !== undefined && { meant }),
  };
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
