import stringWidth from 'fast-string-width';
import type { ShownPart } from '../diagnostics/show.ts';

/** How lines stand on a terminal that is so many columns wide. */
export interface Rows {
  readonly columns: number;
  /** A line in rows, broken at words; a word that is wider than the terminal stays whole, for who copies it. */
  readonly wrap: (line: readonly ShownPart[]) => readonly (readonly ShownPart[])[];
  /** Rows that a text takes, unpainted. */
  readonly heightOf: (text: string) => number;
}

export function rowsOf(columns: number): Rows {
  return {
    columns,
    wrap: (line) => {
      const text = line.map((part) => part.text).join('');
      return stringWidth(text) <= columns ? [line] : wrapped(line, text, columns);
    },
    heightOf: (text) =>
      text.split('\n').reduce((height, line) => height + Math.max(1, Math.ceil(stringWidth(line) / columns)), 0),
  };
}

// A command is copied and run: its words stay together, in quotes, and at the start of a line up to where its explanation begins.
const words = /(?<=^ *)(?:\$ )?(?:npx )?certflow (?:(?! {2}).)*\S|(["`])(?:npx )?certflow [^"`]*\1\S*|\S+/g;

function wrapped(line: readonly ShownPart[], text: string, columns: number): ShownPart[][] {
  const { hang, start } = continuation(text, columns);
  const rows: ShownPart[][] = [];
  let from = 0;
  let room = columns;
  let end = 0;
  const endRow = (at: number) => {
    const row = slice(line, from, end);
    rows.push(rows.length === 0 ? row : [{ text: ' '.repeat(hang) }, ...row]);
    [from, room] = [at, columns - hang];
  };
  for (const { index, 0: word } of text.matchAll(words)) {
    const isFirst = end <= from;
    if (!isFirst && (index === start || stringWidth(text.slice(from, index + word.length)) > room)) endRow(index);
    end = index + word.length;
  }
  endRow(text.length);
  return rows;
}

/** Marks that a row begins with: `help:`, `1.`, `+`. */
const label = /^(?:(?:[\p{L}\d]{1,8}:|\d+\.|[-+~=?!*•]) )+/u;

/**
 * Where the rows after the first begin. Below its last column, where a line has columns with a gap between them; a column that begins too
 * far right begins a row itself, at `start`. Below the text, where a mark stands before it.
 */
function continuation(text: string, columns: number): { readonly hang: number; readonly start?: number } {
  const indent = text.search(/\S|$/);
  const gaps = [...text.slice(indent).matchAll(/(?<=\S) {2,}(?=\S)/g)].map(({ index, 0: gap }) => indent + index + gap.length);
  const column = gaps.findLast((gap) => gap <= columns / 2);
  if (column !== undefined) return { hang: column };
  const [start] = gaps;
  if (start !== undefined) return { hang: indent + 4, start };
  const [mark = ''] = label.exec(text.slice(indent)) ?? [];
  if (mark !== '') return { hang: indent + mark.length };
  // A place, as `certflow.yaml:3:28:` is one.
  return { hang: /^\S+: /.test(text.slice(indent)) ? indent + 2 : indent };
}

/** The parts of a line from one place in its text to another. */
function slice(line: readonly ShownPart[], from: number, to: number): ShownPart[] {
  let at = 0;
  return line.flatMap((part) => {
    const text = part.text.slice(Math.max(0, from - at), Math.max(0, to - at));
    at += part.text.length;
    return text === '' ? [] : [{ ...part, text }];
  });
}
