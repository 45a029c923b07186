import { suggest } from '../diagnostics/words.ts';

/** Whether a word is one of those known; the service ignores case. */
export function isOneOf(word: string, known: readonly string[]): boolean {
  const typed = word.toLowerCase();
  return known.some((each) => each.toLowerCase() === typed);
}

/** The most names that a help lists: of more, a person reads none. */
const mostListed = 12;

/** `did you mean "x"?` where a name is near, else those that there are, or how many. */
export function suggestName(written: string, known: readonly string[], what: string): string {
  const help = written.length > 100 ? '' : suggest(written, known, what);
  if (help.startsWith('did you mean')) return help;
  if (known.length === 0) return `there are no ${what}`;
  const rest = known.length - mostListed;
  return `${what}: ${known.slice(0, mostListed).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}
