import { type Document, isCollection, isScalar, visit, type YAMLParseError } from 'yaml';
import { quote } from '../diagnostics/words.ts';

/** What keeps a text from being YAML, in words of ours. */
export interface Slip {
  /** Offsets in the text. */
  readonly start: number;
  readonly end: number;
  readonly message: string;
  readonly help: string;
}

type Words = Pick<Slip, 'message' | 'help'> & { readonly at?: readonly [start: number, end: number] };

/** One slip for each mistake of a document: what the parser goes on to say because of it is left out. */
export function slipsOf(text: string, document: Document.Parsed): Slip[] {
  const lines = new Lines(text);
  const errors = document.errors.toSorted((a, b) => a.pos[0] - b.pos[0]);
  const slips: Slip[] = [];
  let told = -2;
  for (const [index, error] of errors.entries()) {
    const line = lines.numberAt(error.pos[0]);
    const isOverLines = errors.some(({ code, pos }) => code === 'MULTILINE_IMPLICIT_KEY' && pos[0] === error.pos[0]);
    // A key that goes on over lines is found again on the lines after it.
    const follows = line === told || (isOverLines && line === told + 1 && index > 0);
    if (follows) {
      told = line;
      continue;
    }
    const { at: [start, end] = error.pos, message, help } = wordsFor(error, { lines, line, isOverLines, document });
    told = Math.max(line, lines.numberAt(start));
    if (slips.every((slip) => slip.start !== start)) slips.push({ start, end: Math.max(end, start + 1), message, help });
    // Nothing is read behind it.
    if (isEndOfReading(error)) break;
  }
  return slips;
}

interface Place {
  readonly lines: Lines;
  /** Number of the line, from 0. */
  readonly line: number;
  /** Whether the parser took several lines for one key. */
  readonly isOverLines: boolean;
  readonly document: Document.Parsed;
}

function wordsFor(error: YAMLParseError, place: Place): Words {
  const { lines, line, isOverLines } = place;
  return (
    tabIn(lines, line) ??
    (isOverLines ? keySlip(lines, line) : undefined) ??
    byCode(error, place) ?? {
      message: 'the text cannot be read as YAML from here on',
      help: 'look here and in the line above for a quote, a bracket, a colon or a blank that is missing or too many',
    }
  );
}

function byCode({ code, message, pos }: YAMLParseError, { lines, line, document }: Place): Words | undefined {
  const text = lines.text.slice(pos[0], pos[1]);
  switch (code) {
    case 'BLOCK_AS_IMPLICIT_KEY':
      return colonInText(lines, line);
    case 'BAD_INDENT':
      return message.startsWith('Flow') ? openBracket(document, pos[0], lines.text) : badIndent(lines, line);
    case 'MISSING_CHAR': {
      if (message.startsWith('Missing closing')) return openQuote(document);
      if (message.startsWith('Sequence')) return badIndent(lines, line);
      const word = /^[^\s:=]+/.exec(text)?.[0] ?? text;
      return {
        message: `there is no colon after ${quote(word)}`,
        help: `write ${word}: and the value`,
        at: [pos[0], pos[0] + word.length],
      };
    }
    case 'MULTILINE_IMPLICIT_KEY':
      return keySlip(lines, line);
    case 'UNEXPECTED_TOKEN':
      return unexpected(message, lines, line);
    case 'BAD_DQ_ESCAPE': {
      const sequence = lines.text.slice(pos[0], pos[0] + 2);
      return {
        message: `${sequence} means nothing within double quotes`,
        help: `write \\${sequence}, or put the text into single quotes`,
      };
    }
    case 'BAD_SCALAR_START':
      return { message: `a text cannot begin with ${lines.text[pos[0]]}`, help: 'put the text into quotes' };
    case 'BLOCK_IN_FLOW':
      return { message: 'a comma is missing between two keys in { }', help: 'write { one: …, two: … }' };
    case 'MULTIPLE_DOCS':
      return { message: 'a second document begins here (---)', help: 'keep each spec in a file of its own' };
    case 'NON_STRING_KEY':
      return { message: 'a name has to be text', help: 'put a text that begins with { or [ into quotes' };
    case 'TAB_AS_INDENT':
      return { message: 'a tab is used where YAML wants blanks', help: 'write blanks instead' };
    default:
      return undefined;
  }
}

