import type { Edit } from 'jsonc-parser';

/** Places of a text that edits change, ends included: disjoint, in the order of the text. */
export class TakenPlaces {
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];

  /** Whether an edit changes the same place as one that was taken, or one right beside it. */
  doTouch({ offset, length }: Edit): boolean {
    const index = this.#countUpTo(offset + length) - 1;
    return (this.#ends[index] ?? -1) >= offset;
  }

  take({ offset, length }: Edit) {
    let [start, end] = [offset, offset + length];
    const after = this.#countUpTo(end);
    let first = after;
    for (; first > 0 && (this.#ends[first - 1] ?? 0) >= offset; first--) {
      start = Math.min(start, this.#starts[first - 1] ?? start);
      end = Math.max(end, this.#ends[first - 1] ?? end);
    }
    this.#starts.splice(first, after - first, start);
    this.#ends.splice(first, after - first, end);
  }

  /** How many places begin at an offset or before it. */
  #countUpTo(offset: number): number {
    let [low, high] = [0, this.#starts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** A text with edits applied, none of which overlap. Not jsonc-parser's own applyEdits(): it copies the text for each. */
export function applyTextEdits(text: string, edits: readonly Edit[]): string {
  const pieces: string[] = [];
  let done = 0;
  for (const { offset, length, content } of edits.toSorted((a, b) => a.offset - b.offset || a.length - b.length)) {
    pieces.push(text.slice(done, offset), content);
    done = offset + length;
  }
  return pieces.join('') + text.slice(done);
}
