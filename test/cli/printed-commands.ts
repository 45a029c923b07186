import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseAst } from 'vitest/node';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A command that a text of certflow tells people to run. What only a run knows stands as `<value>`. */
export interface PrintedCommand {
  readonly file: string;
  readonly line: string;
  /** Only named, as in `"certflow deploy" follows it`, and not written out to be run. */
  readonly isMention: boolean;
}

/** All that messages, helps and templates print. */
export function printedCommands(): PrintedCommand[] {
  // Things in the emulator have names that begin with "certflow emulator".
  const sources = globSync('src/**/*.ts', { cwd: root }).filter((file) => !/^src.(generated|emulator)\b/.test(file));
  const templates = globSync('templates/**/*.hbs', { cwd: root });
  return [
    ...sources.flatMap((file) => commandsOf(file, textsIn(read(file)))),
    ...templates.flatMap((file) =>
      commandsOf(file, [
        read(file)
          .replaceAll(/\{\{[#/^!].*?\}\}/g, '')
          .replaceAll(/\{\{.*?\}\}/g, '<value>'),
      ]),
    ),
  ];
}

function read(file: string): string {
  return readFileSync(join(root, file), 'utf8');
}

function commandsOf(file: string, texts: readonly string[]): PrintedCommand[] {
  return texts.flatMap(commandsIn).map((command) => ({ file, ...command }));
}

/** The texts of a source. An example of a help, which stands before its explanation in a list, is a line of its own. */
function textsIn(source: string): string[] {
  const found: string[] = [];
  const visit = (node: unknown, isExample: boolean) => {
    if (typeof node !== 'object' || node === null) return;
    const { type, value, quasis } = node as { type?: string; value?: unknown; quasis?: { value: { cooked: string } }[] };
    if (type === 'Literal' && typeof value === 'string') found.push(isExample ? `\n${value}` : value);
    if (type === 'TemplateLiteral') found.push((quasis ?? []).map((part) => part.value.cooked).join('<value>'));
    for (const child of Object.values(node)) visit(child, Array.isArray(node) ? isExample : type === 'ArrayExpression');
  };
  visit(parseAst(source, { lang: 'ts' }), false);
  return found;
}

/** In quotes or backticks to their end; behind a colon, an opening bracket or on a line of its own, or with an option, to the end of the sentence. */
export function commandsIn(text: string): Omit<PrintedCommand, 'file'>[] {
  const found: Omit<PrintedCommand, 'file'>[] = [];
  const start =
    /(["`])(?=(?:certflow|openssl) [a-z])|(?<=: |\(|\n[ #/]*|\n.*(?:npx|\|) )(?=(?:certflow|openssl) [a-z])|\b(?=certflow (?:cert |runs )?[a-z]+ -)/g;
  let end = 0;
  for (const { index, 1: quote } of text.matchAll(start)) {
    if (index < end) continue;
    const rest = text.slice(index + (quote ?? '').length);
    const line = (quote === undefined ? sentence(rest) : rest.slice(0, rest.indexOf(quote))).trim();
    end = index + line.length;
    const isMention = quote !== undefined && !line.includes(' -') && /^,? [a-z]/.test(rest.slice(line.length + 1));
    found.push({ line, isMention });
  }
  return found;
}

function sentence(text: string): string {
  return /^(?:"[^"]*"|<[^>]*>|(?!(?<! )[.;,)](?:[\s:]|$)| \})[^"<\n])*/.exec(text)?.[0] ?? '';
}
