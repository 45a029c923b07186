import {
  Composer,
  type Document,
  isAlias,
  isMap,
  isPair,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  Parser,
  type YAMLMap,
  YAMLParseError,
} from 'yaml';
import type { Position, Range } from '../diagnostics/diagnostic.ts';
import { fromPointer } from '../json/pointer.ts';
import { type DocumentFacts, deepest, factsOf, isTooMuch, tooDeepAt, unfolded } from './yaml-limits.ts';
import { slipsOf } from './yaml-slips.ts';

/** A syntax error of YAML or JSON. */
export interface SyntaxProblem {
  readonly message: string;
  readonly help?: string;
  /** Absent where there is no text. */
  readonly range?: Range;
}

/** What a spec comes from: a text, or a value that a program has. */
export interface Source {
  /** What messages call it. */
  readonly file: string;
  /** The same without folders, for texts that must not depend on where it lies. */
  readonly fileName: string;
  /** Of a value, that of its JSON. */
  readonly text: string;
  /** What keeps it from being read. */
  readonly problems: readonly SyntaxProblem[];
  /** As JSON has it, where there are no problems. */
  readonly value: () => unknown;
  readonly has: (pointer: string) => boolean;
  /** Where a value (or its key) stands in the text; undefined where there is no text. */
  readonly rangeOf: (pointer: string, at?: 'key' | 'value') => Range | undefined;
}

/** The text of a spec with its parsed value, and the way from a JSON pointer back to the place in the text. */
export class SpecSource implements Source {
  readonly file: string;
  readonly text: string;
  readonly #lines = new LineCounter();
  readonly #document: Document.Parsed;
  readonly #members = new Map<YAMLMap, Map<string, Pair>>();
  readonly #facts: DocumentFacts;
  readonly #tooDeep: number | undefined;

  /** `file` is the name that messages give it. YAML 1.2; JSON is YAML too. */
  constructor(text: string, file: string) {
    this.file = file;
    this.text = text;
    // Read once, for both: what YAML's own parseDocument does.
    const tokens = [...new Parser(this.#lines.addNewLine).parse(text)];
    this.#tooDeep = tooDeepAt(tokens);
    const isRead = this.#tooDeep === undefined;
    // The composer would compare each key with all before it; `problems` looks for double ones in one pass.
    const composer = new Composer({
      prettyErrors: false,
      stringKeys: true,
      uniqueKeys: false,
      resolveKnownTags: false,
    });
    // With `true` there is a document even where nothing is written.
    const [first, second] = composer.compose(isRead ? tokens : [], true, isRead ? text.length : 0);
    this.#document = first as Document.Parsed;
    if (second) this.#document.errors.push(new YAMLParseError([second.range[0], second.range[1]], 'MULTIPLE_DOCS', ''));
    this.#facts = factsOf(this.#document.contents);
  }

  get fileName(): string {
    return this.file.split(/[\\/]/).at(-1) ?? this.file;
  }

  get problems(): (SyntaxProblem & { readonly range: Range })[] {
    const at = (start: number, message: string, end = start + 1) => ({ message, range: this.#range(start, end) });
    if (this.#tooDeep !== undefined) return [at(this.#tooDeep, `it is nested more than ${deepest} levels deep`)];
    const errors = slipsOf(this.text, this.#document).map(({ start, end, message, help }) => ({
      ...at(start, message, end),
      help,
    }));
    const doubles = this.#facts.doubles.map((start) => ({
      ...at(start, 'this key is there already in its group'),
      help: 'keep one of them',
    }));
    const unreadable = this.#facts.unreadable
      .map(({ node, ...words }) => ({ ...words, range: this.#rangeOfNode(node) }))
      // A text that begins with *, or with a tag, is told already.
      .filter(({ range }) => errors.every((error) => error.range.start.line !== range.start.line));
    const found = [...errors, ...doubles, ...unreadable].sort((a, b) => a.range.start.offset - b.range.start.offset);
    if (found.length > 0 || !isTooMuch(this.value())) return found;
    return [{ message: 'the aliases of this file unfold to more than a spec can need', range: this.rangeOf('') }];
  }

  /** The value as JSON has it, where there are no problems. */
  value(): unknown {
    return unfolded(this.#document.contents, this.#facts.targets);
  }

  has(pointer: string): boolean {
    return this.#document.hasIn(fromPointer(pointer));
  }

  /** Where the value at a pointer stands (or its key); for a pointer that leads nowhere, where its nearest parent stands. */
  rangeOf(pointer: string, at: 'key' | 'value' = 'value'): Range {
    let node: unknown = this.#document.contents;
    let pair: Pair | undefined;
    for (const step of fromPointer(pointer)) {
      const parent = isAlias(node) ? this.#facts.targets.get(node) : node;
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
