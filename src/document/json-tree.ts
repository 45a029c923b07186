import { parse, visit } from 'jsonc-parser';

/**
 * Where each value of a JSON text stands: four numbers a value, in the order of the text. A tree of objects takes some thirty times as much, which
 * a single finding in a large file would cost.
 */
export class JsonTree {
  readonly #text: string;
  /** Of each value: where it starts and ends, where its key starts (-1 in a list), and which value follows all that it holds. */
  #places = new Int32Array(1024 * width);
  #count = 0;
  readonly #keys = new Map<number, ReadonlyMap<string, number>>();
  readonly #lists = new Map<number, Int32Array>();

  /** Comments and trailing commas are taken. Throws a RangeError for a text that is nested so deep that its reader exhausts the stack. */
  constructor(text: string) {
    this.#text = text;
    const open: number[] = [];
    let key = -1;
    const begin = (offset: number) => {
      open.push(this.#add(offset, key));
      key = -1;
    };
    const end = (offset: number, length: number) => this.#close(open.pop(), offset + length);
    visit(
      text,
      {
        onObjectBegin: begin,
        onArrayBegin: begin,
        onObjectEnd: end,
        onArrayEnd: end,
        onObjectProperty: (_, offset) => {
          key = offset;
        },
        onLiteralValue: (_, offset, length) => {
          this.#close(this.#add(offset, key), offset + length);
          key = -1;
        },
      },
      { allowTrailingComma: true },
    );
  }

  /** The value of the whole text; undefined for one that has none. */
  get root(): JsonNode | undefined {
    return this.#count === 0 ? undefined : new JsonNode(this, 0, undefined, 0);
  }

  get text(): string {
    return this.#text;
  }

  startOf(id: number): number {
    return this.#places[id * width] as number;
  }

  endOf(id: number): number {
    return this.#places[id * width + 1] as number;
  }

  /** -1 for what stands in a list, and for the root. */
  keyOf(id: number): number {
    return this.#places[id * width + 2] as number;
  }

  /** The values that stand in a group or a list, themselves. Kept, because a document with many findings asks for the same again and again. */
  childrenOf(id: number): Int32Array {
    let children = this.#lists.get(id);
    if (!children) {
      const found: number[] = [];
      const after = this.#after(id);
      for (let child = id + 1; child < after; child = this.#after(child)) found.push(child);
      children = Int32Array.from(found);
      this.#lists.set(id, children);
    }
    return children;
  }

  /** Places among the children of a group, by key. Of equal keys JSON.parse takes the last. */
  placesIn(id: number): ReadonlyMap<string, number> {
    let places = this.#keys.get(id);
    if (!places) {
      const keys = [...this.childrenOf(id)].map((child, place): [string, number] => [this.#keyText(this.keyOf(child)), place]);
      places = new Map(keys);
      this.#keys.set(id, places);
    }
    return places;
  }

  #keyText(start: number): string {
    // Not JSON.parse: the text may be one with mistakes.
    return String(parse(this.#text.slice(start, stringEnd(this.#text, start))));
  }

  #after(id: number): number {
    return this.#places[id * width + 3] as number;
  }

  #add(start: number, key: number): number {
    const id = this.#count++;
    if (this.#count * width > this.#places.length) {
      const more = new Int32Array(this.#places.length * 2);
      more.set(this.#places);
      this.#places = more;
    }
    const at = id * width;
    this.#places[at] = start;
    this.#places[at + 2] = key;
    this.#places[at + 3] = id + 1;
    return id;
  }

  #close(id: number | undefined, end: number) {
    if (id === undefined) return;
    this.#places[id * width + 1] = end;
    this.#places[id * width + 3] = this.#count;
  }
}

const width = 4;

/** A value of a JSON text, in its place. */
export class JsonNode {
  readonly #tree: JsonTree;
  readonly #id: number;
  /** The group or list that it stands in. */
  readonly group: JsonNode | undefined;
  /** Its number there. */
  readonly place: number;

  constructor(tree: JsonTree, id: number, group: JsonNode | undefined, place: number) {
    this.#tree = tree;
    this.#id = id;
    this.group = group;
    this.place = place;
  }

  get type(): 'object' | 'array' | 'string' | 'other' {
    const first = this.#tree.text[this.offset];
    return first === '{' ? 'object' : first === '[' ? 'array' : first === '"' ? 'string' : 'other';
  }

  get offset(): number {
    return this.#tree.startOf(this.#id);
  }

  get end(): number {
    return this.#tree.endOf(this.#id);
  }

  /** Its key, where it stands in a group. */
  get key(): { readonly offset: number; readonly end: number } | undefined {
    const offset = this.#tree.keyOf(this.#id);
    return offset < 0 ? undefined : { offset, end: stringEnd(this.#tree.text, offset) };
  }

  /** Where it begins with its key. */
  get memberOffset(): number {
    return this.key?.offset ?? this.offset;
  }

  /** How many values stand in it. */
  get size(): number {
    return this.#tree.childrenOf(this.#id).length;
  }

  /** The value at a place in a group or a list; negative places count from the end. */
  at(place: number): JsonNode | undefined {
    const children = this.#tree.childrenOf(this.#id);
    const index = place < 0 ? children.length + place : place;
    const id = children[index];
    return id === undefined ? undefined : new JsonNode(this.#tree, id, this, index);
  }

  /** The value of a key, or at a number in a list. */
  child(step: string): JsonNode | undefined {
    if (this.type === 'array') return /^\d+$/.test(step) ? this.at(Number(step)) : undefined;
    const place = this.type === 'object' ? this.#tree.placesIn(this.#id).get(step) : undefined;
    return place === undefined ? undefined : this.at(place);
  }
}

/** Where the string that starts at an offset ends, behind its quote. */
function stringEnd(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const unit = text[at];
    if (unit === '\\') at++;
    else if (unit === '"') return at + 1;
  }
  return text.length;
}
