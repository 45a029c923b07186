import { styleText } from 'node:util';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { countBySeverity, type Paint, renderPretty } from '../diagnostics/render-pretty.ts';
import { LiveLines } from './live-lines.ts';
import { Redactor, type Revealed } from './redactor.ts';

/** Where output goes: the process's own streams, or a test's. */
export interface Terminal {
  readonly stdout: Sink;
  readonly stderr: Sink;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export interface Sink {
  readonly write: (text: string) => unknown;
  /** Whether a person looks at it. */
  readonly isTTY: boolean;
  /** Characters in a line, where that is known. */
  readonly columns?: number;
}

/** The one place that writes to the terminal: results to stdout, everything else to stderr; secrets that it was told of to neither. */
export class Output {
  readonly #terminal: Terminal;
  readonly #texts = new Map<string, string>();
  readonly #redactor = new Redactor();
  #live: LiveLines | undefined;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  /** Hides this value from now on, wherever it would be printed. */
  addSecret(value: string) {
    this.#redactor.add(value);
  }

  /** A result for a person or a pipe. */
  result(text: string) {
    this.#live?.erase();
    this.#terminal.stdout.write(`${clean(this.#redactor.redact(text))}\n`);
  }

  /** A result for a program, one JSON document. A `Revealed` in it is written out. */
  json(value: unknown) {
    this.#terminal.stdout.write(`${JSON.stringify(this.#redactor.redactValue(value), null, 2)}\n`);
  }

  /** A result that shows a secret, the one time that it is shown. */
  reveal(label: string, { value }: Revealed) {
    this.#terminal.stdout.write(`${label}${clean(value)}\n`);
  }

  /** A word on the side. */
  note(text: string) {
    this.#live?.erase();
    this.#terminal.stderr.write(`${clean(this.#redactor.redact(text))}\n`);
    this.#live?.draw();
  }

  /** Shows how something long goes on, while `act` does it. */
  async following<Result>(act: (lines: LiveLines) => Promise<Result>): Promise<Result> {
    this.#live = new LiveLines(this.#terminal.stderr, (text) => clean(this.#redactor.redact(text)));
    try {
      return await act(this.#live);
    } finally {
      this.#live = undefined;
    }
  }

  /** Text as it is, but for secrets: what the parser of the command line says. */
  write(stream: 'stdout' | 'stderr', text: string) {
    this.#terminal[stream].write(this.#redactor.redact(text));
  }

  error(message: string) {
    this.note(`${this.#paint().severity.error('error')}: ${message}`);
  }

  /** Findings, for a person, with their source lines where the file's text was remembered. */
  diagnostics(diagnostics: readonly Diagnostic[]) {
    if (diagnostics.length === 0) return;
    this.note(renderPretty(diagnostics, (file) => this.#texts.get(file), this.#paint()));
    this.note(countBySeverity(diagnostics));
  }

  /** Findings that are themselves the result, for a person. `textOf` gives the text of a file, for its source lines. */
  findings(diagnostics: readonly Diagnostic[], textOf: (file: string) => string | undefined) {
    if (diagnostics.length > 0) this.result(renderPretty(diagnostics, textOf, this.#paint(this.#terminal.stdout)));
  }

  /** Lets findings about this file show its lines. */
  remember(file: string, text: string) {
    this.#texts.set(file, text);
  }

  #paint(stream: Sink = this.#terminal.stderr): Paint {
    const { env } = this.#terminal;
    const isColoured = !env.NO_COLOR && (Boolean(env.FORCE_COLOR) || (stream.isTTY && env.TERM !== 'dumb'));
    const style = (format: 'red' | 'yellow' | 'cyan' | 'bold' | 'dim') => (text: string) =>
      isColoured ? styleText(format, text, { validateStream: false }) : text;
    return {
      severity: { error: style('red'), warning: style('yellow'), info: style('cyan') },
      strong: style('bold'),
      faint: style('dim'),
    };
  }
}

/** Text from files must not steer the terminal: control characters other than those of colours, tabs and line feeds go. */
function clean(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return text.replaceAll(/\u001b(?!\[\d*m)|[\u0000-\u0008\u000b-\u001a\u001c-\u001f\u007f-\u009f]/g, '\ufffd');
}
