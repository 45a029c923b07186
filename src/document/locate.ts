import { type Node, parseTree } from 'jsonc-parser';
import type { Position, Range } from '../diagnostics/diagnostic.ts';
import { fromPointer } from '../json/pointer.ts';

/** What of a value is meant: all of it, its key, or a part of its text (offsets in the decoded string, end not included). */
export type Part = 'value' | 'key' | { readonly start: number; readonly end: number };

/** Finds places in a JSON text by pointer. The text is parsed at the first question only: most documents have no findings. */
export class JsonLocator {
  readonly text: string;
  /** Null where the text has no tree. */
  #root: Node | null | undefined;
  readonly #members = new Map<Node, Map<string, Node>>();
  #lineStarts: number[] | undefined;

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
    const key = node.parent?.type === 'property' ? node.parent.children?.[0] : undefined;
    // What is missing is shown at the key of the group that lacks it: the whole group would be many lines.
    if (!isThere || part === 'key') return this.#rangeOfNode(key ?? node, isThere);
    if (part !== 'value' && node.type === 'string') {
      return this.#range(this.#offsetInString(node, part.start), this.#offsetInString(node, part.end));
    }
    return this.#rangeOfNode(node, true);
  }

  /** @internal The value at a pointer in the text's tree. */
  nodeAt(pointer: string): Node | undefined {
    return this.#find(fromPointer(pointer));
  }

  #find(path: readonly string[]): Node | undefined {
    if (this.#root === undefined) this.#root = treeOf(this.text);
    let node = this.#root ?? undefined;
    for (const step of path) {
      if (!node) return undefined;
      node = node.type === 'array' ? node.children?.[Number(step)] : this.#membersOf(node).get(step);
    }
    return node;
  }

  /** The values of an object by key. Kept, because a document with many findings asks for the same object again and again. */
  #membersOf(node: Node): Map<string, Node> {
    let members = this.#members.get(node);
    if (!members) {
      members = new Map();
      for (const { children } of node.type === 'object' ? (node.children ?? []) : []) {
        const [key, value] = children ?? [];
        // Of equal keys JSON.parse takes the last.
        if (key && value) members.set(String(key.value), value);
      }
      this.#members.set(node, members);
    }
    return members;
  }

  #rangeOfNode(node: Node, whole: boolean): Range {
    const isGroup = node.type === 'object' || node.type === 'array';
    return this.#range(node.offset, whole || !isGroup ? node.offset + node.length : node.offset + 1);
  }

  /** The offset in the file of a character of a string, over the escapes before it. */
  #offsetInString(node: Node, index: number): number {
    let offset = node.offset + 1;
    for (let decoded = 0; decoded < index; decoded++) {
      const isEscape = this.text[offset] === '\\';
      offset += isEscape ? (this.text[offset + 1] === 'u' ? 6 : 2) : 1;
    }
    return Math.min(offset, node.offset + node.length - 1);
  }

  #range(start: number, end: number): Range {
    return { start: this.positionOf(start), end: this.positionOf(end) };
  }

  /** Line and column of an offset. */
  positionOf(offset: number): Position {
    this.#lineStarts ??= lineStarts(this.text);
    let [low, high] = [0, this.#lineStarts.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.#lineStarts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { offset, line: low + 1, column: offset - (this.#lineStarts[low] ?? 0) + 1 };
  }
}

/** The text's tree; null where it is nested so deep that the parser exhausts the stack: then findings have no place in it. */
function treeOf(text: string): Node | null {
  try {
    return parseTree(text, [], { allowTrailingComma: true }) ?? null;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 0x0a || (unit === 0x0d && text.charCodeAt(at + 1) !== 0x0a)) starts.push(at + 1);
  }
  return starts;
}