function tabIn(lines: Lines, line: number): Words | undefined {
  const tab = /^[ ]*\t/.exec(lines.at(line))?.[0];
  if (tab === undefined) return undefined;
  const at = lines.startOf(line) + tab.length - 1;
  return { message: 'a tab is in the indentation', help: 'write blanks: YAML takes no tabs there', at: [at, at + 1] };
}

/** A key that has no colon, none with a blank behind it, or lines behind it that are indented otherwise. */
function keySlip(lines: Lines, line: number): Words | undefined {
  const text = lines.at(line);
  const begin = lines.startOf(line) + lines.indentOf(line);
  const dash = /^ *-(?=[\w"'])/.exec(text);
  if (dash)
    return { message: 'there is no blank after the dash', help: `write - ${text.trim().slice(1)}`, at: [begin, begin + 1] };
  const [, start = '', key = '', value = ''] = /^( *(?:- +)?)([\w$.-]+):(?! |$)(.*)$/.exec(text) ?? [];
  if (key !== '') {
    const at = lines.startOf(line) + start.length;
    return { message: 'there is no blank after the colon', help: `write ${key}: ${value}`, at: [at, at + key.length + 1] };
  }
  const next = lines.after(line);
  if (next !== undefined && lines.indentOf(next) !== lines.indentOf(line) && /: +\S/.test(text)) return badIndent(lines, next);
  if (!text.includes(':'))
    return {
      message: `there is no colon after ${quote(text.trim())}`,
      help: `write ${text.trim()}:`,
      at: [begin, begin + text.trim().length],
    };
  return undefined;
}

function colonInText(lines: Lines, line: number): Words | undefined {
  const text = lines.at(line);
  const [, start = '', key = '', value = ''] = /^( *(?:- +)*)([^:]+): +(.*)$/.exec(text) ?? [];
  if (key === '') return undefined;
  const at = lines.startOf(line) + text.length - value.length;
  const place = { at: [at, at + value.length] } as const;
  if (/^[“”‘’„‚«]/.test(value))
    return { message: `${value[0]} is no quote of YAML`, help: 'write straight quotes: " or \'', ...place };
  const plain = value.replace(/ +#.*$/, '').trim();
  const quoted = plain.includes('"') ? `'${plain.replaceAll("'", "''")}'` : `"${plain.replaceAll('\\', '\\\\')}"`;
  return {
    message: `the text of ${quote(key.trim())} has a colon in it, which begins a value`,
    help: `put it into quotes: ${start.trim() === '' ? '' : '- '}${key.trim()}: ${quoted}`,
    ...place,
  };
}

function badIndent(lines: Lines, line: number): Words {
  const found = lines.indentOf(line);
  const expected = lines.indentsAbove(line);
  // The nearest on either side are what was meant.
  const less = Math.max(...expected.filter((indent) => indent < found));
  const more = Math.min(...expected.filter((indent) => indent > found));
  const meant = [less, more].filter(Number.isFinite);
  const at = lines.startOf(line);
  return {
    message: `this line is indented by ${blanks(found)}, and the lines that it belongs to by ${meant.join(' or ')}`,
    help: 'indent all keys of a group alike',
    at: [at, at + Math.max(1, found)],
  };
}

function openBracket(document: Document.Parsed, before: number, text: string): Words | undefined {
  let start: number | undefined;
  visit(document, {
    Collection: (_, node) => {
      const begin = node.range?.[0];
      if (isCollection(node) && node.flow && begin !== undefined && begin < before && (node.range?.[1] ?? 0) >= before - 1)
        start = begin;
    },
  });
  // What was read up to the end of its line ends before the error.
  start ??= lastOpen(text.slice(0, before));
  if (start === undefined) return undefined;
  const closing = text[start] === '[' ? ']' : '}';
  return { message: `the ${text[start]} here is not closed`, help: `end it with ${closing}`, at: [start, start + 1] };
}

/** The last bracket of a text that nothing closes. */
function lastOpen(text: string): number | undefined {
  const open: number[] = [];
  for (const { 0: bracket, index } of text.matchAll(/[[\]{}]/g)) {
    if (bracket === '{' || bracket === '[') open.push(index);
    else open.pop();
  }
  return open.at(-1);
}

function openQuote(document: Document.Parsed): Words | undefined {
  let found: Words | undefined;
  visit(document, {
    Scalar: (_, node) => {
      const start = node.range?.[0];
      if (!isScalar(node) || !String(node.type).startsWith('QUOTE') || start === undefined) return;
      const mark = node.type === 'QUOTE_SINGLE' ? "'" : '"';
      found = { message: 'the quote that begins here does not end', help: `end the text with ${mark}`, at: [start, start + 1] };
    },
  });
  return found;
}

function unexpected(message: string, lines: Lines, line: number): Words | undefined {
  const bracket = /Unexpected flow-(?:map|seq)-end token.*"([\]}])"/.exec(message)?.[1];
  if (bracket !== undefined) return { message: `there is one ${bracket} too many`, help: 'take it away, or open it before' };
  if (!message.includes('node end')) return undefined;
  const value = /^ *(?:- +)?[^:]+: +(.*)$/.exec(lines.at(line))?.[1] ?? '';
  if (value.startsWith('*')) {
    const at = lines.startOf(line) + lines.at(line).lastIndexOf(value);
    return { message: 'a text that begins with * needs quotes', help: `write "${value}"`, at: [at, at + value.length] };
  }
  return {
    message: 'the text goes on behind its closing quote',
    help: value.startsWith("'")
      ? "write each ' within single quotes twice, or put double quotes around the text"
      : 'put single quotes around a text that has double quotes in it',
  };
}

function isEndOfReading({ code, message }: YAMLParseError): boolean {
  return (code === 'UNEXPECTED_TOKEN' && message.includes('YAML stream')) || message.startsWith('Missing closing');
}

function blanks(number: number): string {
  return number === 1 ? '1 blank' : `${number} blanks`;
}

/** A text by its lines, numbered from 0. */
class Lines {
  readonly text: string;
  readonly #lines: readonly string[];
  readonly #starts: number[] = [];

  constructor(text: string) {
    this.text = text;
    this.#lines = text.split('\n');
    let start = 0;
    for (const line of this.#lines) {
      this.#starts.push(start);
      start += line.length + 1;
    }
  }

  /** Without its end. */
  at(line: number): string {
    return (this.#lines[line] ?? '').replace(/\r$/, '');
  }

  startOf(line: number): number {
    return this.#starts[line] ?? this.text.length;
  }

  numberAt(offset: number): number {
    let [low, high] = [0, this.#starts.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.startOf(middle) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  indentOf(line: number): number {
    return /^ */.exec(this.at(line))?.[0].length ?? 0;
  }

  /** The next line with something in it. */
  after(line: number): number | undefined {
    for (let next = line + 1; next < this.#lines.length; next++) if (this.#isFull(next)) return next;
    return undefined;
  }

  /** Where the groups begin that a line may belong to: those of the lines above it that are still open there. */
  indentsAbove(line: number): number[] {
    const open: number[] = [];
    for (let above = line - 1, least = Number.POSITIVE_INFINITY; above >= 0 && least > 0; above--) {
      const indent = this.indentOf(above);
      if (!this.#isFull(above) || indent >= least) continue;
      least = indent;
      const dash = /^ *(?:- +)+/.exec(this.at(above));
      open.unshift(indent, ...(dash ? [dash[0].length] : []));
    }
    return open;
  }

  #isFull(line: number): boolean {
    return /^\s*[^\s#]/.test(this.at(line));
  }
}
