import { asText } from '../../diagnostics/words.ts';
import { escapeText } from '../../expression/escape.ts';
import { printExpression } from '../../expression/printer.ts';
import { referenceOf } from '../../expression/references.ts';
import type { Expression } from '../../expression/syntax.ts';
import { member } from '../../json/member.ts';
import type { Subject } from '../subject.ts';
import type { Given } from './members.ts';

/** What a text is made of, as far as the definition tells. */
interface Piece {
  /** Undefined for what only a run knows. */
  readonly text: string | undefined;
  /** Whether it stands in the string itself. */
  readonly isWritten: boolean;
  /** The expression that gives all of it; undefined where it is written, or a part of what an expression gives. */
  readonly source: Expression | undefined;
}

/** A text that is put together: `concat()`, `@{…}`, parameters with a value and Compose actions before it are looked through. */
export class Composed {
  readonly #pieces: readonly Piece[];

  private constructor(pieces: readonly Piece[]) {
    this.#pieces = pieces;
  }

  static of(subject: Subject, given: Given | undefined): Composed {
    return new Composed(given ? new Reader(subject).piecesOf(given.written, given.pointer, 0) : []);
  }

  /** The text, with `@{…}` for what is not known. */
  get text(): string {
    return this.textWith(hole);
  }

  /** The text, with another one in the place of what is not known. */
  textWith(other: string): string {
    return this.#pieces.map(({ text = other }) => text).join('');
  }

  /** Whether all of it is known. */
  get isKnown(): boolean {
    return this.#pieces.every(({ text }) => text !== undefined);
  }

  /** Whether all of it stands in the definition. */
  get isWritten(): boolean {
    return this.#pieces.every(({ isWritten }) => isWritten);
  }

