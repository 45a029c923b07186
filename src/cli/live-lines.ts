import type { Words } from '../diagnostics/line.ts';
import type { Sink } from './output.ts';
import type { Rows } from './rows.ts';

/** More rows than this do not stay on a terminal: then each change is a line of its own, as where nobody looks. */
const mostRows = 15;

/**
 * Lines that change in place where a person looks at a terminal, one a key; elsewhere a new line for each change. The spinners of the library
 * that asks questions read the keyboard meanwhile, and end the process at Ctrl-C: what is under way could not be told.
 */
export class LiveLines {
  readonly #sink: Sink;
  readonly #show: (words: Words) => string;
  readonly #rows: Rows | undefined;
  readonly #lines = new Map<string, string>();
  #drawn = 0;

  constructor(sink: Sink, show: (words: Words) => string, rows: Rows | undefined) {
    this.#sink = sink;
    this.#show = show;
    this.#rows = rows;
  }

  set(key: string, text: string) {
    this.erase();
    this.#lines.set(key, text);
    if (this.#height === undefined) this.#sink.write(`${this.#show([text])}\n`);
    else this.draw();
  }

  /** Takes the lines away, so that something else can be written. */
  erase() {
    if (this.#drawn > 0) this.#sink.write(`\u001b[${this.#drawn}A\u001b[J`);
    this.#drawn = 0;
  }

  /** Takes them away for good. */
  clear() {
    this.erase();
    this.#lines.clear();
  }

  draw() {
    const height = this.#height;
    if (height === undefined || this.#drawn > 0) return;
    this.#sink.write(`${this.#text}\n`);
    this.#drawn = height;
  }

  /** Rows of all lines together, where they can change in place. */
  get #height(): number | undefined {
    if (!this.#rows || this.#lines.size === 0 || this.#lines.size > mostRows) return undefined;
    const height = this.#rows.heightOf(this.#text);
    return height <= mostRows ? height : undefined;
  }

  get #text(): string {
    return this.#show([...this.#lines.values()]);
  }
}
