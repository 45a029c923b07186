import { styleText } from 'node:util';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { countBySeverity, type Paint, renderPretty } from '../diagnostics/render-pretty.ts';

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

/** The one place that writes to the terminal: results to stdout, everything else to stderr. */
export class Output {
  readonly #terminal: Terminal;
  readonly #texts = new Map<string, string>();

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  /** A result for a person or a pipe. */
  result(text: string) {
    this.#terminal.stdout.write(`${clean(text)}\n`);
  }

  /** A result for a program, one JSON document. */
  json(value: unknown) {
    this.#terminal.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
  }

  /** A word on the side. */
  note(text: string) {
    this.#terminal.stderr.write(`${clean(text)}\n`);
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

  /** Lets findings about this file show its lines. */
  remember(file: string, text: string) {
    this.#texts.set(file, text);
  }

  #paint(): Paint {
    const { env, stderr } = this.#terminal;
    const isColoured = !env.NO_COLOR && (Boolean(env.FORCE_COLOR) || (stderr.isTTY && env.TERM !== 'dumb'));
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
