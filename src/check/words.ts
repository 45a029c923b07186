import { limits } from '../definition/limits.ts';
import { suggest } from '../diagnostics/words.ts';

/** Whether a word is one of those known; the service ignores case. */
export function isOneOf(word: string, known: readonly string[]): boolean {
  const typed = word.toLowerCase();
  return known.some((each) => each.toLowerCase() === typed);
}

/** The most names that a help lists: of more, a person reads none. */
const mostListed = 12;

/** A longer word is no slip. Nor is one looked for among more names than the service takes: in a hostile definition that would take long. */
const longestWord = 100;

/** `did you mean "x"?` where a name is near, else those that there are, or how many. */
export function suggestName(written: string, known: readonly string[], what: string): string {
  const help = written.length > longestWord ? '' : suggest(written, known.slice(0, limits.actions), what);
  if (help.startsWith('did you mean')) return help;
  if (known.length === 0) return `there are no ${what}`;
  const rest = known.length - mostListed;
  return `${what}: ${known.slice(0, mostListed).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

/** Messages start with a small letter: they follow "error:". */
export function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
