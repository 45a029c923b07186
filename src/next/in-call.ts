import type { Words } from '../diagnostics/line.ts';
import type { Call } from './call.ts';
import { certflow, commandOf } from './command-line.ts';
import { takes } from './takes.ts';

/**
 * A text for a person with each command of certflow in it as it would have to be called now: `"certflow deploy" does` becomes
 * `"npx certflow deploy hr.yaml -e dev" does`. A command is what stands in quotes or backticks, or alone on an indented line. What is
 * complete stays as it is.
 */
export function inCall(text: string, call: Call): string {
  if (!text.includes('certflow ')) return text;
  return text
    .replaceAll(/(["`])certflow ([a-z]+(?: [^"`\n]*)?)\1/g, (_, quote: string, words: string) => {
      const command = completed(words, call);
      // A path in quotes would end them.
      const mark = command.includes(quote) ? (quote === '"' ? '`' : '"') : quote;
      return mark + command + mark;
    })
    .replaceAll(/^( {2,})certflow ([a-z]+(?: .*)?)$/gm, (_, indent: string, words: string) => indent + completed(words, call));
}

/** The same in words for a person. What came from somewhere else says no command. */
export function wordsInCall(words: Words, call: Call): Words {
  if (typeof words === 'string') return inCall(words, call);
  return words.map((line) =>
    typeof line === 'string' ? inCall(line, call) : line.map((part) => (typeof part === 'string' ? inCall(part, call) : part)),
  );
}

/** Members of a JSON result that are for a person. */
const told = new Set(['error', 'message', 'help', 'found', 'cure', 'why']);

/** The same in a member of a JSON result; `command` and `next` are commands. */
export function jsonInCall(key: string, value: unknown, call: Call): unknown {
  if (typeof value !== 'string') return value;
  if (key === 'command') return inCall(`  ${value}`, call).slice(2);
  return told.has(key) ? inCall(value, call) : value;
}

function completed(line: string, call: Call): string {
  const words = wordsOf(line);
  const length = takes[words.slice(0, 2).join(' ')] ? 2 : 1;
  const command = words.slice(0, length).join(' ');
  return takes[command]
    ? certflow(call, command, ...words.slice(length))
    : `${commandOf(...(call.program ?? ['certflow']))} ${line}`;
}

/** The words of a command that `commandOf` has made, or that stands in a text. */
function wordsOf(line: string): string[] {
  return [...line.matchAll(/(?:<[^>]*>|"(?:\\"|[^"])*"|'[^']*'|[^\s"'<])+/g)].map(([word]) =>
    word
      .replace(/^"(.*)"$/s, (_, inner: string) => inner.replaceAll('\\"', '"'))
      .replace(/^'(.*)'$/s, (_, inner: string) => inner.replaceAll(`'\\''`, "'")),
  );
}
