import { readFileSync } from 'node:fs';

/** Commands of the Azure CLI with their options, as its own help lists them; `source` says of which version. */
interface Reference {
  readonly source: string;
  /** Options that every command has. */
  readonly everywhere: string;
  readonly commands: Readonly<Record<string, string>>;
}
const { everywhere, commands }: Reference = JSON.parse(readFileSync('test/fixtures/az-reference.json', 'utf8'));

/** What the Azure CLI would refuse of a call, by its words after `az`: undefined where it has such a command, with such options. */
export function azProblem(words: readonly string[]): string | undefined {
  const first = words.findIndex((word) => !/^[a-z][a-z-]*$/.test(word));
  const bare = words.slice(0, first < 0 ? words.length : first).join(' ');
  const name = Object.hasOwn(commands, bare) ? bare : undefined;
  if (name === undefined) return `there is no command "az ${bare}" in the reference`;
  const known = new Set(`${everywhere} ${commands[name]}`.split(' '));
  const unknown = words.filter((word) => /^--?[a-z]/i.test(word) && !known.has(word.replace(/=.*$/, '')));
  return unknown.length === 0 ? undefined : `"az ${name}" has no ${unknown.join(', ')}`;
}

/** The calls of the Azure CLI in a text: in quotes or backticks, or to the end of a command of a shell. */
export function azCalls(text: string): string[][] {
  const joined = text.replaceAll(/\\\r?\n\s*/g, ' ');
  const found = joined.matchAll(/(["'`]?)(?<![\w/.$-])az (?=[a-z])/g);
  return [...found].map(({ index, 0: start, 1: quote }) => {
    const rest = joined.slice(index + start.length);
    const end = quote ? rest.indexOf(quote) : rest.search(/\n|[|;]|&&|(?<!<[^<>\n]*)\d?>|\)(?:\s|$)|`|(?<=[a-z])[.,:](?:\s|$)/);
    return wordsOf(end < 0 ? rest : rest.slice(0, end));
  });
}

/** Placeholders, variables and quoted texts are one word each, and no option. */
function wordsOf(call: string): string[] {
  return [...call.matchAll(/\\?<[^>]*>|"[^"]*"|'[^']*'|\$\{[^}]*\}|[^\s"'<]+/g)].map(([word]) => word);
}
