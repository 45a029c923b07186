import type { About } from './diagnostic.ts';
import type { Part, Style, Words } from './line.ts';
import { hideSecretForms } from './secret-forms.ts';

/** What is done with the text that is left over; both are the identity where nothing else is said. */
export interface ShowOptions {
  /** Takes known secrets out. */
  readonly redact?: (text: string) => string;
  readonly paint?: (style: Style, text: string) => string;
  /** Breaks a line that is too wide into rows. */
  readonly wrap?: (line: readonly ShownPart[]) => readonly (readonly ShownPart[])[];
}

/**
 * Words as they may be printed: secrets hidden, then characters escaped that steer a terminal or CI, then long values cut, then wrapped,
 * then painted. Nothing in a value can do any of these for itself: paint is told apart by its type, not by characters in a text.
 */
export function show(
  words: Words,
  { redact = same, paint = (_, text) => text, wrap = (line) => [line] }: ShowOptions = {},
): string {
  // A secret may go over lines.
  const lines = typeof words === 'string' ? hideSecretForms(redact(words)).split(/\r?\n/) : words;
  return lines
    .flatMap((line) => wrap(withoutCommand((typeof line === 'string' ? [line] : line).map((part) => toPart(part, redact)))))
    .map((row) => row.map(({ style, text }) => (style === undefined ? text : paint(style, text))).join(''))
    .join('\n');
}

/** A value as it may stand within a line: what `show` does, but for paint. */
export function showValue(text: string): string {
  return cut(escapeSteering(hideSecretForms(text)));
}

/** A path for a program that opens it: all that `showValue` does, but cutting. */
export function showPath(path: string): string {
  return escapeSteering(hideSecretForms(path));
}

/** JSON text with escapes for the characters that steer a terminal or CI: the values stay equal. */
export function showJson(text: string): string {
  // The line feeds are those between members: in a value they are escaped already.
  return markCommands(text.replaceAll(steering, (found) => (found === '\n' ? found : codeUnits(found))));
}

/** A part of a line that has passed the gate: nothing in it steers a terminal. */
export interface ShownPart {
  readonly style?: Style;
  readonly text: string;
}

function toPart(part: Part, redact: (text: string) => string): ShownPart {
  if (typeof part === 'string') return { text: showValue(redact(part)) };
  // Cut before the escapes, of which none is cut through.
  if ('value' in part) return { text: escapeSteering(cutValue(hideSecretForms(redact(part.value)))) };
  return { style: part.style, text: showValue(redact(part.text)) };
}

/** Escapes control characters but tabs, and what ends a line, turns the direction of writing or is a command of CI wherever it stands. */
export function escapeSteering(text: string): string {
  return markCommands(text.replaceAll(steering, (found) => shortEscapes[found] ?? codeUnits(found)));
}

const shortEscapes: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r' };

// Control characters but the tab, ends of lines, and what is invisible, as the marks of direction are; but for the joiners of scripts and emoji.
const steering = /(?![\t\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

function codeUnits(text: string): string {
  return Array.from({ length: text.length }, (_, at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`).join('');
}

/**
 * Azure Pipelines' agent and GitHub's runner find these anywhere in a line, and may compare as a language does, for which joiners are
 * nothing. Source: `Command.cs` of microsoft/azure-pipelines-agent, `ActionCommand.cs` of actions/runner.
 */
function markCommands(text: string): string {
  return text.includes('#')
    ? text.replaceAll(/#(?=[\u200c\u200d]*#[\u200c\u200d]*(?:v[\u200c\u200d]*s[\u200c\u200d]*o[\u200c\u200d]*)?\[)/gi, '\\u0023')
    : text;
}

/** GitHub's runner passes over spaces before a command. */
function withoutCommand(parts: readonly ShownPart[]): readonly ShownPart[] {
  const plain = parts.map(({ text }) => text).join('');
  if (!/^[\s\u200c\u200d]*:[\u200c\u200d]*:/.test(plain)) return parts;
  const first = parts.findIndex(({ text }) => text.includes(':'));
  return parts.map((part, index) => (index === first ? { ...part, text: part.text.replace(':', '\\u003a') } : part));
}

/** No value is shown in more characters. */
export const longestValue = 200;

/** Cuts what is surely one value: a run without a space, and what stands between quotes. */
function cut(text: string): string {
  if (text.length <= longestValue) return text;
  return text
    .replaceAll(/"[^"]*"|`[^`]*`/g, (quoted) => `${quoted[0]}${cutValue(quoted.slice(1, -1))}${quoted.at(-1)}`)
    .replaceAll(/[^\s"`]{201,}/gu, cutValue);
}

/** A message with the long ones cut of the values that it is about: their ends cannot be told from the words around them. */
export function cutKnown(text: string, about: About = {}): string {
  if (text.length <= longestValue) return text;
  const values = Object.values(about)
    .flat()
    .filter((value: string) => value.length > longestValue);
  return values.reduce((shown: string, value: string) => shown.replaceAll(value, cutValue(value)), text);
}

/** The first 200 characters of a longer value, and `…`. */
export function cutValue(text: string): string {
  if (text.length <= longestValue) return text;
  const characters = [...text];
  return characters.length <= longestValue ? text : `${characters.slice(0, longestValue).join('')}…`;
}

function same(text: string): string {
  return text;
}
