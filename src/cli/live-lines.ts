import type { Words } from '../diagnostics/line.ts';
import type { Sink } from './output.ts';

/** More lines than this do not stay on a terminal: then each change is a line of its own, as where nobody looks. */
const mostLines = 15;

/** Lines that change in place where a person looks at a terminal, one a key; elsewhere a new line for each change. */
export class LiveLines {
  readonly #sink: Sink;
  readonly #show: (words: Words) => string;
  readonly #lines = new Map<string, string>();
  #drawn = 0;

  constructor(sink: Sink, show: (words: Words) => string) {
    this.#sink = sink;
    this.#show = show;
  }

  set(key: string, text: string) {
    this.erase();
    this.#lines.set(key, text);
    if (this.#isInPlace) this.draw();
    else this.#sink.write(`${this.#show([text])}\n`);
  }

  /** Takes the lines away, so that something else can be written. */
  erase() {
    if (this.#drawn > 0) this.#sink.write(`\u001b[${this.#drawn}A\u001b[J`);
    this.#drawn = 0;
  }

  draw() {
    if (!this.#isInPlace || this.#drawn > 0) return;
    const width = (this.#sink.columns ?? 80) - 1;
    for (const text of this.#lines.values()) this.#sink.write(`${this.#show([text]).slice(0, width)}\n`);
    this.#drawn = this.#lines.size;
  }

  get #isInPlace(): boolean {
    return this.#sink.isTTY && this.#lines.size <= mostLines;
  }
}