  /** The string of the definition language that gives the same at run time; undefined where no expression is known for a part of it. */
  get template(): string | undefined {
    const [only] = this.#pieces;
    if (this.#pieces.some(({ isWritten, source }) => !isWritten && !source)) return undefined;
    if (only?.source && this.#pieces.length === 1) return `@${printExpression(only.source)}`;
    if (this.isWritten) return escapeText(this.text);
    return this.#pieces.map(({ text = '', source }) => inText(source, text)).join('');
  }

  /** The expressions in that string. */
  get sources(): readonly Expression[] {
    return this.#pieces.flatMap(({ source }) => source ?? []);
  }

  /** A part of it, by offsets in `text`. */
  slice(start: number, end: number): Composed {
    let at = 0;
    const pieces: Piece[] = [];
    for (const piece of this.#pieces) {
      const text = shown(piece);
      const [from, to] = [Math.max(start - at, 0), Math.min(end - at, text.length)];
      at += text.length;
      if (from >= to) continue;
      pieces.push(to - from === text.length ? piece : { ...piece, text: text.slice(from, to), source: undefined });
    }
    return new Composed(pieces);
  }

  /** The fields of a form: `grant_type=…&scope=…`. Their names are in lower case, their values decoded. */
  fields(): ReadonlyMap<string, Composed> {
    const fields = new Map<string, Composed>();
    for (const pieces of splitAt(this.#pieces, '&')) {
      const [name = [], ...values] = splitAt(pieces, '=');
      const key = name.map(shown).join('');
      const value = values.flatMap((part, index): readonly Piece[] => (index === 0 ? part : [equalsSign, ...part]));
      fields.set(key.trim().toLowerCase(), new Composed(trimmed(value.map(withoutPercent))));
    }
    return fields;
  }
}

const equalsSign: Piece = { text: '=', isWritten: true, source: undefined };

function shown({ text }: Piece): string {
  return text ?? hole;
}

/** What gives a piece, inside a text. */
function inText(source: Expression | undefined, text: string): string {
  if (source) return `@{${printExpression(source)}}`;
  const { start, end } = noPlace;
  return text.includes('@') ? `@{${printExpression({ kind: 'string', value: text, start, end })}}` : text;
}

const noPlace = { start: 0, end: 0 };

const hole = '@{…}';
/** Of texts that Compose actions pass on to each other, how many are looked through. */
const deepest = 4;

/** Of a text that is put together of more pieces, the rest is not looked through: a hostile one doubles with every Compose. */
const mostPieces = 1000;

class Reader {
  readonly #subject: Subject;
  #left = mostPieces;

  constructor(subject: Subject) {
    this.#subject = subject;
  }

  piecesOf(value: unknown, pointer: string, depth: number): Piece[] {
    if (typeof value !== 'string') return [];
    if (depth > deepest || --this.#left < 0) return [unknown];
    const entry = this.#subject.templateAt(pointer);
    if (!entry) return [written(this.#subject.knownText(value, pointer) ?? value)];
    const { template } = entry;
    if (template?.kind === 'expression') return this.#piecesIn(template.expression, depth);
    if (template?.kind !== 'interpolation') return [unknown];
    return template.segments.flatMap((segment) =>
      segment.kind === 'text' ? [written(segment.text)] : this.#piecesIn(segment.expression, depth),
    );
  }

  #piecesIn(expression: Expression, depth: number): Piece[] {
    const computed = { text: undefined, isWritten: false, source: expression };
    if (expression.kind === 'string') return [written(expression.value)];
    if (expression.kind !== 'call' || expression.accesses.length > 0 || --this.#left < 0) return [computed];
    const { name, arguments: given } = expression;
    const inner = () => given.flatMap((each) => this.#piecesIn(each, depth));
    if (/^concat$/i.test(name)) return inner();
    if (/^(?:encodeUriComponent|uriComponent)$/i.test(name))
      return inner().map((piece) => (piece.text === undefined ? piece : { ...piece, text: encoded(piece.text) }));
    if (/^uriComponentToString$/i.test(name)) {
      const pieces = inner();
      return pieces.every(({ isWritten }) => isWritten) ? [written(decoded(pieces.map(shown).join('')))] : [computed];
    }
    const reference = referenceOf(expression);
    if (reference?.kind === 'parameter' && reference.name !== undefined)
      return [{ ...computed, text: this.#subject.parameterText(reference.name) }];
    const isOutputs = /^(?:outputs|actionOutputs)$/.test(reference?.function ?? '');
    const source = isOutputs && reference?.name !== undefined ? this.#subject.actionNamed(reference.name) : undefined;
    const composed = source?.typeWord === 'compose' ? member(source.node, 'inputs') : undefined;
    return source && asText(composed) !== '' ? this.piecesOf(composed, `${source.pointer}/inputs`, depth + 1) : [computed];
  }
}

const unknown: Piece = { text: undefined, isWritten: false, source: undefined };

function written(text: string): Piece {
  return { text, isWritten: true, source: undefined };
}

/** As the service does it; a text with half a character cannot be encoded, and stays as it is. */
function encoded(text: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    return text;
  }
}

function splitAt(pieces: readonly Piece[], mark: string): Piece[][] {
  const parts: Piece[][] = [[]];
  for (const piece of pieces) {
    const [first = '', ...rest] = piece.text?.split(mark) ?? [];
    if (rest.length === 0) {
      parts.at(-1)?.push(piece);
      continue;
    }
    parts.at(-1)?.push({ ...piece, text: first, source: undefined });
    for (const text of rest) parts.push([{ ...piece, text, source: undefined }]);
  }
  return parts;
}

function withoutPercent(piece: Piece): Piece {
  return piece.text === undefined ? piece : { ...piece, text: unescaped(piece.text) };
}

/** Without the white space at both ends, and without what is empty. */
function trimmed(pieces: readonly Piece[]): Piece[] {
  const trim = (piece: Piece, at: number): Piece => {
    if (piece.text === undefined) return piece;
    const text = at === 0 ? piece.text.trimStart() : piece.text;
    return { ...piece, text: at === pieces.length - 1 ? text.trimEnd() : text };
  };
  return pieces.map(trim).filter(({ text }) => text !== '');
}

/** A value of a form or an address without its percent signs; one that is badly written stays as it is. */
export function decoded(value: string): string {
  return unescaped(value).trim();
}

function unescaped(value: string): string {
  try {
    return decodeURIComponent(value.replaceAll('+', ' '));
  } catch {
    return value;
  }
}
