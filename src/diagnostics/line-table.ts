import type { Position } from './diagnostic.ts';

/**
 * Where the lines of a text begin: made once a text, so that every place in it is found without reading it again. Lines end with a
 * line feed, a carriage return, or both.
 */
export class LineTable {
  readonly #text: string;
  readonly #starts: number[] = [0];

  constructor(text: string) {
    this.#text = text;
    for (let at = 0; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      if (unit === 0x0a || (unit === 0x0d && text.charCodeAt(at + 1) !== 0x0a)) this.#starts.push(at + 1);
    }
  }

  /** Line and column of an offset. */
  positionOf(offset: number): Position {
    let [low, high] = [0, this.#starts.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { offset, line: low + 1, column: offset - (this.#starts[low] ?? 0) + 1 };
  }

  /** The offset of a line's first character, from 1; of a line that is not there, the end of the text. */
  startOf(line: number): number {
    return this.#starts[line - 1] ?? this.#text.length;
  }

  /** The offset after a line's last character, its end left out. */
  endOf(line: number): number {
    let end = this.startOf(line + 1);
    while (end > this.startOf(line) && /[\r\n]/.test(this.#text.charAt(end - 1))) end--;
    return end;
  }

  /** A part of the text. */
  slice(start: number, end: number): string {
    return this.#text.slice(start, end);
  }
}
