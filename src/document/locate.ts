import type { Position, Range } from '../diagnostics/diagnostic.ts';
import { LineTable } from '../diagnostics/line-table.ts';
import { fromPointer, toPointer } from '../json/pointer.ts';
import { type JsonNode, JsonTree } from './json-tree.ts';

/** What of a value is meant: all of it, its key, or a part of its text or of its key's (offsets in the decoded string, end not included). */
export type Part = 'value' | 'key' | { readonly start: number; readonly end: number; readonly of?: 'key' };

/** What stands at an offset of a text. */
export interface PlaceInText {
  readonly pointer: string;
  readonly isKey: boolean;
  /** In a string, how many of its characters (escapes read) stand before the offset; elsewhere 0. */
  readonly index: number;
}

/** Finds places in a JSON text by pointer. The text is parsed at the first question only: most documents have no findings. */
export class JsonLocator {
  readonly text: string;
  /** Null where the text has no tree. */
  #root: JsonNode | null | undefined;
  readonly #done = new Map<unknown, unknown>();
  /** By the offset of the string. */
  readonly #escapes = new Map<number, readonly Escape[]>();
  #lines: LineTable | undefined;

  /** `text` may have comments and trailing commas. */
  constructor(text: string) {
    this.text = text;
  }

  /** Where the value at a pointer stands, or its nearest parent that exists. */
  rangeOf(pointer: string, part: Part = 'value'): Range {
    const path = fromPointer(pointer);
    let node = this.#find(path);
    const isThere = node !== undefined;
    while (!node && path.length > 0) {
      path.pop();
      node = this.#find(path);
    }
    if (!node) return this.#range(0, 0);
    const { key } = node;
    // What is missing is shown at the key of the group that lacks it: the whole group would be many lines.
    if (!isThere || part === 'key') return key ? this.#range(key.offset, key.end) : this.#rangeOfNode(node, isThere);
    const string = part === 'value' ? undefined : part.of === 'key' ? key : node.type === 'string' ? node : undefined;
    if (part !== 'value' && string)
      return this.#range(this.#offsetInString(string, part.start), this.#offsetInString(string, part.end));
    return this.#rangeOfNode(node, true);
  }

  /** The innermost value or key around an offset; undefined where the text has no tree, or none there. */
  placeAt(offset: number): PlaceInText | undefined {
    let node = this.#find([]);
    if (!node || offset < node.offset || offset > node.end) return undefined;
    const path: (string | number)[] = [];
    for (;;) {
      const inner: JsonNode | undefined = childAround(node, offset);
      if (!inner) break;
      const { key } = inner;
      path.push(key ? keyText(this.text.slice(key.offset, key.end)) : inner.place);
      if (key && offset <= key.end) return { pointer: toPointer(path), isKey: true, index: this.#indexInString(key, offset) };
      if (offset < inner.offset) return { pointer: toPointer(path), isKey: false, index: 0 };
      node = inner;
    }
    const index = node.type === 'string' ? this.#indexInString(node, offset) : 0;
    return { pointer: toPointer(path), isKey: false, index };
  }

  /** @internal The value at a pointer in the text's tree. */
  nodeAt(pointer: string): JsonNode | undefined {
    return this.#find(fromPointer(pointer));
  }

  /** @internal What `work` finds out about the text, worked out for the first that asks. */
  once<Result>(work: (text: string) => Result): Result {
    if (!this.#done.has(work)) this.#done.set(work, work(this.text));
    return this.#done.get(work) as Result;
  }

  #find(path: readonly string[]): JsonNode | undefined {
    if (this.#root === undefined) this.#root = rootOf(this.text);
    let node = this.#root ?? undefined;
    for (const step of path) node = node?.child(step);
    return node;
  }

  #rangeOfNode(node: JsonNode, whole: boolean): Range {
    const isGroup = node.type === 'object' || node.type === 'array';
    return this.#range(node.offset, whole || !isGroup ? node.end : node.offset + 1);
  }

  /** The offset in the file of a character of a string, over the escapes before it. */
  #offsetInString(node: Span, index: number): number {
    const escapes = this.#escapesOf(node);
    let [low, high] = [0, escapes.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((escapes[middle] as Escape).at < index) low = middle + 1;
      else high = middle;
    }
    const longer = escapes[low - 1]?.longer ?? 0;
    return Math.min(node.offset + 1 + index + longer, node.end - 1);
  }

  /** How many characters of a string stand before an offset of the file. */
  #indexInString(node: Span, offset: number): number {
    const inside = Math.min(Math.max(offset - node.offset - 1, 0), node.end - node.offset - 2);
    let index = inside;
    for (const { at, longer } of this.#escapesOf(node)) {
      if (at + longer >= inside) return Math.min(index, at);
      index = inside - longer;
    }
    return index;
  }

  /** The escapes in a string. Kept, because one string can have many findings. */
  #escapesOf(node: Span): readonly Escape[] {
    let escapes = this.#escapes.get(node.offset);
    if (!escapes) {
      escapes = escapesIn(this.text.slice(node.offset + 1, node.end - 1));
      this.#escapes.set(node.offset, escapes);
    }
    return escapes;
  }

  #range(start: number, end: number): Range {
    return { start: this.positionOf(start), end: this.positionOf(end) };
  }

  /** Line and column of an offset. */
  positionOf(offset: number): Position {
    this.#lines ??= new LineTable(this.text);
    return this.#lines.positionOf(offset);
  }
}

/** Of a string with its quotes. */
type Span = Pick<JsonNode, 'offset' | 'end'>;

/** Of what stands in a group or a list, that around an offset, its key included. */
function childAround(node: JsonNode, offset: number): JsonNode | undefined {
  let [low, high] = [0, node.size - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const child = node.at(middle);
    if (!child) return undefined;
    if (offset < child.memberOffset) high = middle - 1;
    else if (offset > child.end) low = middle + 1;
    else return child;
  }
  return undefined;
}

function keyText(written: string): string {
  try {
    return String(JSON.parse(written));
  } catch {
    return written.slice(1, -1);
  }
}

/** A character that is written with more characters than one. */
interface Escape {
  /** Its index in the decoded string. */
  readonly at: number;
  /** By how much the text is longer than the decoded string, it and all before it counted. */
  readonly longer: number;
}

/** The escapes of a JSON string, given as it is written, without its quotes. */
function escapesIn(written: string): Escape[] {
  const escapes: Escape[] = [];
  let longer = 0;
  for (let at = written.indexOf('\\'); at !== -1; at = written.indexOf('\\', at)) {
    const length = written[at + 1] === 'u' ? 6 : 2;
    const index = at - longer;
    longer += length - 1;
    escapes.push({ at: index, longer });
    at += length;
  }
  return escapes;
}

/** The text's value; null where it is nested so deep that the parser exhausts the stack: then findings have no place in it. */
function rootOf(text: string): JsonNode | null {
  try {
    return new JsonTree(text).root ?? null;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
