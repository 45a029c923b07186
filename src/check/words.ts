import { limits } from '../definition/limits.ts';
import { nearest } from '../diagnostics/nearest.ts';
import { aboutWord, type Suggestion } from '../diagnostics/words.ts';

/** Whether a word is one of those known; the service ignores case. */
export function isOneOf(word: string, known: readonly string[]): boolean {
  const typed = word.toLowerCase();
  return known.some((each) => each.toLowerCase() === typed);
}

/** The most names that a help lists: of more, a person reads none. */
const mostListed = 12;

/** A longer word is no slip. Nor is one looked for among more names than the service takes: in a hostile definition that would take long. */
const longestWord = 100;

/** About a name that is not among those known: `did you mean "x"?` where one is near, else those that there are, or how many. */
export function suggestName(written: string, known: readonly string[], what: string): Suggestion {
  const near = written.length > longestWord ? undefined : nearest(written, known.slice(0, limits.actions));
  const about = aboutWord(written, known, near);
  if (near !== undefined) return { help: `did you mean "${near}"?`, about };
  if (known.length === 0) return { help: `there are no ${what}`, about };
  const rest = known.length - mostListed;
  return { help: `${what}: ${known.slice(0, mostListed).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`, about };
}

/** Messages start with a small letter: they follow "error:". */
export function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
