import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  type YAMLMap,
} from 'yaml';
import type { Position, Range } from '../diagnostics/diagnostic.ts';
import { fromPointer } from '../json/pointer.ts';

/** A syntax error of YAML or JSON. */
export interface SyntaxProblem {
  readonly message: string;
  readonly range: Range;
}

/** The text of a spec with its parsed value, and the way from a JSON pointer back to the place in the text. */
export class SpecSource {
  readonly file: string;
  readonly text: string;
  readonly #lines = new LineCounter();
  readonly #document: Document.Parsed;
  readonly #members = new Map<YAMLMap, Map<string, Pair>>();
  readonly #resolved = new Map<Alias, Node | undefined>();

  /** `file` is the name that messages give it. YAML 1.2; JSON is YAML too. */
  constructor(text: string, file: string) {
    this.file = file;
    this.text = text;
    // The parser compares each key with all before it; `problems` looks for double ones in one pass.
    this.#document = parseDocument(text, {
      lineCounter: this.#lines,
      prettyErrors: false,
      stringKeys: true,
      uniqueKeys: false,
    });
  }

  /** The file's name without its folders, for texts that must not depend on where it lies. */
  get fileName(): string {
    return this.file.split(/[\\/]/).at(-1) ?? this.file;
  }

  get problems(): SyntaxProblem[] {
    const errors = this.#document.errors.map(({ message, pos }) => ({
      message: message.split('\n')[0] ?? message,
      range: this.#range(pos[0], pos[1]),
    }));
    const doubles = startsOfDoubleKeys(this.#document.contents).map((start) => ({
      message: 'Map keys must be unique',
      range: this.#range(start, start + 1),
    }));
    return [...errors, ...doubles].sort((a, b) => a.range.start.offset - b.range.start.offset);
  }

  /** The value as JSON has it. Throws a ReferenceError where aliases would unfold without end. */
  value(): unknown {
    return this.#document.toJS({ maxAliasCount: 100 });
  }

  has(pointer: string): boolean {
    return this.#document.hasIn(fromPointer(pointer));
  }

  /** Where the value at a pointer stands (or its key); for a pointer that leads nowhere, where its nearest parent stands. */
  rangeOf(pointer: string, at: 'key' | 'value' = 'value'): Range {
    let node: unknown = this.#document.contents;
    let pair: Pair | undefined;
    for (const step of fromPointer(pointer)) {
      const parent = isAlias(node) ? this.#resolve(node) : node;
      const next = isMap(parent) ? this.#membersOf(parent).get(step) : isSeq(parent) ? parent.items[Number(step)] : undefined;
      if (next === undefined) return this.#rangeOfParent(node, pair);
      pair = isPair(next) ? next : undefined;
      node = isPair(next) ? (next.value ?? next.key) : next;
    }
    return at === 'key' && pair ? this.#rangeOfNode(pair.key) : this.#rangeOfNode(node);
  }

  /** Kept, because a document with many mistakes asks for the same group again and again. */
  #membersOf(map: YAMLMap): Map<string, Pair> {
    let members = this.#members.get(map);
    if (!members) {
      members = new Map(map.items.map((pair) => [String(pair.key), pair]));
      this.#members.set(map, members);
    }
    return members;
  }

  #resolve(alias: Alias): Node | undefined {
    if (!this.#resolved.has(alias)) this.#resolved.set(alias, alias.resolve(this.#document));
    return this.#resolved.get(alias);
  }

  /** For what is missing: the key of the group that lacks it, or the start of the document. */
  #rangeOfParent(node: unknown, pair: Pair | undefined): Range {
    if (pair) return this.#rangeOfNode(pair.key);
    const start = (node as Node | null)?.range?.[0] ?? 0;
    return this.#range(start, start);
  }

  #rangeOfNode(node: unknown): Range {
    const [start, end] = (node as Node | null)?.range ?? [0, 0];
    return this.#range(start, end);
  }

  #range(start: number, end: number): Range {
    return { start: this.#position(start), end: this.#position(Math.max(start, end)) };
  }

  #position(offset: number): Position {
    const { line, col } = this.#lines.linePos(offset);
    return { offset, line: Math.max(1, line), column: Math.max(1, col) };
  }
}

/** Offsets of the keys that their group has already. */
function startsOfDoubleKeys(contents: unknown): number[] {
  const starts: number[] = [];
  const waiting = [contents];
  while (waiting.length > 0) {
    const node = waiting.pop();
    if (isSeq(node)) for (const item of node.items) waiting.push(item);
    if (!isMap(node)) continue;
    const keys = new Set<unknown>();
    for (const { key, value } of node.items) {
      if (isScalar(key) && keys.has(key.value)) starts.push(key.range?.[0] ?? 0);
      if (isScalar(key)) keys.add(key.value);
      waiting.push(value);
    }
  }
  return starts;
}
