import { asText } from '../../diagnostics/words.ts';
import { referenceOf } from '../../expression/references.ts';
import type { Expression } from '../../expression/syntax.ts';
import { member } from '../../json/member.ts';
import type { Subject } from '../subject.ts';
import type { Given } from './members.ts';

/** What a text is made of, as far as the definition tells: text, or something that only a run knows. */
type Piece = { readonly text: string; readonly isWritten: boolean } | 'computed';

/** A text that is put together: `concat()`, `@{…}`, parameters with a value and Compose actions before it are looked through. */
export class Composed {
  readonly #pieces: readonly Piece[];

  constructor(subject: Subject, given: Given | undefined) {
    this.#pieces = given ? new Reader(subject).piecesOf(given.written, given.pointer, 0) : [];
  }

  /** The text, with `@{…}` for what is not known. */
  get text(): string {
    return this.textWith(hole);
  }

  /** The text, with another one in the place of what is not known. */
  textWith(unknown: string): string {
    return this.#pieces.map((piece) => (piece === 'computed' ? unknown : piece.text)).join('');
  }

  /** The fields of a form: `grant_type=…&scope=…`. Their names are in lower case. */
  fields(): ReadonlyMap<string, Field> {
    const fields = new Map<string, Field>();
    for (const pieces of splitAt(this.#pieces, '&')) {
      const [name = [], ...values] = splitAt(pieces, '=');
      const key = name.map((piece) => (piece === 'computed' ? hole : piece.text)).join('');
      const value = values.flatMap((part, index): readonly Piece[] =>
        index === 0 ? part : [{ text: '=', isWritten: true }, ...part],
      );
      fields.set(key.trim().toLowerCase(), toField(value));
    }
    return fields;
  }
}

/** A field of a form. */
export interface Field {
  /** Decoded; undefined where a part of it is computed, or nothing stands there. */
  readonly text: string | undefined;
  /** Whether all of it stands in the definition. */
  readonly isWritten: boolean;
}

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

  piecesOf(written: unknown, pointer: string, depth: number): Piece[] {
    if (typeof written !== 'string') return [];
    if (depth > deepest || --this.#left < 0) return ['computed'];
    const entry = this.#subject.templateAt(pointer);
    if (!entry) return [{ text: this.#subject.knownText(written, pointer) ?? written, isWritten: true }];
    const { template } = entry;
    if (template?.kind === 'expression') return this.#piecesIn(template.expression, depth);
    if (template?.kind !== 'interpolation') return ['computed'];
    return template.segments.flatMap((segment) =>
      segment.kind === 'text' ? [{ text: segment.text, isWritten: true }] : this.#piecesIn(segment.expression, depth),
    );
  }

  #piecesIn(expression: Expression, depth: number): Piece[] {
    if (expression.kind === 'string') return [{ text: expression.value, isWritten: true }];
    if (expression.kind !== 'call' || expression.accesses.length > 0 || --this.#left < 0) return ['computed'];
    const { name, arguments: given } = expression;
    if (/^concat$/i.test(name)) return given.flatMap((each) => this.#piecesIn(each, depth));
    if (/^(?:encodeUriComponent|uriComponent)$/i.test(name)) {
      const inner = given.flatMap((each) => this.#piecesIn(each, depth));
      return inner.map((piece) => (piece === 'computed' ? piece : { ...piece, text: encoded(piece.text) }));
    }
    const reference = referenceOf(expression);
    if (reference?.kind === 'parameter' && reference.name !== undefined) {
      const text = this.#subject.parameterText(reference.name);
      return text === undefined ? ['computed'] : [{ text, isWritten: false }];
    }
    const isOutputs = /^(?:outputs|actionOutputs)$/.test(reference?.function ?? '');
    const source = isOutputs && reference?.name !== undefined ? this.#subject.actionNamed(reference.name) : undefined;
    const composed = source?.typeWord === 'compose' ? member(source.node, 'inputs') : undefined;
    return source && asText(composed) !== '' ? this.piecesOf(composed, `${source.pointer}/inputs`, depth + 1) : ['computed'];
  }
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
    if (piece === 'computed') {
      parts.at(-1)?.push(piece);
      continue;
    }
    const [first = '', ...rest] = piece.text.split(mark);
    parts.at(-1)?.push({ ...piece, text: first });
    for (const text of rest) parts.push([{ ...piece, text }]);
  }
  return parts;
}

function toField(pieces: readonly Piece[]): Field {
  const known = pieces.filter((piece) => piece !== 'computed');
  const text = known.map((piece) => piece.text).join('');
  const isKnown = known.length === pieces.length && text.trim() !== '';
  return { text: isKnown ? decoded(text) : undefined, isWritten: isKnown && known.every(({ isWritten }) => isWritten) };
}

/** A value of a form or an address without its percent signs; one that is badly written stays as it is. */
export function decoded(value: string): string {
  try {
    return decodeURIComponent(value.replaceAll('+', ' ')).trim();
  } catch {
    return value.trim();
  }
}
